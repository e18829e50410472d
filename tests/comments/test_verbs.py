"""What each verb does beside moving."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments import clock
from comments.models import Appeal, Comment, Discussion, Report, Ruling
from forum.lib.moves import CLOCK, Guest, IllegalMove, Refused
from tests.comments.making import (
    COMMENTS_IN,
    a_comment,
    a_hidden,
    a_published,
    a_removed,
    a_report,
    a_reported,
    a_rewording,
    a_rule,
    a_withdrawn,
)
from tests.makers import a_person


def count(article):
    return Discussion.objects.get(article=article).published_count


def let_time_pass(comment, **ago):
    Comment.objects.filter(pk=comment.pk).update(hidden_until=timezone.now() - timedelta(**ago))
    comment.refresh_from_db()


def test_a_discussion_opens_with_its_piece(article):
    assert article.discussion.is_open


def test_a_newcomers_comment_waits_and_has_no_number(article, rosa):
    comment = a_comment(article, rosa)
    assert (comment.status, comment.number, count(article)) == ("pending", None, 0)


def test_numbers_are_given_in_the_order_of_appearing(article, rosa, mina):
    first, second = a_comment(article, rosa), a_comment(article, a_person())
    second.approve(by=mina)
    first.approve(by=mina)
    assert (second.number, first.number, count(article)) == (1, 2, 2)


def test_three_comments_that_stand_from_two_days_earn_the_next_ones_their_place_at_once(article, rosa, mina):
    for _ in range(3):
        assert a_comment(article, rosa).status == "pending"
        Comment.objects.held()[0].approve(by=mina)
    assert a_comment(article, rosa, "A fourth on the same day.").status == "pending"
    first = Comment.objects.filter(number=1)
    first.update(published_at=timezone.now() - timedelta(days=1))
    assert a_comment(article, rosa).status == "published"


def test_one_press_trusts_a_person(article, rosa, mina):
    a_comment(article, rosa).approve_and_trust(by=mina)
    rosa.refresh_from_db()
    assert rosa.trust.by == mina
    assert a_comment(article, rosa).status == "published"


def test_the_same_key_posts_once(article, rosa):
    key = uuid.uuid4()
    assert a_comment(article, rosa, key=key) == a_comment(article, rosa, key=key)
    assert Comment.objects.count() == 1


def test_a_closed_discussion_takes_no_comment(article, rosa):
    Discussion.objects.filter(article=article).update(closes_at=timezone.now())
    with pytest.raises(Refused, match="closed"):
        a_comment(article, rosa)


def test_a_piece_that_was_removed_takes_no_comment(article, rosa, maggie):
    article.remove(by=maggie, notice="At the request of a court.")
    with pytest.raises(Refused, match="closed"):
        a_comment(article, rosa)


@pytest.mark.parametrize("state", COMMENTS_IN)
def test_the_count_is_that_of_the_rows(state, article, rosa, mina):
    a_published(article, a_person(), mina)
    COMMENTS_IN[state](article, rosa, mina)
    assert count(article) == Comment.objects.counted().count()
    assert count(article) == (2 if state in ("published", "reported", "hidden") else 1)


def test_a_number_is_kept_through_removal_and_return(article, rosa, mina):
    comment = a_removed(article, rosa, mina)
    a_published(article, a_person(), mina)
    comment.restore(by=mina)
    assert (comment.number, count(article)) == (1, 2)


def test_a_comment_removed_before_it_appeared_gets_its_number_when_it_does(article, rosa, mina):
    comment = a_comment(article, rosa)
    comment.remove(by=mina, rule=a_rule(), reason="No.")
    a_published(article, a_person(), mina)
    comment.restore(by=mina)
    assert comment.number is None
    comment.approve(by=mina)
    assert comment.number == 2


def test_what_is_hidden_for_a_while_comes_back_without_a_clock(article, rosa, mina):
    comment = a_hidden(article, rosa, mina)
    assert comment not in Comment.objects.shown()
    let_time_pass(comment, seconds=1)
    assert comment in Comment.objects.shown()
    assert comment.is_shown


def test_the_clock_writes_down_that_a_comment_is_back(article, rosa, mina):
    comment = a_hidden(article, rosa, mina)
    clock.due()
    comment.refresh_from_db()
    assert comment.status == "hidden"
    let_time_pass(comment, seconds=1)
    clock.due()
    clock.due()
    comment.refresh_from_db()
    assert (comment.status, comment.events.filter(verb="restore", actor_kind="clock").count()) == (
        "published",
        1,
    )


def test_the_clock_cannot_bring_back_what_was_removed(article, rosa, mina):
    with pytest.raises(Exception, match="not yours"):
        a_removed(article, rosa, mina).restore(by=CLOCK)


def test_a_reworded_comment_keeps_its_place_and_waits(article, rosa, mina):
    comment = a_rewording(article, rosa, mina)
    a_published(article, a_person(), mina)
    comment.reword("The same, said kindly.", by=rosa)
    assert (comment.status, comment.number, comment.current.number) == ("pending", 1, 2)
    comment.approve(by=mina)
    assert (comment.status, comment.number) == ("published", 1)
    assert comment.revisions.first().text.startswith("Treaties")


def test_a_revision_a_report_and_a_ruling_are_never_changed(article, rosa, mina):
    comment = a_removed(article, rosa, mina)
    for row in (comment.current, comment.ruling, a_rule()):
        with pytest.raises(TypeError):
            row.save()


def test_every_restriction_leaves_a_ruling_with_its_statement(article, rosa, mina):
    comment = a_removed(article, rosa, mina)
    ruling = Ruling.objects.get()
    assert (ruling.revision, ruling.by, ruling.automatic) == (comment.current, mina, False)
    for part in ["personal attack", "It is about the person.", comment.current.text, "you can object once"]:
        assert part in ruling.statement


def test_the_database_wants_a_rule_for_every_restriction(article, rosa, mina):
    comment = a_published(article, rosa, mina)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(
            comment=comment, revision=comment.current, verb="remove", by=mina, statement="Because."
        )


def test_removing_a_reported_comment_answers_the_report(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    case = comment.cases.get()
    assert (case.status, comment.ruling.case) == ("removed", case)


def test_withdrawing_a_reported_comment_leaves_nothing_to_decide(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.withdraw(by=rosa)
    assert comment.cases.get().status == "moot"


def test_hiding_a_reported_comment_leaves_the_report_open_and_putting_it_back_answers_it(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.hide(by=mina, rule=a_rule(), reason="We are asking around.")
    assert comment.open_case
    comment.restore(by=mina)
    assert comment.cases.get().status == "kept"


def test_what_was_kept_is_immune_to_the_same_complaint(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.keep(by=mina, reason="It is about the argument.")
    with pytest.raises(Refused, match="it stays"):
        a_report(comment, prefix="another")
    a_report(comment, prefix="another", reason="threat")
    assert comment.open_case.reason == "threat"


def test_the_same_complaint_is_refused_while_another_is_open_too(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.keep(by=mina)
    a_report(comment, prefix="second", reason="threat")
    with pytest.raises(Refused, match="it stays"):
        a_report(comment, prefix="third")


def test_a_new_wording_can_be_reported_again(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.keep(by=mina)
    comment.ask_to_reword(by=mina, rule=a_rule(), reason="Please.")
    comment.reword("Other words, just as bad.", by=rosa)
    comment.approve(by=mina)
    assert a_report(comment).revision.number == 2


@pytest.mark.parametrize(
    "again",
    [Guest(), Guest("ines@example.org"), None],
    ids=["same network", "same address", "same account"],
)
def test_the_same_person_makes_one_report(again, article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    by = again or sami
    assert a_report(comment, by=by) == a_report(comment, by=by, reason="spam")
    assert Report.objects.count() == 1


def test_several_people_report_into_one_case(article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    reports = [a_report(comment), a_report(comment, prefix="other"), a_report(comment, by=sami)]
    assert {report.case for report in reports} == {comment.open_case}
    assert len({report.receipt for report in reports}) == 3


def test_no_event_says_who_reported(article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    event = comment.cases.get().events.get()
    assert (event.verb, event.actor, event.guest) == ("open", None, "")


def test_what_is_not_shown_cannot_be_reported(article, rosa, mina):
    with pytest.raises(Refused, match="nothing to report"):
        a_report(a_removed(article, rosa, mina))


def test_a_second_moderator_who_saw_an_earlier_state_is_told(article, rosa, mina, edith):
    comment = a_reported(article, rosa, mina)
    seen, stale = comment.turn, Comment.objects.get(pk=comment.pk)
    comment.keep(by=mina, seen=seen)
    with pytest.raises(IllegalMove):
        stale.remove(by=edith, rule=a_rule(), reason="No.", seen=seen)
    assert Comment.objects.get(pk=comment.pk).status == "published"


def test_nobody_decides_about_their_own_comment(article, mina, edith, rosa):
    own = a_comment(article, mina)
    with pytest.raises(Refused, match="You wrote this comment"):
        own.remove(by=mina, rule=a_rule(), reason="Oops.")
    own.remove(by=edith, rule=a_rule(), reason="Well.")


def test_nobody_decides_under_their_own_piece_superuser_included(article, rosa, sami, mina):
    comment = a_comment(article, rosa)
    sami.is_superuser = True
    sami.save(update_fields=["is_superuser"])
    sami.groups.set(mina.groups.all())
    sami.refresh_from_db()
    with pytest.raises(Refused, match="your own piece"):
        comment.approve(by=sami)


def test_a_reversed_removal_restores_the_place(article, rosa, mina, edith):
    comment = a_removed(article, rosa, mina)
    appeal = Appeal.submit(comment.ruling, by=rosa, words="It is about the argument.")
    appeal.reverse(by=edith, reason="It is.")
    comment.refresh_from_db()
    assert (appeal.status, comment.status, comment.number, count(article)) == ("reversed", "published", 1, 1)


def test_a_reversed_keeping_removes_the_comment(article, rosa, sami, mina, edith):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.keep(by=mina)
    appeal = Appeal.submit(comment.rulings.get(), by=sami, words="Please read it again.")
    appeal.reverse(by=edith, reason="We overlooked a line.", rule=a_rule())
    comment.refresh_from_db()
    assert comment.status == "removed"


def test_an_objection_is_made_once_and_by_those_concerned(article, rosa, sami, mina):
    ruling = a_removed(article, rosa, mina).ruling
    with pytest.raises(Exception, match="not yours"):
        Appeal.submit(ruling, by=sami, words="I object too.")
    Appeal.submit(ruling, by=rosa, words="I object.")
    with pytest.raises(Refused, match="already"):
        Appeal.submit(ruling, by=rosa, words="I object again.")


def test_a_reversal_after_withdrawal_changes_nothing_in_the_discussion(article, rosa, mina, edith):
    comment = a_hidden(article, rosa, mina)
    appeal = Appeal.submit(comment.ruling, by=rosa, words="Why?")
    comment.withdraw(by=rosa)
    appeal.reverse(by=edith, reason="There was no need.")
    comment.refresh_from_db()
    assert comment.status == "withdrawn"


def test_recent_discussions_are_those_with_the_newest_comments(article, rosa, mina):
    assert not Discussion.objects.recently_discussed()
    a_withdrawn(article, rosa, mina)
    assert not Discussion.objects.recently_discussed()
    a_published(article, rosa, mina)
    assert [(row.title, row.published_count) for row in Discussion.objects.recently_discussed()] == [(article.title, 1)]
