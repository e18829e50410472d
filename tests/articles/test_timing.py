"""Publishing now or at a time: nothing unclear ever publishes, and the last press was told when."""

import re
from calendar import SUNDAY, monthcalendar
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from articles.models import Article, Kept, Submission
from articles.signing import arrangement
from forum.lib.moves import Refused
from tests import makers
from tests.opened import as_now

pytestmark = pytest.mark.django_db
NEXT = timezone.now().year + 1


@pytest.fixture
def ready(sami, edith):
    return makers.a_ready(sami, edith)


@pytest.fixture
def press(signed_in, maggie):
    """Let Maggie press a button about a piece, once."""

    def press(verb, piece, **said):
        return signed_in(maggie).post(reverse(f"admin:submission_{verb}", args=[piece.code]), {**as_now(piece), **said})

    return press


@pytest.fixture
def press_twice(press):
    """Let Maggie press, read the sentence, and press again; returns the sentence."""

    def press_twice(verb, piece, **said):
        form = press(verb, piece, **said).context["form"]
        assert press(verb, piece, **said, shown=form["shown"].value()).status_code == 302
        return form.sentence

    return press_twice


def at(day, hour):
    return {"when": "at", "at_day": str(day), "at_hour": hour}


def in_may():
    return timezone.make_aware(datetime(NEXT, 5, 4, 9))  # noqa: DTZ001


def last_sunday(month):
    """Return the day next year on which the clocks of Europe change in that month."""
    return date(NEXT, month, max(week[SUNDAY] for week in monthcalendar(NEXT, month)))


def now(piece):
    return Submission.objects.get(pk=piece.pk)


def test_readers_see_it_at_once_only_after_this_was_said(press, ready):
    first = press("publish", ready, when="now")
    assert first.context["form"].sentence == "Readers can see it at once."
    assert "Readers can see it at once." in first.text
    assert (Article.objects.count(), mail.outbox) == (0, [])
    press("publish", ready, when="now", shown="now")
    assert Article.objects.get().is_out


UNCLEAR = {
    "no answer": ({}, "when", "Say when: now, or at a day and hour."),
    "a day alone": (at(f"{NEXT}-05-04", ""), "at", "Say at what hour."),
    "an hour alone": (at("", "09:00"), "at", "Say on which day."),
    "neither": (at("", ""), "at", "Say on which day and at what hour."),
    "a time without its answer": ({"at_day": f"{NEXT}-05-04", "at_hour": "09:00"}, "when", "Say when:"),
    "another country's day": (at(f"31/12/{NEXT}", "09:00"), "at", "This is no day. Write it like 2030-11-30."),
    "no day of the calendar": (at(f"{NEXT}-02-30", "09:00"), "at", "This is no day."),
    "a raised two": (at("²", "²"), "at", "This is no day."),
    "Arabic digits": (at("٢٠٢٧-٠٥-٠٤", "٠٩:٣٠"), "at", "This is no day."),
    "an hour of no clock": (at(f"{NEXT}-05-04", "25:00"), "at", "This is no hour. Write it like 09:00."),
    "a NUL byte": (at(f"{NEXT}-05-04\x00", "09:00"), "at", "This is no day."),
    "a time gone by": (at("2020-05-04", "09:00"), "at", "Choose a time to come, within two years."),
    "the first day there is": (at("0001-01-01", "00:00"), "at", "Choose a time to come, within two years."),
    "the last day there is": (at("9999-12-31", "23:59"), "at", "Choose a time to come, within two years."),
}


def test_what_is_unclear_publishes_nothing_and_comes_back_as_it_was_typed(press, ready):
    for (sent, field, complaint), shown in product(UNCLEAR.values(), ["", "now"]):
        response = press("publish", ready, **sent, shown=shown)
        form = response.context["form"]
        assert complaint in str(form.errors[field]), sent
        assert (form["shown"].value(), form.is_last) == ("", False)
        typed = [sent.get("at_day", ""), sent.get("at_hour", "")]
        assert [value or "" for value in form["at"].value()] == typed
        assert all(f'value="{escape(value)}"' in response.text for value in typed if value)
    assert (Article.objects.count(), mail.outbox) == (0, [])


def test_what_is_wrong_with_the_hour_leads_to_the_hour_and_with_the_day_to_the_day(press, ready):
    places = {"a day alone": "id_at_1", "an hour of no clock": "id_at_1", "an hour alone": "id_at_0"}
    for why, leads_to in places.items():
        sent, _, complaint = UNCLEAR[why]
        assert re.search(rf'<a href="#{leads_to}">[^<]*{complaint}', press("publish", ready, **sent).text), why


def test_the_last_press_was_told_the_day_the_hour_and_the_zone(settings, press, press_twice, ready):
    settings.TIME_ZONE = "America/New_York"
    said = press_twice("publish", ready, **at(f"{NEXT}-07-05", "18:30"))
    assert said == f"It appears on {date(NEXT, 7, 5):%A} 5 July {NEXT}, 18:30 (EDT)."
    assert Article.objects.get().published_at == datetime(NEXT, 7, 5, 22, 30, tzinfo=UTC)


def test_another_time_is_said_before_it_counts(press, ready):
    first = press("publish", ready, **at(f"{NEXT}-05-04", "09:00"))
    other = press("publish", ready, **at(f"{NEXT}-05-05", "09:00"), shown=first.context["form"]["shown"].value())
    assert "5 May" in other.context["form"].sentence
    hasty = press("publish", ready, when="now", shown=first.context["form"]["shown"].value())
    assert hasty.context["form"].sentence == "Readers can see it at once."
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("month", "hour", "complaint"),
    [
        (3, "01:30", "There is no 01:30 on {:%-d} March {:%Y}: the clocks go forward. Choose another hour."),
        (10, "01:30", "On {:%-d} October {:%Y} 01:30 comes twice: the clocks go back. Choose another hour."),
    ],
)
def test_a_time_that_never_comes_or_comes_twice_is_not_guessed(month, hour, complaint, settings, press, ready):
    settings.TIME_ZONE = "Europe/London"
    day = last_sunday(month)
    form = press("publish", ready, **at(day, hour)).context["form"]
    assert form.errors["at"] == [complaint.format(day, day)]
    zone = press("publish", ready, **at(day, "02:30")).context["form"].sentence[-6:]
    assert zone == {3: "(BST).", 10: "(GMT)."}[month]


def test_approval_publishes_at_once_or_not_before_a_time_as_was_said(press, press_twice, sami, edith):
    piece = makers.a_proof(sami, edith)
    refused = press("publish_on_approval", piece, seen=piece.turn)
    assert "Say when: with the last approval, or not before a day and hour." in refused.text
    assert press("publish_on_approval", piece, seen=piece.turn, **at(f"{NEXT}-05-04", "")).status_code == 200
    assert arrangement(now(piece)) == ""
    said = press_twice("publish_on_approval", piece, seen=piece.turn, **at(f"{NEXT}-05-04", "09:00"))
    assert said.startswith("The last approval publishes it, but not before ")
    assert now(piece).publish_at == in_may()
    turn = now(piece).turn
    kept = {"seen": turn, "when": "at", "at_day": "", "at_hour": ""}
    assert press("publish_on_approval", piece, **kept, shown="now").status_code == 200
    assert now(piece).publish_at == in_may()
    said = press_twice("publish_on_approval", piece, seen=turn, when="now")
    assert (said, arrangement(now(piece))) == ("Readers can see it at the moment of the last approval.", "at once")


def test_the_date_is_moved_to_what_was_said(press, press_twice, sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    before = piece.article.published_at
    assert press("reschedule", piece, seen=piece.turn, at_day=f"{NEXT}-05-04", at_hour="").status_code == 200
    assert now(piece).article.published_at == before
    said = press_twice("reschedule", piece, seen=piece.turn, at_day=f"{NEXT}-05-04", at_hour="09:00")
    assert said == f"It appears on {date(NEXT, 5, 4):%A} 4 May {NEXT}, 09:00 ({in_may():%Z})."
    assert now(piece).article.published_at == in_may()


def test_what_stands_against_it_is_said_and_the_next_press_still_knows_the_time(press, ready):
    ready.bylines.update(consent="no")
    refused = press("publish", ready, when="now", shown="now")
    assert refused.status_code == 409
    assert refused.context["form"].sentence == "Readers can see it at once."
    assert Article.objects.count() == 0


def test_a_sentence_is_not_kept_with_the_words_of_a_form(signed_in, maggie, ready):
    desk = signed_in(maggie)
    place = reverse("admin:submission_publish_anyway", args=[ready.code])
    desk.post("/admin/kept/", {"place": place, "reason": "Nobody else is at work.", "when": "now", "shown": "now"})
    assert Kept.objects.of(maggie).get().said == {"reason": ["Nobody else is at work."], "when": ["now"]}


def test_a_button_that_is_none_of_the_page_presses_nothing(press, ready, signed_in, edith, sami):
    for step in ("prewiev", "²", "x" * 5_000, "edit", "preview"):
        unclear = press("publish", ready, when="now", shown="now", step=step)
        assert "It was not clear which button you pressed." in unclear.text
    assert Article.objects.count() == 0
    piece = makers.in_review(sami, edith, title="A promise at noon")
    accept = reverse("admin:submission_accept", args=[piece.code])
    for unclear in ({"step": "send"}, {"previewed": ""}, {"previewed": "²"}, {"previewed": "a" * 64}):
        page = signed_in(edith).post(accept, {"letter": "Dear Sami, yes.", **as_now(piece), **unclear})
        assert page.status_code in (200, 409)
        assert "Dear Sami, yes." in page.text
    assert (now(piece).status, mail.outbox) == ("in_review", [])


def test_a_date_is_never_moved_to_now_by_being_past(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie)
    with pytest.raises(Refused, match="This time has passed"):
        piece.reschedule(by=maggie, at=timezone.now() - timedelta(minutes=1))
    assert not now(piece).article.is_out


def test_a_time_that_has_passed_meanwhile_is_not_now(press, ready, monkeypatch):
    soon = timezone.localtime() + timedelta(minutes=5)
    said = at(soon.date(), f"{soon:%H:%M}")
    shown = press("publish", ready, **said).context["form"]["shown"].value()
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=1))
    response = press("publish", ready, **said, shown=shown)
    assert response.context["form"].errors["at"] == ["Choose a time to come, within two years."]
    assert Article.objects.count() == 0
