"""Administrators see what mail has not left, for how long and why, and send it again."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from lxml import html

from accounts.models import Delivery
from accounts.postman import send_due
from comments.mail import ask_to_confirm
from comments.models import Report
from forum.lib.moves import Guest
from tests.comments.making import a_published, a_report, a_rule
from tests.makers import a_person

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/delivery/"
AWAY = "The mail server could not be reached: Connection refused"
REFUSED = "The mail server refused the recipient: 550 no such user"


@pytest.fixture
def desk(ada, signed_in):
    return signed_in(ada)


def a_letter(to, *, hours=0, put_off="", refused=""):
    """Post a letter that should have left so many hours ago."""
    message = EmailMultiAlternatives("Your piece", "Dear reader,\n", to=[f"{to}@example.org"])
    letter = Delivery.post(f"accept:{to}", message)
    Delivery.objects.filter(pk=letter.pk).update(due_at=timezone.now() - timedelta(hours=hours))
    if put_off:
        letter.put_off(put_off)
    if refused:
        letter.failed(refused)
    return letter


def rows(desk):
    """Return what the front page says of mail."""
    found = html.fromstring(desk.get("/admin/").content).find_class("desk-row")
    return [" ".join(row.text_content().replace("Â\xa0", " ").split()) for row in found if "Mail" in row.text_content()]


def listed(desk, outcome):
    """Return to whom the letters go that the list shows for an outcome."""
    page = html.fromstring(desk.get(f"{LIST}?outcome={outcome}").content)
    return sorted(cell.text_content().partition("@")[0] for cell in page.find_class("field-reader"))


def test_what_has_not_left_stands_on_the_front_page_by_its_cause(desk):
    a_letter("new", put_off=AWAY)
    for to in ("rosa", "sami"):
        a_letter(to, hours=30, put_off=AWAY)
    a_letter("old", hours=2, refused=REFUSED)
    first, second = rows(desk)
    assert first.startswith("Mail 2 letters have not left, the first for 1 day")
    assert first.endswith("Send all again")
    assert AWAY in first
    assert second.startswith("Mail 1 letter has not left, for 2 hours")
    assert REFUSED in second


def test_letters_of_more_causes_than_are_shown_are_counted_too(desk):
    for number in range(12):
        a_letter(f"reader{number}", hours=1, put_off=f"Cause {number}")
    assert len(rows(desk)) == 10
    said = html.fromstring(desk.get("/admin/").content).xpath("//p/a[starts-with(., 'Mail')]")
    where = f"{LIST}?outcome=late"
    assert [(link.text, link.get("href")) for link in said] == [("Mail that has not left: all 12", where)]


def test_what_nobody_tries_to_send_is_said_to_be_that(desk):
    a_letter("rosa", hours=1)
    assert "Does the work behind the pages run?" in rows(desk)[0]


def test_where_all_mail_leaves_there_is_no_row(desk, edith, client, signed_in):
    a_letter("rosa")
    send_due()
    assert rows(desk) == []
    a_letter("sami", hours=30, put_off=AWAY)
    assert rows(signed_in(edith)) == []


def test_all_are_sent_again_from_the_front_page(desk, mailoutbox):
    a_letter("rosa", hours=30, put_off=AWAY)
    a_letter("old", hours=200, refused=REFUSED)
    page = desk.post("/admin/mail/send-again/", follow=True)
    assert "2 letters are on their way." in page.text
    send_due()
    assert sorted(letter.to[0] for letter in mailoutbox) == ["old@example.org", "rosa@example.org"]
    assert rows(desk) == []


def test_what_is_pressed_beside_a_row_is_sent_by_the_form_of_the_page(desk):
    a_letter("rosa", hours=30, put_off=AWAY)
    page = html.fromstring(desk.get("/admin/").content)
    (button,) = page.xpath("//li[@class='desk-row late']/button")
    (form,) = [form for form in page.forms if form.get("id") == button.get("form")]
    assert (form.method, list(form.fields)) == ("POST", ["csrfmiddlewaretoken"])
    assert desk.post(button.get("formaction"), follow=True).redirect_chain[0][0] == f"{LIST}?outcome=late"


def test_one_is_sent_again_from_its_own_page(desk, mailoutbox):
    letter, other = a_letter("rosa", refused=REFUSED), a_letter("sami", refused=REFUSED)
    page = html.fromstring(desk.get(f"{LIST}{letter.pk}/change/").content)
    (form,) = [form for form in page.forms if "send-again" in (form.action or "")]
    assert desk.get(form.action).status_code == 405
    desk.post(form.action)
    send_due()
    other.refresh_from_db()
    assert ([mail.to for mail in mailoutbox], other.outcome) == ([["rosa@example.org"]], "Not sent")
    assert "send-again" not in desk.get(f"{LIST}{letter.pk}/change/").text


def test_what_was_refused_can_be_let_go(desk):
    letter = a_letter("rosa", refused=REFUSED)
    desk.post(LIST, {"action": "let_go", "_selected_action": [letter.pk]})
    letter.refresh_from_db()
    assert (letter.outcome, letter.error, rows(desk)) == ("Dropped unsent", REFUSED, [])


def test_what_was_ticked_is_sent_again_and_nothing_else(desk, mailoutbox):
    letter, _ = a_letter("rosa", refused=REFUSED), a_letter("sami", refused=REFUSED)
    desk.post(LIST, {"action": "send_ticked_again", "_selected_action": [letter.pk]})
    send_due()
    assert [mail.to for mail in mailoutbox] == [["rosa@example.org"]]


def test_a_letter_that_has_left_is_said_not_to_go_again(desk, mailoutbox):
    letter = a_letter("rosa")
    send_due()
    page = desk.post(LIST, {"action": "send_ticked_again", "_selected_action": [letter.pk]}, follow=True)
    assert "None of these can be sent again: they have left, wait for their time, or were let go." in page.text
    assert "on their way" not in page.text


def test_a_letter_whose_words_are_gone_is_said_not_to_go_again(desk):
    letter = a_letter("rosa", refused=REFUSED)
    Delivery.objects.update(text="")
    page = desk.post(f"/admin/mail/send-again/{letter.pk}/", follow=True)
    assert "1 cannot be sent again, because we do not keep what they said so long." in page.text


def test_the_list_is_narrowed_by_what_became_of_letters(desk):
    a_letter("gone")
    send_due()
    a_letter("waiting")
    a_letter("late", hours=1, put_off=AWAY)
    a_letter("refused", refused=REFUSED)
    a_letter("dropped").drop("Nobody.")
    found = {outcome: listed(desk, outcome) for outcome in ("sent", "waits", "late", "failed", "dropped")}
    assert found == {
        "sent": ["gone"],
        "waits": ["waiting"],
        "late": ["late", "refused"],
        "failed": ["refused"],
        "dropped": ["dropped"],
    }


def test_the_mail_for_a_new_password_is_said_to_be_on_its_way(desk, rosa):
    press = {"action": "ask_for_new_password", "_selected_action": [rosa.pk]}
    page = desk.post("/admin/accounts/user/", press, follow=True)
    assert "1 letter is on its way. Deliveries shows what becomes of it." in page.text


def test_nobody_at_the_desk_reads_who_reported_a_comment(desk, article, rosa, mina, work):
    member, comment = a_person(), a_published(article, rosa, mina)
    a_report(comment, by=Guest("ines@example.org"))
    a_report(comment, by=member, reason="spam")
    ask_to_confirm(Report.objects.get(email="ines@example.org"))
    comment.remove(by=mina, rule=a_rule(), reason="It names a private person.")
    work()
    told = Delivery.objects.filter(to__in=["ines@example.org", member.email])
    assert told.count() == 3
    pages = [desk.get(LIST), desk.get(f"{LIST}?q=ines"), desk.get("/admin/")]
    pages += [desk.get(f"{LIST}{letter.pk}/change/") for letter in told]
    assert [page.status_code for page in pages] == [200] * 6
    assert [page for page in pages if "ines@example.org" in page.text or member.email in page.text] == []
