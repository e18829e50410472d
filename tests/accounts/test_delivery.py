from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from accounts import clock, mail
from accounts.models import Delivery

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


@pytest.fixture
def broken_post(monkeypatch):
    """A mail server that hangs up."""

    def hang_up(self, fail_silently=False):
        raise SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr(EmailMultiAlternatives, "send", hang_up)


def later(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())


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
    }


def test_posting_twice_sends_once(work, mailoutbox):
    first = Delivery.post("accept:1", a_letter())
    assert Delivery.post("accept:1", a_letter("Another text")) == first
    work()
    clock.due()
    assert [sent.subject for sent in mailoutbox] == ["Your piece"]


def test_two_workers_claim_a_delivery_once():
    delivery = Delivery.post("accept:1", a_letter())
    other = Delivery.objects.get(pk=delivery.pk)
    assert [delivery.claim(), other.claim()] == [True, False]


def test_a_claim_left_behind_by_a_dead_worker_is_taken_up_again(mailoutbox):
    delivery = Delivery.post("accept:1", a_letter())
    assert delivery.claim()
    clock.due()
    assert mailoutbox == []
    later(delivery)
    clock.due()
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("broken_post")
def test_a_failure_is_retried_later_and_ends_after_five_tries():
    delivery = Delivery.post("accept:1", a_letter())
    for tries in range(1, 8):
        mail.send(delivery)
        assert delivery.tries == min(tries, 5)
        assert delivery not in Delivery.objects.due()
        later(delivery)
    assert (delivery.sent_at, delivery.error) == (None, "Connection unexpectedly closed")
    assert list(Delivery.objects.failed()) == [delivery]


@pytest.mark.usefixtures("broken_post")
def test_the_first_retry_waits_a_minute():
    delivery = Delivery.post("accept:1", a_letter())
    mail.send(delivery)
    assert timedelta(seconds=55) < delivery.due_at - timezone.now() <= timedelta(minutes=1)


def test_what_recovered_keeps_no_error(monkeypatch):
    delivery = Delivery.post("accept:1", a_letter())
    delivery.claim()
    delivery.failed("no route to host")
    later(delivery)
    mail.send(delivery)
    delivery.refresh_from_db()
    assert delivery.sent_at
    assert not delivery.error


def test_what_a_letter_said_is_forgotten_a_month_after_it_went_out(db):
    old, new = (Delivery.post(key, a_letter()) for key in ("old", "new"))
    Delivery.objects.filter(pk=old.pk).update(sent_at=timezone.now() - timedelta(days=31))
    Delivery.objects.filter(pk=new.pk).update(sent_at=timezone.now())
    clock.forget_words()
    assert not Delivery.objects.get(pk=old.pk).text
    assert Delivery.objects.get(pk=new.pk).text
