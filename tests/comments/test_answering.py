"""Answering a comment, quoting it by reference, and hearing of answers."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from articles.models import Author
from comments import clock
from comments.models import (
    Comment,
    Discussion,
    Follow,
    HowOften,
    MailChoice,
    Mute,
    Notice,
    Respect,
    Trust,
    Visit,
)
from forum.lib.moves import Refused
from tests.comments.making import WORDS, a_comment, a_published, a_report, a_rule

ANSWER = "They do, and that is why they need courts."


@pytest.fixture
def comment(article, rosa, mina):
    return a_published(article, rosa, mina)


@pytest.fixture
def lena(mina):
    """A reader who is trusted."""
    from_nowhere = mina.__class__.objects.register("lena@example.org", "Lena Reader")
    Trust.give(from_nowhere, by=mina)
    return from_nowhere


def box(article, step=""):
    return f"{article.get_absolute_url()}comments/{step}"


def an_answer(comment, by, quote=None, text=ANSWER):
    return comment.discussion.post(by=by, text=text, key=uuid.uuid4(), answers=comment, quote=quote)


def told(person):
    return [letter for letter in mail.outbox if letter.to == [person.email]]


def test_a_reader_answers_a_comment_and_quotes_it(article, comment, lena, signed_in):
    browser = signed_in(lena)
    assert "?answers=1" in browser.get(article.get_absolute_url()).text
    page = browser.get(box(article), {"answers": "1"}).text
    assert "You answer" in page
    said = {"text": ANSWER, "answers": "1", "words": "the people  who\nsign"}
    assert "In reply to" in browser.post(box(article), said).text
    browser.post(box(article, "post/"), said)
    answer = Comment.objects.get(number=2)
    assert (answer.answers, answer.quotation) == (comment, "the people who sign")
    page = browser.get(article.get_absolute_url()).text
    assert re.search(r'In reply to <a href="[^"]*/comments/1/">#1</a>', page)
    assert "<p>the people who sign</p>" in page


def test_words_that_do_not_stand_there_are_not_quoted(article, comment, lena, signed_in):
    said = {"text": ANSWER, "answers": "1", "words": "words nobody wrote"}
    page = signed_in(lena).post(box(article, "post/"), said)
    assert "These words do not stand in comment #1." in page.text
    assert ANSWER in page.text
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("number", ["7", "0", "-1", "x", "9" * 30])
def test_an_answer_to_nothing_loses_no_text(number, article, comment, lena, signed_in):
    browser = signed_in(lena)
    page = browser.post(box(article), {"text": ANSWER, "answers": number})
    assert ANSWER in page.text
    assert browser.get(box(article), {"answers": number}).status_code == 302


def test_a_quotation_goes_where_its_words_go(article, comment, lena, mina, client):
    answer = an_answer(comment, lena, quote=(0, 8))
    assert "<p>Treaties</p>" in client.get(article.get_absolute_url()).text
    comment.refresh_from_db()
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    page = client.get(article.get_absolute_url()).text
    assert "<p>Treaties</p>" not in page
    assert "In reply to" in page
    comment.restore(by=mina)
    assert "<p>Treaties</p>" in client.get(answer.discussion.address).text


def test_what_is_not_shown_is_not_answered(comment, lena, mina, article, signed_in):
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    with pytest.raises(Refused, match="not shown any more"):
        an_answer(comment, lena)
    page = signed_in(lena).post(box(article), {"text": ANSWER, "answers": "1"}).text
    assert "is not shown any more" in page
    assert WORDS not in page


def test_the_author_answers_as_the_author(article, comment, sami, mina, signed_in, client):
    Trust.give(sami, by=mina)
    Author.objects.filter(user=sami).update(name="S. Pseudonym")
    browser = signed_in(sami)
    assert "S. Pseudonym" in browser.get(box(article), {"answers": "1"}).text
    browser.post(box(article, "post/"), {"text": ANSWER, "answers": "1", "as_author": "on"})
    browser.post(box(article, "post/"), {"text": "And this I say as a reader."})
    client.logout()
    thread = client.get(article.get_absolute_url()).text.split('id="comments"')[1]
    assert '<bdi class="comment-author">S. Pseudonym</bdi>' in thread
    assert thread.count(">Author of this piece<") == 1
    assert thread.count("Sami Student") >= 1


def test_nobody_else_speaks_as_the_author(article, comment, lena, signed_in):
    answer = signed_in(lena).post(box(article, "post/"), {"text": ANSWER, "as_author": "on"})
    assert answer.status_code == 409
    assert ANSWER in answer.text
    assert Comment.objects.count() == 1


def test_an_answer_is_mailed_at_once_and_once(comment, lena, rosa, work):
    an_answer(comment, lena)
    work()
    clock.tell_due()
    work()
    (letter,) = [letter for letter in told(rosa) if "answer" in letter.subject]
    assert letter.subject == "An answer to your comment"
    assert "/comments/2/" in letter.body
    assert ANSWER not in letter.body
    assert "List-Unsubscribe=One-Click" in letter.extra_headers["List-Unsubscribe-Post"]


def test_an_answer_that_waits_is_mailed_when_it_is_approved(comment, sami, rosa, mina, work):
    answer = an_answer(comment, sami)
    work()
    assert not [letter for letter in told(rosa) if "answer" in letter.subject]
    answer.approve(by=mina)
    work()
    assert [letter.subject for letter in told(rosa)][-1] == "An answer to your comment"


@pytest.mark.parametrize("reported", ["the answer", "what it answers"])
def test_nobody_is_mailed_while_a_report_waits(reported, comment, lena, rosa, sami, mina, work):
    if reported == "what it answers":
        a_report(comment)
    answer = an_answer(comment, lena)
    if reported == "the answer":
        a_report(answer)
    work()
    clock.tell_due()
    assert not Notice.objects.exclude(sent_at=None).exists()
    about = Comment.objects.get(pk=(answer if reported == "the answer" else comment).pk)
    about.keep(by=mina)
    clock.tell_due()
    work()
    assert [letter.subject for letter in told(rosa)][-1] == "An answer to your comment"


def test_what_was_removed_in_the_meantime_is_never_mailed(comment, lena, rosa, mina, work):
    answer = an_answer(comment, lena)
    answer.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    work()
    clock.tell_due()
    work()
    assert not [letter for letter in told(rosa) if "answer" in letter.subject]


def test_once_a_day_is_one_mail_in_the_morning(comment, lena, rosa, work):
    MailChoice.choose(HowOften.DAILY, by=rosa)
    for _ in range(2):
        an_answer(comment, lena)
    work()
    assert not [letter for letter in told(rosa) if "Lena" in letter.body]
    Notice.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    clock.tell_due()
    work()
    (letter,) = [letter for letter in told(rosa) if "Lena" in letter.body]
    assert letter.subject == "2 new comments"


def test_a_member_chooses_by_the_address_in_the_mail_and_a_mail_program_stops_it(comment, lena, rosa, work, client):
    there = MailChoice.path(rosa)
    assert client.get(there).status_code == 200
    assert MailChoice.of(rosa).how_often == HowOften.AT_ONCE
    client.post(there, {"how_often": "daily"})
    assert MailChoice.of(rosa).how_often == HowOften.DAILY
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(f"{there}stop/").status_code == 302
    assert MailChoice.of(rosa).how_often == HowOften.DAILY
    assert strict.post(f"{there}stop/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailChoice.of(rosa).how_often == HowOften.OFF
    an_answer(comment, lena)
    work()
    assert not [letter for letter in told(rosa) if "Lena" in letter.body]
    assert client.get("/comments/mail/1:forged/").status_code == 404


def test_a_member_follows_a_discussion_and_hears_of_new_comments(article, comment, lena, sami, signed_in, work):
    browser = signed_in(sami)
    browser.post(box(article, "follow/"))
    browser.post(box(article, "follow/"))
    assert Follow.objects.count() == 1
    assert "You follow this discussion" in browser.get(article.get_absolute_url()).text
    a_comment(article, lena)
    work()
    assert [letter.subject for letter in told(sami)][-1] == "A new comment on “A promise at night”"
    sent = len(told(sami))
    browser.post(box(article, "unfollow/"))
    a_comment(article, lena, "And another thing.")
    work()
    assert len(told(sami)) == sent


def test_a_member_finds_what_is_new_since_her_last_visit(article, comment, lena, rosa, signed_in):
    browser = signed_in(lena)
    assert "since your last visit" not in browser.get(article.get_absolute_url()).text
    browser.post(box(article, "seen/"), {"number": "1"})
    for _ in range(3):
        a_published(article, rosa, Trust.objects.get(user=lena).by)
    a_comment(article, lena)
    page = browser.get(article.get_absolute_url()).text
    assert "<strong>3 new</strong> since your last visit" in page
    assert "/comments/2/" in page
    assert Visit.objects.get().number == 1, "looking changes nothing"
    browser.post(box(article, "seen/"), {"number": "99"})
    assert Visit.objects.get().number == 5
    browser.post(box(article, "seen/"), {"number": "2"})
    assert Visit.objects.get().number == 5
    assert "since your last visit" not in browser.get(article.get_absolute_url()).text


def test_a_member_mutes_somebody_for_herself_alone(article, comment, lena, rosa, signed_in, client, work):
    browser = signed_in(lena)
    assert browser.get(f"/comments/{comment.pk}/mute/").status_code == 200
    browser.post(f"/comments/{comment.pk}/mute/")
    assert "You muted Rosa Reader." in browser.get(article.get_absolute_url()).text
    assert "Rosa Reader" in browser.get("/comments/mine/").text
    own = a_comment(article, lena)
    Trust.give(rosa, by=lena)
    an_answer(own, rosa)
    work()
    assert not [letter for letter in told(lena) if "answer" in letter.subject]
    assert "You muted" not in signed_in(rosa).get(article.get_absolute_url()).text
    signed_in(lena).post(f"/comments/muted/{Mute.objects.get().pk}/unmute/")
    assert "You muted" not in client.get(article.get_absolute_url()).text


def test_muting_an_author_tells_nothing_of_the_person_behind_the_name(article, comment, sami, lena, mina, signed_in):
    Trust.give(sami, by=mina)
    Author.objects.filter(user=sami).update(name="S. Pseudonym")
    said = article.discussion.post(by=sami, text=ANSWER, key=uuid.uuid4(), as_author=True)
    a_comment(article, sami, "What Sami says under the own name.")
    browser = signed_in(lena)
    browser.post(f"/comments/{said.pk}/mute/")
    browser.get("/comments/mine/")
    page = browser.get(article.get_absolute_url()).text
    assert page.count("You muted") == 1
    assert "You muted S. Pseudonym." in page
    assert "Sami" not in browser.get("/comments/mine/").text


def test_a_comment_is_respected_once_and_its_place_stays(article, comment, lena, sami, rosa, signed_in, client):
    later = a_comment(article, lena)
    for person in (lena, lena, sami):
        signed_in(person).post(f"/comments/{comment.pk}/respect/")
    signed_in(rosa).post(f"/comments/{later.pk}/respect/")
    assert Respect.objects.filter(comment=comment).count() == 2
    client.logout()
    page = client.get(article.get_absolute_url()).text
    assert "Well argued: 2" in page
    assert page.index('id="c1"') < page.index('id="c2"')
    browser = signed_in(lena)
    assert 'aria-pressed="true"' in browser.get(article.get_absolute_url()).text
    browser.post(f"/comments/{comment.pk}/respect/take-back/")
    assert Respect.objects.filter(comment=comment).count() == 1


def test_nobody_respects_or_mutes_herself_or_what_is_not_shown(article, comment, rosa, lena, mina, signed_in):
    for verb in ("respect", "mute"):
        assert signed_in(rosa).post(f"/comments/{comment.pk}/{verb}/").status_code == 409
    comment.remove(by=mina, rule=a_rule(), reason="It is about the person.")
    for verb in ("respect", "mute"):
        assert signed_in(lena).post(f"/comments/{comment.pk}/{verb}/").status_code == 404
    assert Discussion.objects.get().published_count == 0
