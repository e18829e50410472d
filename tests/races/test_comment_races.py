"""A discussion when two people press at once: one outcome, one number, and a count that is right."""

import uuid

import pytest

from accounts.models import Delivery
from accounts.postman import send_due
from comments.models import Appeal, Comment, Discussion, Report, ReportCase, Rule, Ruling, Trust
from tests.comments.making import a_comment, a_published, a_report, a_reported, a_rule, an_unread
from tests.makers import a_person
from tests.races.together import refused, together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def assert_consistent(article):
    """The count equals the rows, and no number is given twice or left out."""
    discussion = Discussion.objects.get(article=article)
    assert discussion.published_count == discussion.comments.counted().count()
    numbers = sorted(n for n in discussion.comments.values_list("number", flat=True) if n)
    assert numbers == list(range(1, discussion.next_number))


def test_twenty_reports_of_one_person_are_one(round, article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    reports = together(*[lambda: a_report(fresh(comment), by=sami)] * 20)
    assert Report.objects.count() == ReportCase.objects.count() == 1
    assert {report.receipt for report in reports} == {Report.objects.get().receipt}


def test_ten_people_report_into_one_case(round, article, rosa, mina):
    comment = a_published(article, rosa, mina)
    together(*[lambda n=n: a_report(fresh(comment), prefix=f"net {n}") for n in range(10)])
    assert (Report.objects.count(), ReportCase.objects.count()) == (10, 1)


def test_of_approving_and_removing_one_wins(round, article, rosa, mina, edith):
    comment = a_comment(article, rosa)
    seen = comment.turn
    outcomes = together(
        lambda: fresh(comment).approve(by=mina, seen=seen),
        lambda: fresh(comment).remove(by=edith, rule=a_rule(), reason="No.", seen=seen),
    )
    assert len(refused(outcomes)) == 1
    assert fresh(comment).status == ("published" if outcomes[0] is None else "removed")
    assert Ruling.objects.count() == (0 if outcomes[0] is None else 1)
    assert_consistent(article)


def test_of_keeping_and_removing_one_wins(round, article, rosa, mina, edith):
    comment = a_reported(article, rosa, mina)
    seen = comment.turn
    outcomes = together(
        lambda: fresh(comment).keep(by=mina, seen=seen),
        lambda: fresh(comment).remove(by=edith, rule=a_rule(), reason="No.", seen=seen),
    )
    assert len(refused(outcomes)) == 1
    case = ReportCase.objects.get()
    assert (fresh(comment).status, case.status) in [("published", "kept"), ("removed", "removed")]
    assert Ruling.objects.count() == 1
    assert_consistent(article)


def test_of_withdrawing_and_removing_one_wins(round, article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    outcomes = together(
        lambda: fresh(comment).withdraw(by=rosa),
        lambda: fresh(comment).remove(by=mina, rule=a_rule(), reason="No."),
    )
    assert len(refused(outcomes)) == 1
    assert ReportCase.objects.get().status == ("moot" if outcomes[0] is None else "removed")
    assert_consistent(article)


def test_of_removing_and_editing_the_ruling_is_about_the_words_that_were_seen(round, article, rosa, mina):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    seen = comment.turn
    outcomes = together(
        lambda: fresh(comment).remove(by=mina, rule=a_rule(), reason="No.", seen=seen),
        lambda: fresh(comment).edit("Treaties outlive nobody.", by=rosa, seen=seen),
    )
    assert len(refused(outcomes)) == 1
    assert (fresh(comment).status, fresh(comment).current.number) in [("removed", 1), ("published", 2)]
    assert [ruling.revision for ruling in Ruling.objects.all()] == [comment.current] * (outcomes[0] is None)
    assert_consistent(article)


def test_of_editing_and_reporting_one_wins_so_that_no_report_is_about_replaced_words(round, article, rosa, mina, sami):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    outcomes = together(
        lambda: fresh(comment).edit("Treaties outlive nobody.", by=rosa),
        lambda: a_report(comment, by=sami),
    )
    assert len(refused(outcomes)) == 1
    assert [report.revision for report in Report.objects.all()] == [fresh(comment).current] * (outcomes[0] is not None)
    assert ReportCase.objects.count() == Report.objects.count()


def test_what_three_readers_report_while_it_is_kept_is_hidden_or_kept(round, article, rosa, mina):
    comment, people = an_unread(article, rosa, mina), [a_person() for _ in range(3)]
    a_report(comment)
    seen = comment.turn
    reports = [lambda n=n, by=by: a_report(fresh(comment), by=by, prefix=f"net {n}") for n, by in enumerate(people)]
    *_, kept = together(*reports, lambda: fresh(comment).keep(by=mina, seen=seen))
    state = (fresh(comment).status, ReportCase.objects.get().status, [ruling.verb for ruling in Ruling.objects.all()])
    assert state == (("published", "kept", ["keep"]) if kept is None else ("hidden", "open", ["hide"]))
    assert_consistent(article)


def test_of_answering_and_removing_the_answer_comes_first_or_is_told(round, article, rosa, mina):
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa)
    said = {"text": "As I said.", "key": uuid.uuid4(), "answers": fresh(comment), "quote": (0, 8)}
    outcomes = together(
        lambda: article.discussion.post(by=rosa, **said),
        lambda: fresh(comment).remove(by=mina, rule=a_rule(), reason="No."),
    )
    removed, answers = comment.events.get(verb="remove"), comment.answered_by.all()
    assert len(answers) == 1 - len(refused(outcomes))
    assert [answer for answer in answers if answer.written_at > removed.at] == []
    assert_consistent(article)


@pytest.mark.parametrize("answers", [("reverse", "let_stand"), ("reverse", "reverse"), ("let_stand", "let_stand")])
def test_an_objection_is_decided_once(round, answers, article, rosa, sami, mina, edith, eno, work):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.remove(by=mina, rule=a_rule(), reason="No.")
    work()
    appeal = Appeal.submit(comment.ruling, by=rosa, words="It is about the argument.")
    decide = [
        lambda verb=verb, by=by: getattr(Appeal.objects.get(pk=appeal.pk), verb)(by=by, reason="We read it again.")
        for verb, by in zip(answers, (edith, eno), strict=True)
    ]
    outcomes = together(*decide)
    assert len(refused(outcomes)) == 1
    won = answers[outcomes.index(None)]
    state = (Appeal.objects.get().status, fresh(comment).status, ReportCase.objects.get().status)
    assert state == (("reversed", "published", "removed") if won == "reverse" else ("stands", "removed", "removed"))
    work()
    assert Delivery.objects.filter(key__startswith="comments.appealevent.").count() == 1
    assert Delivery.objects.filter(key__startswith="comments.commentevent.", to=rosa.email).count() == 2 + (
        won == "reverse"
    )
    assert_consistent(article)


def test_a_report_and_a_removal_leave_no_report_waiting(round, article, rosa, mina):
    comment = a_published(article, rosa, mina)
    together(
        lambda: a_report(fresh(comment)),
        lambda: fresh(comment).remove(by=mina, rule=a_rule(), reason="No."),
    )
    assert not ReportCase.objects.filter(status="open").exists()
    assert_consistent(article)


def test_a_double_press_posts_once(round, article, rosa, mina):
    Trust.give(rosa, by=mina)
    key = uuid.uuid4()
    posted = together(*[lambda: a_comment(article, rosa, key=key)] * 8)
    assert len({comment.pk for comment in posted}) == Comment.objects.count() == 1
    assert_consistent(article)


def test_many_posts_and_approvals_get_numbers_without_gaps(round, article, rosa, mina):
    Trust.give(rosa, by=mina)
    held = [a_comment(article, a_person()) for _ in range(4)]
    together(
        *[lambda: a_comment(article, rosa)] * 6,
        *[lambda comment=comment: fresh(comment).approve(by=mina) for comment in held],
    )
    assert Discussion.objects.get(article=article).published_count == 10
    assert_consistent(article)


def test_of_two_amendments_of_a_rule_one_is_the_next_version(round, maggie):
    rule = a_rule()
    outcomes = together(*[lambda n=n: rule.amend(by=maggie, text=f"Wording {n}.") for n in range(2)])
    amended = Rule.objects.filter(slug="attack", version__gt=1)
    versions = list(amended.values_list("version", flat=True))
    amended.delete()
    assert len(refused(outcomes)) == 1
    assert versions == [2]


def test_a_letter_leaves_while_its_decision_is_put_back(round, article, rosa, mina, edith):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="A slip.")
    together(send_due, lambda: fresh(comment).restore(by=edith))
    first, *others = Delivery.objects.about(comment).order_by("pk")
    became = [bool(first.sent_at), bool(first.dropped_at), len(others)]
    assert became in ([True, False, 1], [False, True, 0])
