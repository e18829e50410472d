"""What would be unfair to a writer, a reporter or a moderator, and does not happen."""

import uuid

import pytest
from django.core import mail

from comments.models import Appeal, Comment, MailChoice, Mute, Notice, Report, ReportCase, Ruling, Trust
from forum.lib.moves import Guest, Refused
from tests.comments.making import (
    WORDS,
    a_comment,
    a_published,
    a_removed,
    a_report,
    a_reported,
    a_rewording,
    a_rule,
    an_appeal,
)
from tests.makers import a_person

SLUR = "Something that should never have been said."


@pytest.fixture
def edited(article, rosa, mina):
    """A comment by Rosa, who is trusted and took back what she had said at first."""
    Trust.give(rosa, by=mina)
    comment = a_comment(article, rosa, SLUR)
    comment.edit(WORDS, by=rosa)
    return comment


def changes(comment):
    return f"/comments/{comment.pk}/changes/"


def test_what_stood_before_words_that_were_decided_against_goes_with_them(edited, rosa, mina, client):
    assert "never" in client.get(changes(edited)).text
    edited.ask_to_reword(by=mina, rule=a_rule(), reason="Please.")
    edited.reword("Treaties outlive us all.", by=rosa)
    edited.approve(by=mina)
    page = client.get(changes(edited)).text
    assert "Treaties outlive us all." in page
    for word in ("never", "the people who sign them"):
        assert word not in page


def test_a_moderator_takes_what_stood_before_out_of_sight_and_the_comment_stays(
    edited, article, rosa, mina, signed_in, client, work
):
    desk = signed_in(mina)
    assert SLUR in desk.get(f"/admin/comments/{edited.pk}/").text
    desk.post(f"/admin/comments/wordings/{edited.pk}/", {"seen": edited.turn})
    late = desk.post(f"/admin/comments/wordings/{edited.pk}/", {"seen": edited.turn})
    assert late.status_code == 409
    client.logout()
    assert "never" not in client.get(changes(edited)).text
    assert WORDS in client.get(article.get_absolute_url()).text
    work()
    assert any("do not show any more" in letter.body for letter in mail.outbox if letter.to == [rosa.email])


def test_two_strangers_in_one_house_get_a_receipt_each(article, rosa, mina):
    comment = a_published(article, rosa, mina)
    said = {"revision": comment.current, "prefix": "one house"}
    first = Report.file(comment, by=Guest(), reason="off_topic", key="a", **said)
    second = Report.file(comment, by=Guest(), reason="threat", key="b", **said)
    again = Report.file(comment, by=Guest(), reason="threat", key="b", **said)
    assert first.receipt != second.receipt == again.receipt
    assert ReportCase.objects.get().reason == "threat"


def test_who_reports_again_for_something_worse_is_heard(article, rosa, sami, mina):
    comment = a_published(article, rosa, mina)
    first, second = a_report(comment, by=sami, reason="spam"), a_report(comment, by=sami, reason="threat")
    assert first == second
    assert ReportCase.objects.get().reason == "threat"


@pytest.mark.parametrize("again", ["remove", "mark_spam", "ask_to_reword", "hide"])
def test_whose_decision_was_reversed_does_not_take_it_again(again, article, rosa, mina, edith, maggie):
    appeal = an_appeal(article, rosa, mina)
    appeal.reverse(by=edith, reason="It is about the argument.")
    comment = Comment.objects.get(pk=appeal.ruling.comment_id)
    with pytest.raises(Refused, match="was reversed on an objection"):
        getattr(comment, again)(by=mina, rule=a_rule(), reason="Still.")
    getattr(comment, again)(by=maggie, rule=a_rule("privacy"), reason="It names a street.")


def test_a_kept_comment_removed_on_objection_is_not_put_back_by_who_kept_it(article, rosa, sami, mina, edith):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.keep(by=mina)
    Appeal.submit(comment.rulings.get(), by=sami, words="Please read it again.").reverse(
        by=edith, reason="We overlooked a line.", rule=a_rule()
    )
    comment.refresh_from_db()
    with pytest.raises(Refused, match="was reversed on an objection"):
        comment.restore(by=mina)


def test_who_had_decided_about_the_words_does_not_judge_what_undid_it(article, rosa, sami, mina, edith, maggie):
    comment = a_published(article, rosa, mina)
    a_report(comment, by=sami)
    comment.keep(by=mina)
    first = Appeal.submit(comment.rulings.get(), by=sami, words="Please read it again.")
    first.reverse(by=edith, reason="We overlooked a line.", rule=a_rule())
    comment.refresh_from_db()
    second = Appeal.submit(comment.ruling, by=rosa, words="There was no line.")
    for person in (mina, edith):
        assert second not in Appeal.objects.waiting_for(person)
        with pytest.raises(Refused, match="somebody else looks"):
            second.let_stand(by=person, reason="No.")
    assert list(Appeal.objects.waiting_for(maggie)) == [second]
    assert list(second.deciders()) == [maggie]


def test_a_complaint_that_an_objection_answered_is_not_taken_up_again(article, rosa, mina, edith):
    comment = a_reported(article, rosa, mina)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    Appeal.submit(comment.ruling, by=rosa, words="It is not.").reverse(by=edith, reason="It is not.")
    comment.refresh_from_db()
    with pytest.raises(Refused, match="it stays"):
        a_report(comment, prefix="another")


def test_what_a_moderator_put_back_herself_is_no_strike(article, rosa, mina):
    comment = a_removed(article, rosa, mina)
    comment.restore(by=mina, reason="My mistake.")
    assert not Ruling.objects.strikes(rosa).exists()


def test_a_strike_can_be_objected_to_as_long_as_it_counts(article, rosa, mina, edith, client):
    comment = a_rewording(article, rosa, mina)
    ruling = comment.ruling
    comment.reword("The same, said kindly.", by=rosa)
    comment.approve(by=mina)
    assert Ruling.objects.strikes(rosa).count() == 1
    client.post(ruling.path_for(rosa), {"words": "There was nothing to reword."})
    Appeal.objects.get().reverse(by=edith, reason="There was not.")
    comment.refresh_from_db()
    assert (comment.status, comment.current.text) == ("published", "The same, said kindly.")
    assert not Ruling.objects.strikes(rosa).exists()


def test_reporters_hear_that_the_decision_was_reversed(article, rosa, sami, mina, edith, client, work):
    comment = a_published(article, rosa, mina)
    report = a_report(comment, by=sami)
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    work()
    Appeal.submit(comment.ruling, by=rosa, words="It is not.").reverse(by=edith, reason="It is not.")
    work()
    told = [letter.subject for letter in mail.outbox if letter.to == [sami.email] and "report" in letter.subject]
    assert told == ["Your report: comment removed", "Your report: decision reversed"]
    assert "Comment shown again" in client.get(report.get_absolute_url()).text


def test_another_text_from_the_same_page_is_not_lost(article, rosa, signed_in):
    browser, key = signed_in(rosa), str(uuid.uuid4())
    there = f"{article.get_absolute_url()}comments/post/"
    browser.post(there, {"text": WORDS, "key": key})
    answer = browser.post(there, {"text": "Another text, after going back.", "key": key})
    assert answer.status_code == 409
    assert "Another text, after going back." in answer.text
    assert Comment.objects.count() == 1


def test_an_answer_whose_comment_goes_meanwhile_is_shown_before_it_is_posted(article, rosa, mina, signed_in):
    comment, writer = a_published(article, rosa, mina), a_person()
    said = {"text": "I answer to this.", "answers": "1"}
    browser = signed_in(writer)
    browser.post(f"{article.get_absolute_url()}comments/", said)
    comment.withdraw(by=rosa)
    page = browser.post(f"{article.get_absolute_url()}comments/post/", said)
    assert "is not shown any more" in page.text
    assert "I answer to this." in page.text
    browser.post(f"{article.get_absolute_url()}comments/post/", {"text": said["text"]})
    assert Comment.objects.filter(author=writer).count() == 1


def test_words_are_hidden_for_a_while_once(article, rosa, mina, edith):
    comment = a_published(article, rosa, mina)
    comment.hide(by=mina, rule=a_rule(), reason="We ask around.")
    comment.restore(by=mina)
    with pytest.raises(Refused, match="Decide about them now"):
        comment.hide(by=edith, rule=a_rule(), reason="Again.")


def test_who_muted_unfollowed_or_wants_nothing_hears_nothing_later(article, rosa, sami, mina, maggie, work):
    comment = a_published(article, rosa, mina)
    Trust.give(sami, by=mina)

    def answered():
        return article.discussion.post(by=sami, text="An answer to this.", key=uuid.uuid4(), answers=comment)

    MailChoice.choose("daily", by=rosa)
    MailChoice.choose("daily", "off", by=sami)
    Mute.add(answered(), by=sami)
    work()
    assert Notice.objects.count() == 1
    MailChoice.choose("off", by=rosa)
    assert not Notice.objects.exists()
    MailChoice.choose("daily", by=rosa)
    said = answered()
    work()
    Notice.objects.update(due_at=said.published_at)
    assert Notice.objects.sendable().exists()
    Mute.add(said, by=rosa)
    assert not Notice.objects.sendable().exists()
    Mute.objects.all().delete()
    article.remove(by=maggie, notice="At the request of a court.")
    assert not Notice.objects.sendable().exists()


def test_opening_a_page_makes_no_discussion(article, rosa, signed_in):
    article.discussion.delete()
    assert signed_in(rosa).get(f"{article.get_absolute_url()}comments/follow/").status_code == 200
    article.refresh_from_db()
    assert not hasattr(article, "discussion")


def test_the_same_words_again_do_not_use_up_the_one_rewording(article, rosa, mina, signed_in):
    comment = a_rewording(article, rosa, mina)
    browser, there = signed_in(rosa), f"/comments/{comment.pk}/reword/"
    page = browser.get(there).text
    assert "personal attack" in page
    assert "You can do this once." in page
    assert "These are the same words." in browser.post(there, {"text": WORDS}).text
    comment.refresh_from_db()
    assert comment.status == "hidden"

