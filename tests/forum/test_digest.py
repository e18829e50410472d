"""The one mail a day to people at the desk."""

import re
from datetime import time, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Delivery, User
from articles import promises
from articles.models import Conflict, Message
from articles.models.private import questions
from forum import digest
from forum.lib.moves import Guest
from forum.pages.models import Holiday
from tests import makers
from tests.comments import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def morning(monkeypatch):
    """Let it be morning already, or still night with `morning(come=False)`."""

    def morning(*, come=True):
        monkeypatch.setattr(promises, "MORNING", time(0) if come else time.max)

    morning()
    return morning


def written():
    """Return who got a digest, and its subject."""
    found = Delivery.objects.filter(key__startswith="digest:").order_by("pk")
    return [(letter.to.partition("@")[0], letter.subject) for letter in found]


def test_each_person_gets_one_mail_a_day_with_what_waits_for_her_late_things_first(
    sami, mina, edith, maggie, morning, work
):
    makers.in_review(sami, edith, title="A promise by day")
    makers.in_review(sami, edith).record(due_at=timezone.now() - timedelta(days=7))
    morning(come=False)
    digest.due()
    assert written() == []
    morning()
    digest.due()
    digest.due()
    assert written() == [
        ("edith", "2 things wait for you, 1 late"),
        ("maggie", "1 thing waits for you, 1 late"),
    ]
    text = Delivery.objects.get(to=edith.email).text
    assert "5 working days late" in text
    assert text.index("A promise at night") < text.index("Waiting as well") < text.index("A promise by day")
    assert "with Edith Editor" in Delivery.objects.get(to=maggie.email).text
    User.objects.update(digested_on=timezone.localdate() - timedelta(days=5))  # the clock stood still
    Delivery.objects.all().delete()
    digest.due()
    assert len(written()) == 2
    assert mail.outbox == []


def test_nothing_waiting_the_desks_holiday_and_a_choice_mean_no_mail(
    sami, edith, eno, mina, morning, signed_in
):
    piece = makers.a_submitted(sami)
    Conflict.objects.create(submission=piece, user=eno)
    browser = signed_in(edith)
    assert 'name="digest"' in browser.get("/accounts/").text
    browser.post("/accounts/digest/", {})
    edith.refresh_from_db()
    assert edith.digest is False
    digest.due()
    assert written() == []
    browser.post("/accounts/digest/", {"digest": "on"})
    today = timezone.localdate()
    holiday = Holiday.objects.create(first=today, last=today)
    digest.due()
    assert written() == []
    holiday.delete()
    digest.due()
    assert written() == [("edith", "1 thing waits for you")]
    assert 'name="digest"' not in signed_in(sami).get("/accounts/").text


def told(person):
    """Return the letter that somebody gets, and how many lines it has about what waits."""
    digest.write(person, timezone.localdate())
    letter = Delivery.objects.get(key__startswith="digest:", to=person.email)
    return letter.text, len(re.findall(r"^http\S+/admin/.+", letter.text, re.MULTILINE))


def test_a_piece_and_the_letter_about_it_are_one_thing_in_two_lines_and_nothing_is_left(sami, edith):
    makers.in_review(sami, edith).write_editor(by=sami, letter="When do I hear from you?")
    text, lines = told(edith)
    assert lines == 2
    assert " more: " not in text
    assert "All of it: " in text


def test_the_letter_has_the_first_of_each_panel_and_counts_the_others(sami, mina, edith, monkeypatch):
    for number in range(questions.MOST + 2):
        makers.a_submitted(sami)
        Message.send(by=Guest("r@example.org"), kind="contact", text=f"May I? {number}", email="r@example.org")
    monkeypatch.setattr(digest, "MOST", questions.MOST + 3)
    text, lines = told(mina)
    assert (lines, "And 2 more: " in text) == (questions.MOST, True)
    text, lines = told(edith)
    assert (lines, f"And {questions.MOST + 1} more: " in text) == (digest.MOST, True)


def test_what_is_late_is_in_the_letter_though_worse_was_reported_since(sami, mina, edith, maggie, morning):
    article = makers.an_article(sami, edith, maggie)
    making.a_late_report_behind_worse_ones(article, mina, number=questions.MOST)
    digest.due()
    letter = Delivery.objects.get(key__startswith="digest:", to=mina.email)
    assert letter.subject == "11 things wait for you, 1 late"
    late, rest = letter.text.split("Waiting as well:")
    assert late.count("It has nothing to do with the piece: Comment #1 on") == 1
    assert rest.count("It gives away private information: ") == questions.MOST - 1
    assert "And 1 more: " in rest
