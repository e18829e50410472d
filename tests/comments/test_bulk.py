"""Several decisions at once: each by itself, each only as the moderator saw it."""

import re

import pytest
from django.utils import timezone

from comments.forms.desk.bulk import MOST
from comments.models import Comment
from tests.comments.making import a_comment, a_published, a_report, a_reported, a_rule
from tests.makers import a_person

QUEUE = "/admin/comments/"


@pytest.fixture
def desk(signed_in, mina):
    return signed_in(mina)


def ticks(desk):
    """Return what the boxes of the queue would send."""
    return re.findall(r'name="ticked" value="([\d.]+)"', desk.get(QUEUE).text)


def ticked(page):
    return re.findall(r'name="ticked" value="([\d.]+)"\s+checked', page.text)


def together(desk, verb, chosen, **said):
    return desk.post(f"{QUEUE}together/{verb}/", {"ticked": chosen, "rule": "", "reason": ""} | said)


def fates(*comments):
    return [Comment.objects.get(pk=comment.pk).status for comment in comments]


def test_what_was_ticked_is_approved(article, desk):
    comments = [a_comment(article, a_person()) for _ in range(3)]
    page = together(desk, "approve", ticks(desk)[:2])
    assert (page.status_code, page.headers["Location"]) == (302, QUEUE)
    assert "2 comments: approved." in desk.get(QUEUE).text
    assert fates(*comments) == ["published", "published", "pending"]


@pytest.mark.parametrize(
    ("verb", "fate"), [("keep", "published"), ("hide", "hidden"), ("remove", "removed"), ("mark_spam", "spam")]
)
def test_one_rule_and_one_reason_decide_about_all(verb, fate, article, rosa, mina, desk):
    comments = [a_reported(article, rosa, mina) for _ in range(2)]
    together(desk, verb, ticks(desk), rule=a_rule().pk, reason="They are about a person.")
    assert fates(*comments) == [fate, fate]
    for comment in comments:
        ruling = comment.rulings.get()
        rule = a_rule("spam" if verb == "mark_spam" else "attack")
        assert (ruling.verb, ruling.rule, ruling.reason) == (verb, rule, "They are about a person.")
        assert ruling.by == mina


def test_a_conflict_shows_the_other_decision_and_stops_nothing_else(article, rosa, mina, edith, desk):
    first, second = (a_reported(article, rosa, mina, words) for words in ("Fools, all of them.", "Fools, I said."))
    chosen = ticks(desk)
    first.remove(by=edith, rule=a_rule(), reason="It is about the person.")
    page = together(desk, "remove", chosen, rule=a_rule().pk, reason="They call people fools.")
    event = first.events.last()
    assert f"removed by Edith Editor, {timezone.localtime(event.at):%H:%M}" in page.text
    assert "1 not decided" in page.text
    assert "1 comment: removed." in page.text
    assert "They call people fools." in page.text
    assert (first.rulings.get().by, second.rulings.get().by) == (edith, mina)


def test_what_changed_since_it_was_seen_is_left_for_a_second_look(article, rosa, mina, desk):
    comment = a_comment(article, rosa)
    chosen = ticks(desk)
    comment.edit("Something quite different now, and much worse.", by=rosa)
    page = together(desk, "approve", chosen)
    assert re.search(r"edited by its writer, \d\d:\d\d", page.text)
    assert fates(comment) == ["pending"]
    assert ticked(page) == []
    reported = a_reported(article, rosa, mina)
    chosen = ticks(desk)
    a_report(reported, reason="threat", prefix="another net")
    assert "reported by somebody else" in together(desk, "keep", chosen).text


def test_what_does_not_fit_is_said_and_stays_ticked(article, rosa, mina, desk):
    held, reported = a_comment(article, a_person()), a_reported(article, rosa, mina)
    page = together(desk, "keep", ticks(desk), reason="Let it stand.")
    assert "“Keep” does not fit here. Its state is: waiting to be read by the editors." in page.text
    assert ticked(page) == [f"{held.pk}.0"]
    assert reported.open_case is None


def test_a_guard_says_what_stands_against_it(article, rosa, mina, desk):
    comment = a_published(article, rosa, mina)
    page = together(desk, "keep", [f"{comment.pk}.{comment.turn}"])
    assert "No report waits for an answer here." in page.text


@pytest.mark.parametrize("missing", ["rule", "reason"])
def test_nothing_is_lost_when_something_is_missing(missing, article, rosa, mina, desk):
    comment = a_reported(article, rosa, mina)
    said = {"rule": a_rule().pk, "reason": "I have written this with care."}
    chosen = ticks(desk)
    page = together(desk, "remove", chosen, **said | {missing: ""})
    assert ticked(page) == chosen
    assert ("I have written this with care." in page.text) == (missing == "rule")
    assert (f'value="{a_rule().pk}" selected' in page.text) == (missing == "reason")
    assert '<details class="desk-together" open' in page.text
    assert fates(comment) == ["published"]


@pytest.mark.parametrize(
    ("chosen", "complaint"),
    [
        ([], "Tick the comments first."),
        (["x"], "Tick the comments once more."),
        ([f"{10**30}.1"], "Tick the comments once more."),
        ([f"{number}.1" for number in range(MOST + 1)], "You ticked 51 comments. At most 50 go at once."),
        (["999999.1"], "It is not here any more, or not yours to decide about."),
    ],
    ids=["nothing", "nonsense", "no number", "too many", "nobody’s"],
)
def test_what_cannot_be_ticked_is_said(chosen, complaint, desk):
    assert complaint in together(desk, "approve", chosen).text


def test_fifty_go_at_once(article, desk):
    comments = [a_comment(article, a_person()) for _ in range(MOST)]
    together(desk, "approve", ticks(desk))
    assert set(fates(*comments)) == {"published"}


@pytest.mark.parametrize("superuser", [False, True])
def test_ones_own_comments_are_not_decided_with_others(article, rosa, mina, desk, superuser):
    mina.is_superuser = superuser
    mina.save(update_fields=["is_superuser"])
    own, other = a_published(article, mina, None), a_reported(article, rosa, mina)
    a_report(own)
    own.refresh_from_db()
    chosen = [f"{comment.pk}.{Comment.objects.get(pk=comment.pk).turn}" for comment in (own, other)]
    page = together(desk, "remove", chosen, rule=a_rule().pk, reason="They are about a person.")
    assert "not yours to decide about" in page.text
    assert fates(own, other) == ["published", "removed"]


@pytest.mark.parametrize("verb", ["ask_to_reword", "approve_and_trust", "withdraw", "delete"])
def test_only_six_decisions_are_made_together(verb, article, desk):
    a_comment(article, a_person())
    assert together(desk, verb, ticks(desk)).status_code == 404
