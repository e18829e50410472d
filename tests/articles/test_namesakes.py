"""An editor who bears the name of an author is asked once who that is, before she decides anything."""

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Submission
from forum.lib.moves import Refused
from forum.lib.text.characters import name_words
from tests import makers
from tests.opened import opened

ASKED = "An author of this piece has your name"


def desk_page(piece, what=""):
    return f"/admin{piece.get_absolute_url()}{what}"


@pytest.mark.parametrize("name", ["Eno Editor", "eno  EDITOR", "Éno\u200b J. Editor", "Editor, Eno"])
def test_whoever_has_an_authors_name_says_first_that_it_is_somebody_else(name, sami, eno, edith, signed_in):
    piece = makers.a_submitted(sami, name=name)
    desk = signed_in(eno)
    assert "Is this you?" in desk.get(desk_page(piece)).text
    for verb, said in [("take_up", {}), ("decline", {"letter": "No."}), ("dismiss", {})]:
        with pytest.raises(Refused, match=ASKED):
            getattr(piece, verb)(by=eno, **said)
    desk.post(desk_page(piece, "tell_apart/"), opened(desk, desk_page(piece)))
    assert piece.events.get(verb="tell_apart").actor == eno
    assert "Is this you?" not in desk.get(desk_page(piece)).text
    Submission.objects.get().take_up(by=eno)
    with pytest.raises(PermissionDenied):
        Submission.objects.get().tell_apart(by=edith)


def test_whoever_says_it_is_her_has_the_piece_taken_off_her_desk(sami, eno, signed_in):
    piece = makers.a_submitted(sami, name="Eno Editor")
    desk = signed_in(eno)
    assert desk_page(piece, "conflict/") in desk.get(desk_page(piece)).text
    desk.post(desk_page(piece, "conflict/"), {"reason": "I wrote it."})
    assert desk.get(desk_page(piece)).status_code == 404


def test_a_name_added_late_is_asked_about_before_the_next_decision(sami, edith, maggie):
    piece = makers.an_accepted(sami, edith)
    first = piece.bylines.get()
    credited = [(first.pk, first.name, first.biography), (None, "Maggie Manager", "Teaches.", "other@example.net")]
    piece.credit(by=edith, version=piece.version, bylines=credited)
    with pytest.raises(Refused, match=ASKED):
        piece.revoke(by=maggie, letter="We erred.")
    with pytest.raises(Refused, match=ASKED):
        piece.publish_on_approval(by=maggie)
    piece.tell_apart(by=maggie)
    piece.publish_on_approval(by=maggie)


def test_an_account_of_the_same_name_counts_behind_a_pen_name(eno, maggie):
    own = makers.a_person("Eno Editor")
    with pytest.raises(Refused, match=ASKED):
        makers.a_submitted(own, name="Quill").take_up(by=eno)


def test_no_printed_piece_is_decided_on_before_she_has_said_it(sami, edith, maggie):
    article = makers.an_article(sami, edith, maggie, name="Maggie Manager Smith")
    article.submission.bylines.update(name="Maggie Manager")
    article.refresh_from_db()
    with pytest.raises(Refused, match=ASKED):
        article.retract(by=maggie, notice="The figures cannot be checked.")
    article.submission.tell_apart(by=maggie)
    article.retract(by=maggie, notice="The figures cannot be checked.")


def test_the_author_reads_nothing_of_it_and_keeps_her_receipt(sami, eno, signed_in):
    piece = makers.a_submitted(sami, name="Eno Editor")
    before = signed_in(sami).get(piece.get_absolute_url()).text
    piece.tell_apart(by=eno)
    after = signed_in(sami).get(piece.get_absolute_url()).text
    assert ("We have received your piece" in before, "same name" in after) == (True, False)
    assert "We have received your piece" in after


@pytest.mark.parametrize(("one", "other"), [("王小明", "王小红"), ("Eno Editor", "Eno Editorial"), ("E.", "E. Vance")])
def test_other_names_are_other_people(one, other):
    assert name_words(one) != name_words(other)
