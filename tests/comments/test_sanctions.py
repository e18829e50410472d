"""What is decided about a person, told to her, ended, and objected to."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import clock
from comments.models import Appeal, Discussion, Level, Ruling, Sanction, Trust
from comments.models.sanction import next_step
from forum.lib.moment import spelled
from forum.lib.moves import IllegalMove, Refused
from tests.comments.making import WORDS, a_comment, a_published, a_removed, a_sanction, an_appeal
from tests.makers import a_person


@pytest.fixture
def comment(article, rosa, mina):
    Trust.give(rosa, by=mina)
    return a_comment(article, rosa)


@pytest.mark.parametrize("level", Level.values)
def test_each_step_writes_a_ruling_and_tells_its_exact_statement(level, comment, rosa, edith, work):
    sanction = a_sanction(comment, edith, level=level)
    work()
    (letter,) = [letter for letter in mail.outbox if letter.to == [rosa.email]]
    ruling = sanction.ruling
    assert (ruling.verb, ruling.by, ruling.automatic) == (level, edith, False)
    assert ruling.statement in letter.body
    assert ruling.path_for(rosa) in letter.body
    for part in ["personal attack", "Please argue with what was said.", WORDS, "you can object once"]:
        assert part in ruling.statement
    assert spelled(sanction.until) in ruling.statement


def test_a_warning_changes_nothing_by_itself(comment, rosa, mina):
    a_sanction(comment, mina)
    assert a_comment(comment.discussion.article, rosa, "And another thing.").status == "published"


def test_held_comments_wait_and_say_why(comment, rosa, mina, signed_in):
    a_sanction(comment, mina, level="hold_comments")
    held = a_comment(comment.discussion.article, rosa, "And another thing.")
    assert (held.status, held.current.held_for) == ("pending", "sanction")
    page = signed_in(rosa).get(comment.discussion.article.get_absolute_url()).text
    assert "The editors have decided to read your comments before they appear" in page


@pytest.mark.parametrize("level", ["pause", "ban"])
def test_whoever_is_paused_is_told_so_before_and_after_and_keeps_her_text(level, comment, rosa, edith, signed_in):
    a_sanction(comment, edith, level=level)
    browser, address = signed_in(rosa), comment.discussion.article.get_absolute_url()
    page = browser.post(f"{address}comments/", {"text": "What I wanted to say."}).text
    assert "You cannot write comments now" in page
    assert "Please argue with what was said." in page
    assert "What I wanted to say." in page
    answer = browser.post(f"{address}comments/post/", {"text": "What I wanted to say."})
    assert answer.status_code == 409
    assert "What I wanted to say." in answer.text
    mine = browser.get("/comments/mine/").text
    assert f"/comments/sanctions/{Sanction.objects.get().pk}/appeal/" in mine
    assert comment.discussion.comments.count() == 1


def test_a_pause_ends_by_itself_whether_or_not_the_clock_runs(comment, rosa, mina, work):
    sanction = a_sanction(comment, mina, level="pause")
    work()
    Sanction.objects.update(until=timezone.now())
    assert a_comment(comment.discussion.article, rosa, "Back again.").status == "published"
    clock.due()
    clock.due()
    work()
    sanction.refresh_from_db()
    assert sanction.status == "expired"
    assert len([letter for letter in mail.outbox if letter.subject.startswith("Over:")]) == 1


def test_one_step_holds_once_and_again_when_it_is_over(comment, mina):
    a_sanction(comment, mina, level="pause")
    with pytest.raises(Refused, match="holds against this person already"):
        a_sanction(comment, mina, level="pause")
    Sanction.objects.update(until=timezone.now())
    assert a_sanction(comment, mina, level="pause").status == "in_force"


def test_only_editors_ban_and_lift_a_ban(comment, mina, edith):
    with pytest.raises(PermissionDenied):
        a_sanction(comment, mina, level="ban")
    assert not Ruling.objects.exists(), "a refused step leaves no ruling"
    ban = a_sanction(comment, edith, level="ban")
    with pytest.raises(PermissionDenied):
        ban.lift(by=mina)
    ban.lift(by=edith, reason="It was long ago.")
    assert ban.status == "lifted"


def test_lifting_is_told_and_lets_her_write(comment, rosa, mina, work):
    pause = a_sanction(comment, mina, level="pause")
    work()
    pause.lift(by=mina, reason="We spoke.")
    work()
    assert any("We spoke." in letter.body for letter in mail.outbox if letter.to == [rosa.email])
    assert a_comment(comment.discussion.article, rosa, "Thank you, then.").status == "published"
    with pytest.raises(IllegalMove):
        pause.lift(by=mina)


def test_nobody_sanctions_herself_her_own_readers_or_the_desk(article, comment, rosa, sami, mina, edith):
    own = a_comment(article, mina)
    with pytest.raises(Refused, match="You wrote this comment"):
        a_sanction(own, mina)
    with pytest.raises(Refused, match="People at the desk"):
        a_sanction(own, edith)
    sami.groups.set(mina.groups.all())
    sami.refresh_from_db()
    with pytest.raises(Refused, match="your own piece"):
        a_sanction(comment, sami)
    with pytest.raises(PermissionDenied):
        a_sanction(comment, rosa)


def test_strikes_suggest_the_next_step_and_a_reversal_takes_one_away(article, rosa, mina, edith):
    appeal = an_appeal(article, rosa, mina)
    a_removed(article, rosa, mina)
    assert Ruling.objects.strikes(rosa).count() == 2
    assert next_step(2) == Level.HOLD_COMMENTS
    appeal.reverse(by=edith, reason="It was about the argument.")
    assert Ruling.objects.strikes(rosa).count() == 1
    assert [next_step(strikes) for strikes in (0, 1, 3, 4, 9)] == ["warn", "warn", "pause", "ban", "ban"]


def test_a_reversal_gives_back_the_place_the_count_and_what_was_decided_about_the_writer(article, rosa, mina, edith):
    appeal = an_appeal(article, rosa, mina)
    a_published(article, a_person(), mina)
    pause = a_sanction(appeal.ruling.comment, mina, level="pause")
    appeal.reverse(by=edith, reason="It was about the argument.")
    pause.refresh_from_db()
    comment = appeal.ruling.comment
    comment.refresh_from_db()
    assert (comment.status, comment.number, pause.status) == ("published", 1, "reversed")
    assert Discussion.objects.get(article=article).published_count == 2
    assert not Ruling.objects.strikes(rosa).exists()


def test_a_sanction_itself_is_objected_to_without_an_account(comment, rosa, mina, edith, client):
    pause = a_sanction(comment, mina, level="pause")
    client.post(pause.ruling.path_for(rosa), {"words": "I asked a question, no more."})
    appeal = Appeal.objects.get()
    with pytest.raises(Refused, match="somebody else"):
        appeal.reverse(by=mina, reason="I was right.")
    appeal.reverse(by=edith, reason="She was asking.")
    pause.refresh_from_db()
    comment.refresh_from_db()
    assert (pause.status, comment.status) == ("reversed", "published")


def test_old_decisions_are_forgotten_as_strikes(article, rosa, mina):
    comment = a_removed(article, rosa, mina)
    Ruling.objects.filter(pk=comment.ruling_id).update(at=timezone.now() - timedelta(days=366))
    assert not Ruling.objects.strikes(rosa).exists()
