"""Many people at once in one discussion: around its closing time, in a flood of reports, over a hasty press."""

import os
import time
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from accounts.models import Delivery
from comments import clock
from comments.models import (
    Comment,
    Follow,
    Mute,
    Notice,
    Report,
    ReportCase,
    Respect,
    Ruling,
    Sanction,
    Trust,
    WordList,
)
from forum.lib.moves import Refused
from tests.comments.making import a_comment, a_published, a_report, a_sanction, an_unread
from tests.makers import a_person
from tests.races.test_comment_races import assert_consistent, fresh
from tests.races.together import LATE, refused, together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]

EACH = 20 if int(os.environ.get("RACES", "3")) >= 100 else 4
CLOSES_IN = 0.4


def in_turn(press, times, *, pause=0.0):
    """Return one press that presses so many times, and what each came to."""

    def run():
        return [outcome_of(press, number, pause) for number in range(times)]

    return run


def outcome_of(press, number, pause):
    time.sleep(pause if number else 0)
    try:
        return press(number)
    except LATE as refusal:
        return refusal


def all_of(outcomes):
    return [outcome for some in outcomes for outcome in some]


def urgent_letters():
    """Return how many letters about a threat each moderator got."""
    urgent = Delivery.objects.filter(key__startswith="comments.urgent:")
    return dict(urgent.order_by().values_list("to").annotate(Count("pk")))


def test_around_the_closing_time_each_post_is_in_time_or_told(round, article, rosa, mina, edith):
    Trust.give(rosa, by=mina)
    with article.discussion.locked() as discussion:
        closing = discussion.now + timedelta(seconds=CLOSES_IN)
    article.discussion.close_at(closing, by=edith)
    outcomes = all_of(together(*[in_turn(lambda n: a_comment(article, rosa), 5, pause=CLOSES_IN / 4)] * 10))
    late = refused(outcomes)
    assert {str(told) for told in late} <= {"This discussion is closed."}
    assert Comment.objects.count() == 50 - len(late)
    times = list(Comment.objects.order_by("number").values_list("written_at", flat=True))
    assert times == sorted(times)
    assert [moment for moment in times if moment >= closing] == []
    assert_consistent(article)


def test_a_flood_of_readers_makes_one_case_and_loses_no_report(round, article, rosa, mina, edith, work):
    comment = an_unread(article, rosa, mina)

    def report(reader, number):
        reason = "threat" if number % 2 else "attack"
        return a_report(fresh(comment), reason=reason, prefix=f"net {reader}.{number}")

    readers = [in_turn(lambda n, reader=reader: report(reader, n), EACH) for reader in range(25)]
    assert refused(all_of(together(*readers))) == []
    assert (Report.objects.count(), ReportCase.objects.count()) == (25 * EACH, 1)
    assert fresh(comment).status == "published"
    work()
    assert set(urgent_letters().values()) == {1}
    assert {mina.email, edith.email} <= set(urgent_letters())
    assert_consistent(article)


def test_a_flood_of_members_hides_a_comment_once(round, article, rosa, mina, work):
    comment, people = an_unread(article, rosa, mina), [a_person() for _ in range(25)]
    reports = [
        lambda n=n, by=by: a_report(fresh(comment), by=by, reason="threat", prefix=f"net {n}")
        for n, by in enumerate(people)
    ]
    outcomes = together(*reports)
    assert [told for told in refused(outcomes) if "not shown now" not in str(told)] == []
    assert Report.objects.count() == 25 - len(refused(outcomes))
    assert [(ruling.verb, ruling.automatic) for ruling in Ruling.objects.all()] == [("hide", True)]
    assert (fresh(comment).status, ReportCase.objects.get().status) == ("hidden", "open")
    work()
    assert set(urgent_letters().values()) == {1}
    assert_consistent(article)


@pytest.mark.parametrize(
    ("press", "model"),
    [
        (lambda comment, sami: Respect.give(comment, by=sami), Respect),
        (lambda comment, sami: Mute.add(comment, by=sami), Mute),
        (lambda comment, sami: Follow.begin(comment.discussion, by=sami), Follow),
    ],
    ids=["respect", "mute", "follow"],
)
def test_a_wish_that_is_pressed_eight_times_is_one(round, press, model, article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    assert refused(together(*[lambda: press(fresh(comment), sami)] * 8)) == []
    assert model.objects.count() == 1


def test_of_three_clocks_each_follower_hears_once(round, article, rosa, sami, mina):
    followers = [rosa, sami, a_person()]
    for follower in followers:
        Follow.begin(article.discussion, by=follower)
    for words in ("Treaties are promises.", "Promises are treaties."):
        Notice.write(a_published(article, a_person(), mina, words))
    together(*[clock.tell_due] * 3)
    told = Delivery.objects.filter(key__startswith="comments.answers:").values_list("to", flat=True)
    assert sorted(told) == sorted(follower.email for follower in followers)
    assert not Notice.objects.filter(sent_at=None).exists()


@pytest.mark.parametrize("one_is_on", [False, True])
def test_of_two_word_lists_switched_on_one_is_on(round, one_is_on, edith, eno):
    before = WordList.try_out("heron", [], by=edith) if one_is_on else None
    if before:
        before.switch_on(by=edith, instead_of=None)
    lists = [WordList.try_out(word, [], by=edith) for word in ("harbour", "lighthouse")]
    outcomes = together(
        lambda: lists[0].switch_on(by=edith, instead_of=before), lambda: lists[1].switch_on(by=eno, instead_of=before)
    )
    last = WordList.objects.in_force()
    assert WordList.objects.filter(status="on").count() == 1
    assert last in lists
    assert len(refused(outcomes)) == 1
    assert WordList.objects.get(pk=lists[1 - lists.index(last)].pk).status == "tried"


def test_of_two_sanctions_of_one_level_one_is_given(round, article, rosa, mina, edith):
    comment, other = (a_published(article, rosa, mina, words) for words in ("Treaties lie.", "Treaties are lies."))
    outcomes = together(
        lambda: a_sanction(fresh(comment), by=mina), lambda: a_sanction(fresh(other), by=edith)
    )
    assert [type(told) for told in refused(outcomes)] == [Refused]
    assert (Sanction.objects.count(), Ruling.objects.count()) == (1, 1)


def test_a_sanction_that_is_over_makes_room_for_one_new_one(round, article, rosa, mina, edith):
    comment = a_published(article, rosa, mina)
    old = a_sanction(comment, by=mina)
    Sanction.objects.update(until=timezone.now() - timedelta(minutes=1))
    outcomes = together(clock.due, clock.due, lambda: a_sanction(fresh(comment), by=edith))
    assert refused(outcomes) == []
    assert Sanction.objects.get(pk=old.pk).status == "expired"
    assert Sanction.objects.in_force().count() == 1
