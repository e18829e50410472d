"""Whoever had agreed to be printed hears, once, that she is not named any more; whoever never agreed hears nothing."""

import pytest
from django_tasks_db.models import DBTaskResult

from articles.models import Submission
from articles.models.private import drafting
from articles.story import last_receipt, story
from tests import makers
from tests.articles.test_co_authors import NINA, OLA
from tests.articles.test_links import let_in, links, page
from tests.opened import opened

__all__ = ["links"]  # a fixture


@pytest.fixture
def piece(sami):
    """A piece of Sami's and Nina's; Ola, who was named too, has not answered."""
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.bylines.name_others([("Nina Novak", NINA), ("Ola Okafor", OLA)])
    draft.submit(by=sami)
    draft.consent(by=draft.bylines.get(email=NINA).person, biography="Teaches in Split.")
    return draft


@pytest.fixture
def told(work, mailoutbox):
    """Return the letters to the two since the last call, as pairs of address and subject."""
    work()
    heard = len(mailoutbox)

    def letters():
        nonlocal heard
        work()
        new, heard = mailoutbox[heard:], len(mailoutbox)
        return [(letter.to[0], letter.subject) for letter in new if letter.to[0] in (NINA, OLA)]

    return letters


def rows(piece, *without):
    """Return the authors as the editor's form sends them, but those at these addresses."""
    return [(b.pk, b.name, b.biography, b.email) for b in piece.bylines.all() if b.email not in without]


def credited(piece, editor, said):
    """Let the editor save the authors as printed."""
    piece = Submission.objects.get(pk=piece.pk)
    piece.credit(by=editor, version=piece.version, bylines=said)
    return piece


OFF = "You are no longer named on “What the harbour owes”"


def test_whoever_agreed_is_told_once_that_the_editor_took_her_off(piece, edith, told, work, mailoutbox):
    piece.take_up(by=edith)
    piece.accept(by=edith)
    told()
    before = len(mailoutbox)
    piece = credited(piece, edith, rows(piece, NINA))
    work()
    (letter,) = mailoutbox[before:]
    assert (letter.to, letter.subject, letter.reply_to) == ([NINA], OFF, [edith.email])
    assert "The editors have taken you off" in letter.body
    assert "answer this mail: your answer goes to the editors" in letter.body
    assert story(piece, None)[-1].sentence == "The editors took a co-author off the piece."
    told()
    credited(piece, edith, rows(piece))
    assert told() == []


def test_her_tick_in_the_desks_form_is_what_takes_her_off(piece, edith, told, signed_in):
    piece.take_up(by=edith)
    piece.accept(by=edith)
    told()
    desk, address = signed_in(edith), f"/admin/submissions/{piece.code}/bylines/"
    said = opened(desk, address, "version")
    assert (said["by-1-name"], desk.post(address, said).status_code, told()) == (["Nina Novak"], 302, [])
    taken = {**opened(desk, address, "version"), "by-1-DELETE": "on"}
    assert (desk.post(address, taken).status_code, told()) == (302, [(NINA, OFF)])
    history = " ".join(desk.get(f"/admin/submissions/{piece.code}/").text.split())
    assert "took a co-author off the piece: Nina Novak." in history


def test_whoever_never_agreed_is_told_nothing(piece, edith, told):
    piece.take_up(by=edith)
    piece.accept(by=edith)
    told()
    credited(piece, edith, rows(piece, OLA))
    assert told() == []


def test_whoever_took_her_name_off_herself_is_told_nothing(piece, edith, told):
    piece.take_up(by=edith)
    piece.refuse(by=piece.bylines.get(email=NINA).person)
    piece.accept(by=edith)
    told()
    credited(piece, edith, rows(piece, NINA, OLA))
    assert told() == []


def test_somebody_else_in_her_row_takes_her_off(piece, edith, told):
    piece.take_up(by=edith)
    piece.accept(by=edith)
    told()
    moved = [(*row, "pia@example.net" if email == NINA else email) for *row, email in rows(piece)]
    credited(piece, edith, moved)
    assert told() == [(NINA, OFF)]


def test_an_author_who_names_her_no_more_tells_her_under_the_title_she_knew(piece, sami, told, work, mailoutbox):
    piece.take_back(by=sami)
    assert told() == [(NINA, "“What the harbour owes” is back with its author")]
    piece.write(by=sami, version=piece.version, title="A title of xqmyownzz")
    piece.bylines.name_others([("Ola Okafor", OLA)])
    assert told() == []
    piece.submit(by=sami)
    work()
    letter = [letter for letter in mailoutbox if letter.to == [NINA]][-1]
    assert letter.subject == OFF
    assert "The author who sent it in does not name you any more" in letter.body
    assert "xqmyownzz" not in letter.body
    assert last_receipt(piece).heading == "We have received your piece"
    told()
    piece.take_back(by=sami)
    piece.submit(by=sami)
    assert told() == []


def test_whoever_stays_named_hears_that_it_went_back_and_came_again(piece, sami, links, told):
    piece.take_back(by=sami)
    piece.bylines.name_others([("Nina Novak", NINA)])
    piece.submit(by=sami)
    assert told() == [
        (NINA, "“What the harbour owes” is back with its author"),
        (NINA, "“What the harbour owes” is with the editors again"),
    ]
    assert let_in(links(NINA)[-1]).get(page(piece)).status_code == 200


def test_a_first_submission_says_nothing_to_whoever_is_only_asked(sami, work, mailoutbox):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([("Nina Novak", NINA)])
    draft.submit(by=sami)
    work()
    assert [letter.subject.partition("?")[0] for letter in mailoutbox if letter.to == [NINA]] == [
        "Are you one of the authors"
    ]


def test_a_piece_thrown_away_before_its_letters_were_written_leaves_no_task_that_fails(piece, sami, told):
    piece.write_editor(by=sami, letter="I take it back.")
    piece.take_back(by=sami)
    drafting.discard(piece, by=sami)
    assert told() == []
    assert not DBTaskResult.objects.failed().exists()
