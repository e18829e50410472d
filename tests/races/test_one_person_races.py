"""Somebody presses “This is me” at the very moment when others save what names her by her other address."""

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Invitation, SafetyRequest, Submission, Upload
from forum.lib.word.convert import Conversion
from tests import makers
from tests.articles.test_links import a_commission
from tests.races.together import refused, together

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]
UNI = "rosa@uni.example.net"


def again(piece):
    return Submission.objects.get(pk=piece.pk)


def naming_rosa(sami, edith, title="What the harbour owes"):
    """Bring a piece of Sami's, on which Rosa is named by an address we do not know, to its copy-editing."""
    draft = makers.a_draft(sami, title=title)
    draft.bylines.name_others([("Rosa Reader", UNI)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    draft.accept(by=edith)
    return again(draft)


def this_is_me(piece, rosa):
    """Return the press by which Rosa, signed in, says that she is who was invited to this piece."""
    browser = Client()
    browser.force_login(rosa)
    address = f"/submissions/{piece.code}/link/{token(piece)}/identify/"
    return lambda: browser.post(address).status_code


def token(piece):
    return piece.invitations.get(person__email=UNI).path().split("/link/")[1].strip("/")


def identified(piece, rosa):
    """Return that press without the page around it, for what is as quick."""
    window, link = again(piece), Invitation.objects.behind(piece.code, token(piece))
    return lambda: window.identify(by=rosa, invitation=link)


def everything_is_hers(rosa, *pieces):
    """Check that nobody is left at the other address and that all of these pieces name Rosa's account."""
    assert not User.objects.filter(email=UNI).exists()
    for piece in pieces:
        assert rosa in User.objects.filter(pk__in=[b.person_id for b in piece.bylines.all()]), piece
        assert piece.invitations.filter(person=rosa).count() == 1


@pytest.mark.parametrize("which", ["same", "other"])
def test_the_editor_saves_the_authors_meanwhile(round, which, sami, rosa, edith):
    piece = naming_rosa(sami, edith)
    saved = piece if which == "same" else naming_rosa(sami, edith, title="What the river owes")
    rows = [(b.pk, b.name, "Reads.", b.email) for b in saved.bylines.all()]
    press, window = this_is_me(piece, rosa), again(saved)
    outcomes = together(press, lambda: window.credit(by=edith, version=window.version, bylines=rows))
    assert (outcomes[0], refused(outcomes)) == (302, [])
    everything_is_hers(rosa, piece, saved)
    assert {b.biography for b in saved.bylines.all()} == {"Reads."}


def test_another_author_names_her_by_the_same_address_meanwhile(round, sami, rosa, eno, edith):
    piece, draft = naming_rosa(sami, edith), makers.a_draft(eno)
    draft.bylines.name_others([("R. Reader", UNI)])
    press, window = this_is_me(piece, rosa), again(draft)
    outcomes = together(press, lambda: window.submit(by=eno))
    assert (outcomes[0], refused(outcomes)) == (302, [])
    everything_is_hers(rosa, piece, draft)


def test_an_editor_commissions_a_piece_from_her_meanwhile(round, sami, rosa, edith):
    piece = naming_rosa(sami, edith)
    press = this_is_me(piece, rosa)
    outcomes = together(press, lambda: a_commission(edith, email=UNI, name="Rosa Reader"))
    assert (outcomes[0], refused(outcomes)) == (302, [])
    everything_is_hers(rosa, piece)
    assert outcomes[1].invitations.get().person == again(outcomes[1]).corresponding_author == rosa


def test_she_agrees_by_her_link_in_another_browser_meanwhile(round, sami, rosa, edith):
    piece, other = naming_rosa(sami, edith), naming_rosa(sami, edith, title="What the river owes")
    press, window, invited = this_is_me(piece, rosa), again(other), User.objects.get(email=UNI)
    outcomes = together(press, lambda: window.consent(by=invited, biography="Reads."))
    assert outcomes[0] == 302
    everything_is_hers(rosa, piece, other)
    is_late = bool(refused(outcomes))
    assert other.bylines.get(email=UNI).consent == ("asked" if is_late else "yes")
    assert other.events.filter(verb="consent", actor=rosa).exists() != is_late


def test_she_presses_it_behind_two_links_at_once(round, sami, rosa, edith):
    piece, other = naming_rosa(sami, edith), naming_rosa(sami, edith, title="What the river owes")
    outcomes = together(this_is_me(piece, rosa), this_is_me(other, rosa))
    assert outcomes == [302, 302]
    everything_is_hers(rosa, piece, other)
    assert Invitation.objects.filter(person=rosa).count() == 2


def test_she_proves_the_other_address_by_a_code_meanwhile(round, sami, rosa, edith):
    piece = naming_rosa(sami, edith)
    outcomes = together(this_is_me(piece, rosa), lambda: User.objects.of_address(UNI, "Rosa Reader"))
    assert (outcomes[0], refused(outcomes)) == (302, [])
    assert again(piece).bylines.get(email=UNI).person == outcomes[1]
    assert not User.objects.filter(is_invited=True).exists()


@pytest.mark.parametrize("when", ["meanwhile", "just after"])
def test_she_sends_a_file_by_her_link_in_another_browser(round, when, rosa, edith):
    piece = a_commission(edith, email=UNI, name="Rosa Reader")
    piece.declare(by=piece.corresponding_author, byline={"biography": "Reads."}, about={}, declarations=makers.DECLARED)
    piece.send_proof(by=edith)
    press, window, invited = identified(piece, rosa), again(piece), User.objects.get(email=UNI)
    sent = {"data": b"as it came", "name": "harbour.docx", "conversion": Conversion("", "", "<p>Mine.</p>", [], [])}
    presses = [press, lambda: Upload.receive(window, by=invited, **sent)]
    outcomes = together(*presses) if when == "meanwhile" else [together(one)[0] for one in presses]
    assert again(piece).corresponding_author == rosa
    assert [upload.by for upload in piece.uploads.all()] == ([] if refused(outcomes) else [rosa])


def test_two_pieces_name_the_same_two_strangers_in_another_order(round, sami, eno):
    nina, ola = ("Nina Novak", "nina@example.net"), ("Ola Okafor", "ola@example.net")
    drafts = [makers.a_draft(sami), makers.a_draft(eno)]
    for draft, named in zip(drafts, ([nina, ola], [ola, nina]), strict=True):
        draft.bylines.name_others(named)
    one, two = map(again, drafts)
    outcomes = together(lambda: one.submit(by=sami), lambda: two.submit(by=eno))
    assert refused(outcomes) == []
    assert User.objects.filter(is_invited=True).count() == 2
    assert Invitation.objects.count() == 4


def test_she_asks_for_her_safety_by_her_link_in_another_browser_meanwhile(round, sami, rosa, edith, maggie):
    piece, invited = naming_rosa(sami, edith), User.objects.get(email=UNI)
    press, asked = identified(piece, rosa), {"submission": again(piece), "kind": "removal", "text": "I am followed."}
    outcomes = together(press, lambda: SafetyRequest.ask(by=invited, **asked))
    everything_is_hers(rosa, piece)
    assert [request.asker for request in SafetyRequest.objects.all()] == ([] if refused(outcomes) else [rosa])
