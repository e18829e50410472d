"""Dates, reminders, apologies and holidays: what happens to a piece when nobody presses anything."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import clock, promises
from articles.admin.waiting import submissions
from articles.models import SafetyRequest, Submission
from articles.standing import Standing
from articles.story import story
from forum.clock import tick
from forum.pages.models import Holiday
from tests import makers

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def ago(**length):
    return timezone.now() - timedelta(**length)


def again(piece):
    return Submission.objects.get(pk=piece.pk)


def verbs(piece):
    return list(piece.events.values_list("verb", flat=True))


@pytest.fixture
def tell(work):
    """Let the clock run three times, as after a week in which it stood still, and return the new letters' subjects."""

    def tell():
        work()
        before = len(mail.outbox)
        for _ in range(3):
            clock.extend_due()
            clock.remind_due()
            clock.apologise_due()
            clock.lapse_due()
        work()
        return [(letter.to[0].partition("@")[0], letter.subject) for letter in mail.outbox[before:]]

    return tell


def test_an_author_is_reminded_once_of_each_date_and_never_after_she_has_acted(sami, edith, tell):
    piece = makers.with_author(sami, edith)
    assert timezone.localdate(piece.due_at) - timezone.localdate(piece.remind_at) == timedelta(days=3)
    assert tell() == []
    piece.record(remind_at=ago(days=1))
    assert tell() == [("sami", "“A promise at night” is waiting for you")]
    assert f"by {promises.in_words(piece.due_at)}" in mail.outbox[-1].body
    assert f"({timezone.localtime(piece.due_at):%Z})" in mail.outbox[-1].body
    again(piece).extend(by=sami)
    assert tell() == []
    again(piece).record(remind_at=ago(minutes=1))
    assert tell() == [("sami", "“A promise at night” is waiting for you")]
    again(piece).record(remind_at=ago(minutes=1))
    again(piece).resubmit(by=sami)
    assert tell() == []
    assert "The Forum sent a reminder of the date." in [told.sentence for told in story(piece, sami)]


def test_a_date_that_is_near_when_it_is_set_gets_no_reminder(sami, edith):
    assert makers.with_author(sami, edith, days=0).remind_at is None
    due = promises.end_of(timezone.localdate() + timedelta(days=2))
    assert promises.reminder(due) < due
    assert promises.reminder(due.replace(hour=0)) is None


def test_who_is_late_without_asking_gets_two_weeks_once_and_a_month_later_the_piece_lapses(sami, edith, tell):
    piece = makers.with_author(sami, edith)
    piece.record(due_at=ago(days=9), remind_at=ago(days=12))
    assert tell() == [("sami", "More time for “A promise at night”")]
    assert "we have moved it for you, once" in mail.outbox[-1].body
    piece = again(piece)
    assert timezone.localdate(piece.due_at) == timezone.localdate() + 2 * WEEK
    assert timezone.localdate(piece.lapses_at) == timezone.localdate(piece.due_at) + timedelta(days=30)
    piece.record(due_at=ago(days=2), remind_at=None)
    assert tell() == []
    assert Standing(piece, sami).sentence.startswith("It is your turn: the changes were due by ")
    piece.record(lapses_at=ago(days=8))
    assert tell() == [
        ("sami", "We have set aside “A promise at night”"),
        ("edith", "“A promise at night” is set aside"),
    ]
    assert verbs(piece)[-2:] == ["extend", "lapse"]


def test_the_desk_apologises_twice_at_most_and_then_only_the_managing_editor_hears(
    sami, edith, eno, maggie, tell
):
    piece = makers.in_review(sami, edith)
    makers.in_review(makers.a_person(), edith, title="A promise kept")
    for times in (1, 2):
        again(piece).record(due_at=ago(days=3))
        assert tell() == [("sami", "We are late with “A promise at night”")]
        assert again(piece).due_at == promises.after_working_days(5)
        assert again(piece).due in mail.outbox[-1].body
        assert again(piece).apologies == times
    again(piece).record(due_at=ago(days=7))
    assert tell() == []
    assert "they are late" in Standing(again(piece), sami).sentence
    (row,) = submissions(maggie)[0].rows
    assert (row.title, row.is_late, row.who) == (
        "A promise at night", True, "Sami Student · with Edith Editor · late, we apologised 2 times",
    )  # fmt: skip
    assert submissions(eno)[0].rows == []
    again(piece).accept(by=edith)
    assert again(piece).apologies == 0


def test_silence_about_a_proof_publishes_nothing_and_comes_to_the_editor(sami, edith, maggie, tell):
    piece = makers.a_proof(sami, edith)
    assert submissions(edith)[0].rows == []
    piece.record(due_at=ago(days=5), remind_at=ago(days=8))
    assert tell() == [("sami", "“A promise at night” is waiting for you")]
    assert tell() == []
    (row,) = submissions(edith)[0].rows
    assert (row.kind, row.is_late) == ("The author is silent", True)
    assert submissions(maggie)[0].rows == []
    assert (again(piece).status, verbs(piece)[-1]) == ("proof", "remind")


def test_a_holiday_moves_what_runs_into_it_and_says_so(sami, edith, client, signed_in, work, tell):
    reviewed, changing = (
        makers.in_review(sami, edith),
        makers.with_author(sami, edith, title="A promise by day"),
    )
    soon = makers.a_proof(sami, edith, title="A promise at noon")
    today = timezone.localdate()
    holiday = Holiday.objects.create(
        first=today + timedelta(days=7), last=today + timedelta(days=13), words="Letters are still read."
    )
    moved = [timezone.localdate(again(piece).due_at) for piece in (changing, soon)]
    assert moved == [today + timedelta(days=21), timezone.localdate(soon.due_at)]
    assert timezone.localdate(again(reviewed).due_at) >= today + timedelta(days=21)
    assert promises.is_weekday(timezone.localdate(again(reviewed).due_at))
    assert timezone.localdate(again(changing).remind_at) == today + timedelta(days=18)
    assert tell() == []
    told = {letter.subject: letter.body for letter in mail.outbox if letter.subject.startswith("A new date")}
    assert sorted(told) == ["A new date for “A promise at night”", "A new date for “A promise by day”"]
    assert {holiday.sentence in body for body in told.values()} == {True}
    makers.a_submitted(sami)
    work()
    assert holiday.sentence in mail.outbox[-1].body
    assert holiday.sentence in client.get("/get-published/").text
    assert holiday.sentence in signed_in(sami).get(reviewed.get_absolute_url()).text
    assert "The Forum moved the date because the desk is on holiday." in [
        told.sentence for told in story(reviewed, sami)
    ]


def test_an_editor_asks_for_changes_by_a_day_on_which_the_desk_works(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    day = timezone.localdate() + timedelta(days=21)
    holiday = Holiday.objects.create(first=day, last=day + timedelta(days=4))
    address = f"/admin/submissions/{piece.code}/ask_for_changes/"
    browser = signed_in(edith)
    assert f'value="{day + timedelta(days=5)}"' in browser.get(address).text
    refused = browser.post(address, {"letter": "Please say who signed it, and when.", "due": day})
    assert f"The desk is closed from {holiday}. Choose a day before or after that." in refused.text
    assert "Please say who signed it, and when." in refused.text


def test_days_over_christmas_are_counted_without_the_holiday():
    Holiday.objects.create(first=date(2026, 12, 24), last=date(2027, 1, 3))
    start = promises.end_of(date(2026, 12, 21))
    assert promises.after_working_days(5, start) == promises.end_of(date(2027, 1, 6))  # 22, 23 | 4, 5, 6
    assert promises.after_days(5, start) == promises.end_of(date(2027, 1, 6))
    with pytest.raises(
        ValidationError, match="There is a holiday from 24 December 2026 to 3 January 2027 already"
    ):
        Holiday(first=date(2027, 1, 3), last=date(2027, 1, 9)).full_clean()
    with pytest.raises(ValidationError, match="Choose a later one"):
        Holiday(first=date(2027, 3, 3), last=date(2027, 3, 1)).full_clean()


@pytest.mark.parametrize(
    "change", [datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2027, 3, 22, 12, tzinfo=UTC)]
)
def test_a_day_ends_at_the_same_hour_when_the_clocks_change(settings, change):
    settings.TIME_ZONE = "Europe/Sarajevo"
    due = promises.after_days(14, promises.end_of(change.date()))
    assert timezone.localtime(due).replace(tzinfo=None) == datetime.combine(
        change.date() + 2 * WEEK, due.time()
    )
    assert (due.hour, due.minute) == (23, 59)
    assert (
        promises.in_words(datetime(2031, 7, 1, 22, 30, tzinfo=UTC), exact=True)
        == "Wednesday 2 July 2031, 00:30 (CEST)"
    )


def test_one_tick_after_a_week_sends_each_letter_once(sami, edith, work):
    makers.a_submitted(sami).record(due_at=ago(days=7))
    makers.a_proof(sami, edith).record(due_at=ago(days=4), remind_at=ago(days=7))
    makers.with_author(sami, edith).record(due_at=ago(days=6), remind_at=ago(days=7))
    work()
    before = len(mail.outbox)
    tick()
    tick()
    work()
    to_sami = [letter for letter in mail.outbox[before:] if letter.to == [sami.email]]
    assert sorted(letter.subject.split(" “")[0] for letter in to_sami) == [
        "More time for", "We are late with", "“A promise at night” is waiting for you",
    ]  # fmt: skip


def test_a_holiday_that_is_over_moves_nothing_and_is_refused_in_the_form(sami, edith, tell):
    piece = makers.in_review(sami, edith)
    over = Holiday(first=date(2020, 1, 1), last=date(2020, 1, 5))
    with pytest.raises(ValidationError, match="These days are over"):
        over.full_clean()
    sunday = timezone.localdate() + timedelta(days=13 - timezone.localdate().weekday())
    piece.record(due_at=promises.end_of(sunday))
    over.save()
    assert tell() == []
    assert timezone.localdate(again(piece).due_at) == sunday


def test_a_new_holiday_moves_what_was_promised_to_whoever_wrote(article, sami, edith):
    piece = makers.with_author(sami, edith)
    piece.write_editor(by=sami, letter="May I?")
    request = SafetyRequest.ask(by=sami, submission=article.submission, kind="removal", text="I am followed.")
    promised = request.due_at
    day = timezone.localdate(promised)
    Holiday.objects.create(first=day, last=day + timedelta(days=6))
    assert SafetyRequest.objects.get().due_at > promised
    assert piece.letters.unread().get().due_at > promised
