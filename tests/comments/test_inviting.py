"""A good comment is made into a letter: once, by an editor, under the name that stands on it."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client

from articles.declarations import undeclared, was_commissioned
from articles.models import Author, Submission
from articles.signing import digest_of
from comments.models import Comment
from forum.lib.moves import CLOCK, SCREEN, Guest, Refused
from tests import makers
from tests.comments.making import COMMENTS_IN, UNREADABLE, a_comment, a_published

WORDS = "Treaties outlive the people who sign them.\n\n> At night\n\nSee https://example.org/a?b=1&c=2 for <one>."


@pytest.fixture
def comment(article, rosa, mina):
    return a_published(article, rosa, mina, WORDS)


def invite_page(comment):
    return f"/admin/comments/letters/{comment.pk}/"


def letters():
    return Submission.objects.filter(invited_by__isnull=False)


def test_an_editor_invites_from_the_thread_and_lands_on_the_letter(comment, article, rosa, edith, signed_in):
    browser = signed_in(edith)
    thread = browser.get(article.get_absolute_url()).text
    assert f'action="{invite_page(comment)}"' in thread
    assert "Invite this as a letter" in thread
    done = browser.post(invite_page(comment), follow=True)
    letter = letters().get()
    assert done.redirect_chain == [(f"/admin/submissions/{letter.code}/", 302)]
    assert "its writer is asked by mail whether it may be printed" in done.text
    assert Comment.objects.get(pk=comment.pk).letter == letter
    assert (letter.status, letter.editor, letter.corresponding_author) == ("accepted", edith, rosa)
    assert (letter.title, letter.responds_to, letter.kind.slug) == ("On “A promise at night”", article, "letter")
    assert letter.topics_in_order == article.topics_in_order
    assert [*letter.regions.all()] == [*article.regions.all()]
    assert [byline.name for byline in letter.bylines.all()] == ["Rosa Reader"]
    assert was_commissioned(letter)
    assert "Go to its letter" in browser.get(article.get_absolute_url()).text


def test_the_letter_has_the_words_of_the_comment_and_nothing_of_it_is_lost(comment, edith):
    body = comment.invite(by=edith).body
    assert "<p>Treaties outlive the people who sign them.</p>" in body
    assert re.search(r"<blockquote>.*At night.*</blockquote>", body)
    assert 'href="https://example.org/a?b=1&amp;c=2"' in body
    assert "for &lt;one&gt;." in body


def test_an_editor_invites_from_the_desk_page_which_leads_to_the_letter_afterwards(comment, edith, mina, signed_in):
    place = f"/admin/comments/{comment.pk}/"
    assert invite_page(comment) not in signed_in(mina).get(place).text
    browser = signed_in(edith)
    assert invite_page(comment) in browser.get(place).text
    browser.post(invite_page(comment))
    assert invite_page(comment) not in browser.get(place).text
    assert f"/admin/submissions/{letters().get().code}/" in browser.get(place).text
    assert letters().get().code not in signed_in(mina).get(place).text


def test_the_writer_gets_a_personal_link_and_agrees_or_not(comment, rosa, edith, work):
    comment.invite(by=edith)
    work()
    letter = next(letter for letter in mail.outbox if letter.to == [rosa.email] and "/link/" in letter.body)
    assert "On “A promise at night”" in letter.subject
    link = re.search(r"https?://[^/]+(/submissions/\S+/link/\S+/)", letter.body)[1]
    browser = Client()
    assert browser.post(link).status_code == 302
    assert browser.get(f"{letters().get().get_absolute_url()}declare/").status_code == 200
    assert undeclared(letters().get()) != []


def test_two_presses_make_one_letter_and_the_second_leads_to_the_first(comment, edith, eno, signed_in):
    there = [signed_in(person).post(invite_page(comment)).headers["Location"] for person in (edith, eno, edith)]
    assert there == [f"/admin/submissions/{letters().get().code}/"] * 3
    assert Submission.objects.filter(title="On “A promise at night”").count() == 1
    assert comment.events.filter(verb="invite").count() == 1


def test_two_editors_who_both_saw_no_letter_make_one(comment, edith, eno):
    same = Comment.objects.get(pk=comment.pk)
    assert comment.invite(by=edith) == same.invite(by=eno)
    assert (letters().count(), letters().get().editor) == (1, edith)
    assert [event.actor for event in comment.events.filter(verb="invite")] == [edith]


def test_an_invitation_makes_no_open_form_stale_and_changes_nothing_readers_see(comment, article, edith, client):
    before, turn = client.get(article.get_absolute_url()).content, comment.turn
    comment.invite(by=edith)
    assert (comment.turn, comment.status) == (turn, "published")
    assert client.get(article.get_absolute_url()).content == before


def test_nobody_is_asked_who_speaks_as_the_author(article, sami, eno):
    Author.objects.filter(user=sami).update(name="Ein Leser", is_pen_name=True)
    comment = article.discussion.post(by=sami, text=WORDS, key="4" * 32, as_author=True)
    comment.approve(by=eno)
    with pytest.raises(Refused, match="an author of the piece"):
        comment.invite(by=eno)


def test_a_long_title_is_cut_to_what_a_title_holds(article, rosa, mina, edith):
    article.amend(by=edith, change="clarification", note="We say more.", title="A promise " * 20)
    letter = a_published(article, rosa, mina).invite(by=edith)
    assert (len(letter.title), letter.title[:13], letter.title[-1]) == (200, "On “A promise", "…")


@pytest.mark.parametrize("state", UNREADABLE)
def test_what_readers_cannot_see_is_no_letter(state, article, rosa, mina, edith, signed_in):
    comment = COMMENTS_IN[state](article, rosa, mina)
    assert invite_page(comment) not in signed_in(edith).get(article.get_absolute_url()).text
    assert invite_page(comment) not in signed_in(edith).get(f"/admin/comments/{comment.pk}/").text
    assert signed_in(edith).post(invite_page(comment)).status_code == 409
    assert not letters().exists()


def test_under_a_piece_that_was_removed_there_is_no_letter(comment, article, edith, maggie):
    article.remove(by=maggie, notice="At the request of a court.")
    with pytest.raises(Refused, match="Readers cannot see this comment now"):
        Comment.objects.get(pk=comment.pk).invite(by=edith)


def test_whoever_has_closed_her_account_is_not_asked(comment, rosa, edith):
    rosa.deactivate()
    with pytest.raises(Refused, match="account of its writer is closed"):
        comment.invite(by=edith)
    assert not letters().exists()


def test_nobody_invites_herself_or_under_her_own_piece(article, rosa, sami, mina, edith, signed_in):
    own = a_comment(article, edith)
    with pytest.raises(Refused, match="You wrote this comment"):
        own.invite(by=edith)
    assert signed_in(edith).post(invite_page(own)).status_code == 404
    assert invite_page(own) not in signed_in(edith).get(article.get_absolute_url()).text
    sami.groups.set(edith.groups.all())
    sami.refresh_from_db()
    other = a_published(article, rosa, mina)
    with pytest.raises(Refused, match="about your own piece"):
        other.invite(by=sami)
    assert signed_in(sami).post(invite_page(other)).status_code == 404
    assert invite_page(other) not in signed_in(sami).get(article.get_absolute_url()).text
    assert not letters().exists()


@pytest.mark.parametrize("person", ["rosa", "mina", "ada", "nobody"])
def test_nobody_but_an_editor_invites(person, comment, article, cast, signed_in, client):
    browser = client if person == "nobody" else signed_in(cast[person])
    assert "admin/comments/letters" not in browser.get(article.get_absolute_url()).text
    browser.post(invite_page(comment))
    by = cast.get(person, Guest("g@example.org", confirmed=True))
    for actor in (by, CLOCK, SCREEN):
        with pytest.raises(PermissionDenied):
            comment.invite(by=actor)
    assert not letters().exists()


def test_the_letter_is_printed_like_any_other_and_stands_beside_the_piece(comment, article, rosa, edith, maggie):
    letter = comment.invite(by=edith)
    byline = {"name": "Rosa Reader", "biography": "Reads in Split."}
    letter.declare(by=rosa, byline=byline, about={}, declarations=makers.DECLARED)
    letter.send_proof(by=edith)
    letter.sign_off(by=rosa, digest=digest_of(letter))
    printed = letter.publish(by=maggie)
    assert (printed.kind.slug, printed.submission.responds_to) == ("letter", article)
