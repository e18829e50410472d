"""Letters of decisions about comments wait, and what is put back before they leave is never told."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import clock
from accounts.models import Delivery
from accounts.postman import send_due
from comments.models import Appeal, Comment, ReportCase
from comments.workflow import APPEAL, COMMENT, REPORT_CASE, SANCTION
from forum.lib.moves import CLOCK, SCREEN, Guest
from tests.comments.making import (
    a_comment,
    a_published,
    a_removed,
    a_report,
    a_reported,
    a_reworded,
    a_rule,
    a_sanction,
    an_unread,
)
from tests.makers import a_person

QUEUE = "/admin/comments/"
WAIT = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def letters_wait(settings):
    settings.LETTERS_WAIT = WAIT


@pytest.fixture
def reader(db):
    return a_person()


@pytest.fixture
def has_heard(work):
    """Return what somebody has been told by now, by subject."""

    def go(person):
        work()
        clock.due()
        return [letter.subject for letter in mail.outbox if letter.to == [person.email]]

    return go


@pytest.fixture
def hears(work, has_heard):
    """Return the same once everything that waits has left."""

    def go(person):
        work()
        Delivery.objects.waiting().update(due_at=timezone.now())
        return has_heard(person)

    return go


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def put_back(comment, by, **said):
    comment = again(comment)
    comment.restore(by=by, **said)
    return comment


def test_which_letters_wait():
    waiting = {
        machine.name: {verb for verb, move in machine.moves.items() if move.waits}
        for machine in (COMMENT, REPORT_CASE, APPEAL, SANCTION)
    }
    assert waiting == {
        "Comment": {"hide", "ask_to_reword", "remove", "mark_spam", "restore", "restore_to_wait"},
        "ReportCase": {"remove", "keep"},
        "Appeal": set(),
        "Sanction": {"warn", "hold_comments", "pause", "ban"},
    }


@pytest.mark.parametrize("verb", ["hide", "ask_to_reword", "remove", "mark_spam"])
def test_a_decision_is_told_after_ten_minutes_and_not_before(verb, article, rosa, mina, has_heard, hears):
    comment = an_unread(article, rosa, mina)
    getattr(comment, verb)(by=mina, rule=a_rule(), reason="It is about the person.")
    assert has_heard(rosa) == []
    letter = Delivery.objects.about(comment).get()
    assert abs(letter.due_at - timezone.now() - WAIT) < timedelta(seconds=30)
    assert letter not in Delivery.objects.due()
    assert letter not in Delivery.objects.failed()
    assert len(hears(rosa)) == 1
    assert comment.ruling.statement in mail.outbox[-1].body


@pytest.mark.parametrize("verb", ["hide", "ask_to_reword", "remove", "mark_spam"])
def test_what_is_put_back_before_is_never_told(verb, article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    getattr(comment, verb)(by=mina, rule=a_rule(), reason="A slip.")
    assert put_back(comment, edith).status == "published"
    assert hears(rosa) == []


def test_what_was_told_is_told_to_be_put_back(article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert hears(rosa) == ["Your comment was removed"]
    put_back(comment, edith, reason="We were quick.")
    assert hears(rosa) == ["Your comment was removed", "Your comment is back"]
    assert "We were quick." in mail.outbox[-1].body


def test_a_letter_that_somebody_has_begun_to_send_is_followed_by_another(article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    Delivery.objects.about(comment).update(due_at=timezone.now())
    letter = Delivery.objects.about(comment).get()
    assert letter.claim()
    put_back(comment, edith)
    letter.message().send()
    letter.sent()
    assert hears(rosa) == ["Your comment was removed", "Your comment is back"]


def test_a_letter_due_but_not_begun_is_dropped(article, rosa, mina, edith, has_heard):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    Delivery.objects.about(comment).update(due_at=timezone.now() - timedelta(hours=3))  # the worker was down
    letter = Delivery.objects.about(comment).get()
    put_back(comment, edith)
    send_due()
    letter.refresh_from_db()
    assert has_heard(rosa) == []
    assert (letter.tries, letter.outcome) == (0, "Dropped unsent")


def test_a_letter_that_failed_is_not_sent_again_once_its_decision_is_put_back(article, rosa, mina, edith, hears, work):
    comment = a_published(article, rosa, mina)
    a_report(comment)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    work()
    letter = Delivery.objects.about(comment).get()
    letter.claim()
    letter.failed("550 no such user")
    Delivery.objects.waiting().update(due_at=timezone.now())  # the reporter hears that it was removed
    send_due()
    put_back(comment, edith)
    Delivery.objects.send_again()
    letter.refresh_from_db()
    assert "Your comment was removed" not in hears(rosa)
    assert (letter.outcome, letter.error) == ("Dropped unsent", "550 no such user")
    assert ReportCase.objects.get().status == "removed"


def test_while_the_mail_server_is_dead_no_letter_overtakes_the_one_before(article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    Delivery.objects.about(comment).update(due_at=timezone.now())
    removed = Delivery.objects.about(comment).get()
    removed.claim()
    removed.put_off("no route to host")
    put_back(comment, edith)
    assert hears(rosa) == []
    Delivery.objects.send_again()
    assert hears(rosa) == ["Your comment was removed", "Your comment is back"]


def test_of_two_decisions_only_the_last_is_told(article, rosa, mina, hears):
    comment = an_unread(article, rosa, mina)
    comment.hide(by=mina, rule=a_rule(), reason="We look.")
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert hears(rosa) == ["Your comment was removed"]


def test_who_last_heard_that_it_is_gone_hears_that_it_is_back_whatever_came_between(article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert len(hears(rosa)) == 1
    put_back(comment, edith)
    again(comment).remove(by=edith, rule=a_rule(), reason="A slip of the thumb.")
    put_back(comment, edith)
    assert hears(rosa) == ["Your comment was removed", "Your comment is back"]


def test_who_heard_that_it_is_back_hears_of_nothing_more(article, rosa, mina, edith, hears):
    comment = an_unread(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    hears(rosa)
    put_back(comment, edith)
    told = hears(rosa)
    again(comment).mark_spam(by=edith, rule=a_rule("spam"))
    put_back(comment, edith)
    assert hears(rosa) == told == ["Your comment was removed", "Your comment is back"]


def test_whoever_rewords_in_time_is_not_asked_to(article, rosa, mina, hears):
    comment = an_unread(article, rosa, mina)
    comment.ask_to_reword(by=mina, rule=a_rule(), reason="Leave out the last sentence.")
    again(comment).reword("Treaties outlive people.", by=rosa)
    assert hears(rosa) == []


def test_approving_is_told_at_once(article, rosa, mina, has_heard):
    a_comment(article, rosa).approve(by=mina)
    assert has_heard(rosa) == ["Your comment is published"]


@pytest.mark.parametrize("verb", ["ask_to_reword", "remove", "mark_spam"])
def test_what_nobody_has_approved_goes_back_to_wait(verb, article, rosa, mina, edith, client, hears):
    comment = a_comment(article, rosa, "Cheap watches.")
    getattr(comment, verb)(by=mina, rule=a_rule("spam"), reason="A slip.")
    comment = put_back(comment, edith)
    assert (comment.status, comment.number, comment.hidden_until) == ("pending", None, None)
    assert list(Comment.objects.on_desk(mina).held()) == [comment]
    assert "Cheap watches." not in client.get(article.get_absolute_url()).text
    assert hears(rosa) == []
    comment.approve(by=mina)
    assert hears(rosa) == ["Your comment is published"]
    assert again(comment).number == 1


def test_who_heard_of_the_removal_of_what_nobody_approved_hears_that_it_waits(article, rosa, mina, edith, hears):
    comment = a_comment(article, rosa, "Cheap watches.")
    comment.mark_spam(by=mina, rule=a_rule("spam"))
    hears(rosa)
    put_back(comment, edith, reason="It is about the piece.")
    assert hears(rosa) == ["Your comment was removed as spam", "Your comment waits to be read again"]
    assert "shown" not in mail.outbox[-1].body
    assert "It is about the piece." in mail.outbox[-1].body


def test_new_words_that_nobody_has_approved_go_back_to_wait_in_their_old_place(article, rosa, mina, client):
    comment = a_reworded(article, rosa, mina, "Cheap watches.")
    comment.mark_spam(by=mina, rule=a_rule("spam"))
    comment = put_back(comment, mina)
    assert (comment.status, comment.number) == ("pending", 1)
    assert "Cheap watches." not in client.get(article.get_absolute_url()).text


def test_what_was_approved_once_comes_back_to_its_place(article, rosa, mina, edith):
    comment = a_published(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    comment = put_back(comment, edith)
    assert (comment.status, comment.number) == ("published", 1)


def test_an_objection_to_the_removal_of_what_nobody_approved_lets_it_wait_again(article, rosa, mina, edith, hears):
    comment = a_comment(article, rosa, "Cheap watches.")
    comment.mark_spam(by=mina, rule=a_rule("spam"))
    hears(rosa)
    Appeal.submit(comment.ruling, by=rosa, words="They are dear.").reverse(by=edith, reason="So they are.")
    assert again(comment).status == "pending"
    assert hears(rosa)[1:] == ["Decision reversed", "Your comment waits to be read again"]
    assert "The comment waits again to be read" in next(m.body for m in mail.outbox if m.subject == "Decision reversed")


def test_a_slip_is_no_strike(article, rosa, mina, edith):
    comment = a_comment(article, rosa)
    comment.mark_spam(by=mina, rule=a_rule("spam"))
    strikes = type(comment.ruling).objects.strikes(rosa)
    assert strikes.count() == 1
    put_back(comment, edith)
    assert strikes.count() == 0


def test_what_readers_reported_waits_again_when_the_decision_is_put_back(article, rosa, mina, edith, reader, hears):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=reader)
    a_report(comment, by=Guest("ines@example.org"), prefix="other")
    comment.mark_spam(by=mina, rule=a_rule("spam"))
    put_back(comment, mina)
    case = ReportCase.objects.get()
    assert (case.status, again(comment).open_case) == ("open", case)
    assert hears(reader) == []
    again(comment).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert hears(reader) == ["Your report: comment removed"]
    assert [letter.subject for letter in mail.outbox if letter.to == ["ines@example.org"]] == [
        "Your report: comment removed"
    ]


def test_reports_without_an_address_wait_again_too(article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="A slip.")
    put_back(comment, mina)
    assert ReportCase.objects.get().status == "open"


def test_who_keeps_and_then_removes_is_heard_once(article, rosa, mina, reader, hears):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=reader)
    comment.keep(by=mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert ReportCase.objects.get().status == "removed"
    assert hears(reader) == ["Your report: comment removed"]


def test_who_was_told_keeps_what_was_told(article, rosa, mina, edith, reader, hears):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=reader)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert hears(reader) == ["Your report: comment removed"]
    put_back(comment, edith)
    case = ReportCase.objects.get()
    assert (case.status, case.outcome) == ("removed", "Comment shown again")


def test_a_report_that_came_meanwhile_stands_alone(article, rosa, mina, reader, edith, hears):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=reader)
    comment.keep(by=mina)
    a_report(comment, by=edith, reason="spam")
    again(comment).remove(by=mina, rule=a_rule(), reason="It is about the person.")
    assert [case.status for case in ReportCase.objects.order_by("pk")] == ["kept", "removed"]


def test_a_machine_s_hiding_that_somebody_ends_in_time_is_never_told(article, rosa, mina, hears):
    comment = an_unread(article, rosa, mina)
    comment.hide(by=SCREEN, rule=a_rule())
    put_back(comment, mina)
    assert hears(rosa) == []


def test_what_was_hidden_and_told_is_told_to_be_back_when_its_time_is_over(article, rosa, mina, hears):
    comment = an_unread(article, rosa, mina)
    comment.hide(by=SCREEN, rule=a_rule())
    hears(rosa)
    Comment.objects.filter(pk=comment.pk).update(hidden_until=timezone.now())
    put_back(comment, CLOCK)
    assert hears(rosa) == ["Your comment is hidden for a while", "Your comment is back"]


def test_a_sanction_lifted_in_time_is_never_told(article, rosa, mina, hears):
    sanction = a_sanction(an_unread(article, rosa, mina), mina)
    sanction.lift(by=mina, reason="A slip.")
    assert hears(rosa) == []


def test_a_sanction_lifted_later_is_told_to_be_lifted(article, rosa, mina, hears):
    sanction = a_sanction(an_unread(article, rosa, mina), mina)
    hears(rosa)
    sanction.lift(by=mina, reason="We were quick.")
    assert hears(rosa) == ["Warning", "Lifted: Warning"]


def test_a_refused_decision_drops_no_letter(article, rosa, mina, edith, hears):
    comment = a_removed(article, rosa, mina)
    waiting = again(comment)
    put_back(comment, edith)
    again(comment).remove(by=edith, rule=a_rule(), reason="Once more.")
    with pytest.raises(Exception, match="restore"):
        waiting.restore(by=edith, seen=waiting.turn)
    assert hears(rosa)[-1] == "Your comment was removed"


def test_the_names_of_waiting_letters_lead_nobody_to_the_comment(article, rosa, mina, sami):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    letter = Delivery.objects.get(to=sami.email, key__startswith="comments.report:")
    assert re.fullmatch(r"[0-9a-f]{32}", letter.group)
    assert letter.group != Delivery.objects.about(comment).get().group


# --- at the desk


@pytest.fixture
def desk(signed_in, mina):
    return signed_in(mina)


def decide(desk, comment, verb, **said):
    said = {"seen": again(comment).turn, "quote": "", "rule": "", "reason": ""} | said
    return desk.post(f"{QUEUE}{comment.pk}/{verb}/", said)


def test_a_moderator_taps_spam_and_puts_it_back_from_the_list(article, rosa, mina, desk, hears):
    comment = a_comment(article, rosa)
    told = "the writer is written to in 10 minutes; put it back before then and no letter leaves."
    assert f"If you hide or remove it, {told}" in desk.get(f"{QUEUE}{comment.pk}/").text
    decide(desk, comment, "mark_spam")
    page = desk.get(QUEUE).text
    assert f"removed as spam. T{told[1:]}" in page
    tick = re.search(r'name="ticked" value="([\d.]+)">Put back', page)[1]
    assert "The letter about the last decision leaves at" in desk.get(f"{QUEUE}{comment.pk}/").text
    desk.post(f"{QUEUE}together/restore/", {"ticked": tick})
    assert again(comment).status == "pending"
    assert "Decided just now" not in desk.get(QUEUE).text
    assert hears(rosa) == []


def test_what_was_decided_together_is_put_back_together(article, mina, edith, desk, signed_in):
    comments = [a_comment(article, a_person()) for _ in range(3)]
    ticks = [f"{comment.pk}.{comment.turn}" for comment in comments]
    desk.post(f"{QUEUE}together/mark_spam/", {"ticked": ticks})
    assert "Decided just now" not in signed_in(edith).get(QUEUE).text
    page = signed_in(mina).get(QUEUE).text
    assert "Put all 3 back" in page
    all_three = re.findall(r'type="hidden" name="ticked" value="([\d.]+)"', page)
    desk.post(f"{QUEUE}together/restore/", {"ticked": all_three})
    assert [again(comment).status for comment in comments] == ["pending"] * 3
    assert not Delivery.objects.waiting().filter(key__startswith="comments.").exists()


def test_once_a_letter_has_left_the_list_offers_it_no_more(article, rosa, mina, desk, hears):
    comment = a_comment(article, rosa)
    decide(desk, comment, "mark_spam")
    hears(rosa)
    assert "Decided just now" not in desk.get(QUEUE).text
    assert "leaves at" not in desk.get(f"{QUEUE}{comment.pk}/").text
    decide(desk, comment, "restore")
    assert "put back to wait to be read" in desk.get(QUEUE).text


def test_without_a_wait_the_page_says_at_once(settings, article, rosa, desk):
    settings.LETTERS_WAIT = timedelta()
    assert "the writer is written to at once." in desk.get(f"{QUEUE}{a_comment(article, rosa).pk}/").text


def test_spam_and_remove_stand_apart(article, rosa, desk):
    page = desk.get(f"{QUEUE}{a_comment(article, rosa).pk}/").text
    verbs = re.findall(r'data-verb="(\w+)"', page)
    assert verbs == ["approve", "approve_and_trust", "ask_to_reword", "mark_spam", "remove"]


def test_the_list_of_mails_says_what_became_of_each(article, rosa, mina, ada, signed_in, hears):
    waiting, dropped = an_unread(article, rosa, mina), an_unread(article, rosa, mina)
    for comment in (waiting, dropped):
        comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    put_back(dropped, mina)
    outcomes = [Delivery.objects.about(comment).get().outcome for comment in (waiting, dropped)]
    assert outcomes[1] == "Dropped unsent"
    assert outcomes[0].startswith("Leaves ")
    hears(rosa)
    assert Delivery.objects.about(waiting).get().outcome.startswith("Sent ")


def test_whoever_objects_has_heard_and_the_answer_to_her_decides_about_the_report_too(article, rosa, sami, mina, edith):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.remove(by=mina, rule=a_rule(), reason="No.")
    appeal = Appeal.submit(comment.ruling, by=rosa, words="It is about the argument.")
    appeal.reverse(by=edith, reason="We read it again.")
    assert (Comment.objects.get().status, ReportCase.objects.get().status) == ("published", "removed")
