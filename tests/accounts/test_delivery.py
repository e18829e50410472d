from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts import clock
from accounts.models import Delivery
from accounts.postman import send_due

pytestmark = pytest.mark.django_db


def a_letter(subject="Your piece", **fields):
    fields = {
        "headers": {"List-Unsubscribe": "<https://example.org/leave/>"},
        "reply_to": ["edith@example.org"],
        **fields,
    }
    message = EmailMultiAlternatives(
        subject, "Dear Sami,\n", "forum@example.org", ["sami@example.org"], **fields
    )
    message.attach_alternative("<p>Dear Sami,</p>", "text/html")
    return message


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_a_letter_goes_out_as_it_was_posted(work, mailoutbox):
    Delivery.post("accept:1", a_letter())
    assert mailoutbox == []
    work()
    sent = mailoutbox[0]
    assert (sent.subject, sent.body, sent.to) == ("Your piece", "Dear Sami,\n", ["sami@example.org"])
    assert sent.reply_to == ["edith@example.org"]
    assert sent.alternatives[0].content == "<p>Dear Sami,</p>"
    assert sent.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://example.org/leave/>",
        "Message-ID": sent.extra_headers["Message-ID"],
    }


def test_a_letter_has_one_message_id_for_all_its_tries(settings):
    settings.SITE_URL = "https://bücher.example:8000"
    letter = Delivery.post("accept:1", a_letter())
    tries = [message_from_bytes(letter.message().message().as_bytes())["Message-ID"] for _ in range(2)]
    assert tries[0] == tries[1]
    assert tries[0].endswith("@xn--bcher-kva.example>")
    assert Delivery.post("accept:2", a_letter()).headers["Message-ID"] != tries[0]


def test_posting_twice_sends_once(work, mailoutbox):
    first = Delivery.post("accept:1", a_letter())
    assert Delivery.post("accept:1", a_letter("Another text")) == first
    work()
    send_due()
    assert [sent.subject for sent in mailoutbox] == ["Your piece"]


def test_two_postmen_claim_a_letter_once():
    letter = Delivery.post("accept:1", a_letter())
    other = Delivery.objects.get(pk=letter.pk)
    assert [letter.claim(), other.claim()] == [True, False]


def test_what_a_killed_postman_had_in_hand_is_taken_up_within_two_minutes(mailoutbox):
    letter = Delivery.post("accept:1", a_letter())
    assert letter.claim()
    send_due()
    assert mailoutbox == []
    Delivery.objects.filter(pk=letter.pk).update(claimed_at=ago(seconds=100))
    send_due()
    assert len(mailoutbox) == 1


def test_pauses_grow_to_half_an_hour_and_end_after_five_days():
    letter, pauses = Delivery.post("accept:1", a_letter()), []
    for waited in (timedelta(), timedelta(minutes=9), timedelta(hours=1), timedelta(days=4, hours=23)):
        letter.put_off("450 later")
        Delivery.objects.filter(pk=letter.pk).update(put_off_since=timezone.now() - waited)
        letter.put_off("450 later")
        pauses.append(round((letter.again_at - timezone.now()).total_seconds() / 60))
        assert letter not in Delivery.objects.due()
    assert pauses == [1, 3, 20, 30]
    Delivery.objects.filter(pk=letter.pk).update(put_off_since=ago(days=5))
    letter.put_off("450 later")
    assert (letter.outcome, letter.error) == ("Not sent", "450 later")
    assert list(Delivery.objects.failed()) == [letter]
    assert not Delivery.objects.due().exists()


def test_a_site_that_was_off_for_a_week_still_sends_what_it_never_tried(mailoutbox):
    letter = Delivery.post("accept:1", a_letter())
    Delivery.objects.filter(pk=letter.pk).update(due_at=ago(days=7))
    send_due()
    assert len(mailoutbox) == 1


def test_a_letter_that_waits_leaves_when_it_is_due_and_not_before(work, mailoutbox):
    letter = Delivery.post("remove:1", a_letter(), wait=timedelta(minutes=10))
    work()
    assert (len(mailoutbox), letter.outcome[:7]) == (0, "Leaves ")
    Delivery.objects.filter(pk=letter.pk).update(due_at=timezone.now())
    work()
    assert len(mailoutbox) == 1


def test_what_comes_too_late_for_its_reader_lapses(mailoutbox):
    letter = Delivery.post("code:1", a_letter(), lapses_at=ago(seconds=1))
    send_due()
    clock.due()
    letter.refresh_from_db()
    assert (mailoutbox, letter.outcome) == ([], "Lapsed: too late for its reader")


def test_what_lapses_soon_goes_before_what_keeps(mailoutbox):
    Delivery.post("accept:1", a_letter("A decision"))
    Delivery.post("code:1", a_letter("A code"), lapses_at=timezone.now() + timedelta(minutes=15))
    send_due()
    assert [letter.subject for letter in mailoutbox] == ["A code", "A decision"]


def test_only_what_nobody_has_begun_to_send_is_dropped(sami, edith, mailoutbox):
    begun, waiting = (Delivery.post(key, a_letter(), about=sami, wait=timedelta(0)) for key in "ab")
    other = Delivery.post("c", a_letter(), about=edith)
    begun.claim()
    assert Delivery.objects.about(sami).drop() == 1
    assert (list(Delivery.objects.dropped()), list(Delivery.objects.waiting())) == ([waiting], [other])
    assert not waiting.claim()
    assert waiting not in Delivery.objects.failed()


def test_what_recovered_keeps_no_error(mailoutbox):
    letter = Delivery.post("accept:1", a_letter())
    letter.claim()
    letter.put_off("no route to host")
    Delivery.objects.send_again()
    send_due()
    letter.refresh_from_db()
    assert letter.sent_at
    assert not letter.error


def test_what_had_failed_is_tried_from_anew_when_it_is_sent_again(mailoutbox):
    letter = Delivery.post("accept:1", a_letter())
    Delivery.objects.filter(pk=letter.pk).update(due_at=ago(days=6), put_off_since=ago(days=6))
    letter.failed("550 no such user")
    assert Delivery.objects.send_again() == 1
    letter.refresh_from_db()
    letter.put_off("450 later")
    assert letter.outcome.startswith("Put off, again ")
    Delivery.objects.send_again()
    send_due()
    assert len(mailoutbox) == 1


def test_what_a_letter_said_is_forgotten_a_month_after_it_was_over(db):
    old, new, dropped, failed = (Delivery.post(key, a_letter()) for key in ("old", "new", "dropped", "failed"))
    Delivery.objects.filter(pk=old.pk).update(sent_at=ago(days=31))
    Delivery.objects.filter(pk=dropped.pk).update(dropped_at=ago(days=31))
    Delivery.objects.filter(pk=failed.pk).update(failed_at=ago(days=31))
    Delivery.objects.filter(pk=new.pk).update(sent_at=timezone.now())
    assert len(Delivery.objects.exclude(text="")) == 4
    clock.forget_words()
    assert [bool(letter.text) for letter in Delivery.objects.order_by("pk")] == [False, True, False, False]
    assert Delivery.objects.send_again() == 0


WORDS = ("subject", "text", "html", "headers")


def words_of(letter):
    letter.refresh_from_db()
    return [getattr(letter, name) for name in WORDS]


def a_secret(key, **fields):
    return Delivery.post(key, a_letter("123456 is your code"), is_secret=True, **fields)


def test_what_a_secret_letter_said_is_forgotten_once_it_went_out(mailoutbox):
    letter, plain = a_secret("code:1"), Delivery.post("accept:1", a_letter())
    name = letter.headers["Message-ID"]
    send_due()
    assert "123456" in mailoutbox[0].subject
    assert words_of(letter) == ["", "", "", {"Message-ID": name}]
    assert words_of(plain)[0] == "Your piece"


def test_what_a_secret_letter_said_is_forgotten_once_it_was_dropped_or_lapsed():
    dropped, lapsed = a_secret("code:1"), a_secret("code:2", lapses_at=ago(seconds=1))
    dropped.drop("The account is closed.")
    clock.due()
    assert [words_of(letter)[:3] for letter in (dropped, lapsed)] == [["", "", ""]] * 2


def test_a_secret_letter_that_was_refused_can_be_sent_again_for_five_days(mailoutbox):
    letter = a_secret("link:1")
    letter.failed("550 no such user")
    clock.due()
    assert words_of(letter)[1]
    Delivery.objects.filter(pk=letter.pk).update(failed_at=ago(days=5))
    clock.due()
    assert not words_of(letter)[1]
    assert Delivery.objects.send_again() == 0
