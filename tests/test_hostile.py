"""What comes at the wrong moment, in the wrong form or from the wrong person changes nothing and breaks nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from django.utils import timezone

from articles.models import Article, Conflict, Message, Submission
from articles.models.private import drafting
from articles.signing import digest_of
from comments import clock
from comments.models import Comment, Discussion, Rule
from forum.lib.moves import Guest, Refused, may
from tests import makers

WORDS = "A comment that is long enough."


@pytest.fixture
def due(article, rosa, mina):
    """A hidden comment whose time has come, as the clock found it."""
    comment = Discussion.of(article).post(by=rosa, text=WORDS, key=uuid4())
    comment.approve(by=mina)
    comment.hide(by=mina, rule=Rule.objects.about("spam"), reason="Let us look.")
    Comment.objects.update(hidden_until=timezone.now() - timedelta(minutes=1))
    return Comment.objects.overdue().get()


@pytest.mark.parametrize("verb", ["remove", "mark_spam", "restore"])
def test_the_clock_leaves_alone_what_a_moderator_has_just_decided(verb, due, mina):
    said = {} if verb == "restore" else {"rule": Rule.objects.about("spam")}
    found = Comment.objects.get(pk=due.pk)
    getattr(found, verb)(by=mina, reason="Decided.", **said)
    clock._press(due.restore, seen=due.turn)
    assert Comment.objects.get(pk=due.pk).status == found.status


def test_one_key_sent_under_two_pieces_is_two_comments(article, sami, edith, maggie, rosa, signed_in):
    browser, said = signed_in(rosa), {"text": WORDS, "key": str(uuid4())}
    for piece in (article, makers.an_article(sami, edith, maggie, title="Another")):
        assert browser.post(f"{piece.get_absolute_url()}comments/post/", said).status_code == 302
    assert Comment.objects.count() == 2


def test_what_was_discarded_meanwhile_is_not_found(sami):
    draft = makers.a_draft(sami)
    other = Submission.objects.get(pk=draft.pk)
    drafting.discard(draft, by=sami)
    late = [
        lambda: drafting.discard(other, by=sami),
        lambda: other.submit(by=sami),
        lambda: other.write(by=sami, version=other.version, title="Too late"),
    ]
    for press in late:
        with pytest.raises(Http404):
            press()


def test_control_characters_in_a_title_do_not_break_the_feeds(sami, edith, maggie, client):
    piece = makers.an_accepted(sami, edith)
    piece.write(by=edith, version=piece.version, title="One\x0btwo", standfirst="Three\x0cfour")
    piece.send_proof(by=edith)
    piece.sign_off(by=sami, digest=digest_of(piece))
    piece.publish(by=maggie)
    assert "Onetwo" in client.get("/feed.atom").text


@pytest.mark.parametrize("path", ["/archive/99999999999999999999/1/", "/messages/a%00b/", "/search/?q=%00"])
def test_impossible_addresses_are_not_found(path, client, db):
    assert client.get(path).status_code in (200, 404)


def test_a_declared_conflict_lasts_beyond_publication(article, eno):
    Conflict.declare(article.submission, by=eno)
    with pytest.raises(Refused):
        article.amend(by=eno, change="correction", note="Better so.", title="Mine")


def test_nobody_changes_the_answer_to_their_own_piece(sami, rosa, edith, eno, maggie):
    answered = makers.an_article(eno, edith, maggie, title="Answered")
    answer = makers.an_article(rosa, edith, maggie, title="Answer")
    answer.submission.record(responds_to=answered)
    assert not may(eno, "amend", Article.objects.get(pk=answer.pk))


def test_nobody_reads_or_settles_complaints_about_their_own_piece(sami, edith, eno, maggie, signed_in):
    piece = makers.an_article(edith, eno, maggie)
    complaint = Message.send(
        by=Guest("ines@example.org"), kind="abuse", text="A secret informant.", email="ines@example.org", article=piece
    )
    address = f"/admin/messages/{complaint.pk}/"
    assert "informant" in signed_in(eno).get(address).text
    assert signed_in(edith).get(address).status_code == 404
    assert "ines" not in signed_in(edith).get("/admin/messages/").text
    with pytest.raises(Refused):
        complaint.close(by=edith)
