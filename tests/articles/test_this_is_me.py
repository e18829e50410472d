"""One person, two addresses: what was asked of the one goes to the account at the other, by one press."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.address_proof import Unproven, begin, confirm
from accounts.models import User
from articles.models import Invitation, Submission
from articles.signing import digest_of, signers, unsigned_by
from forum.lib.moves import Refused
from tests import makers
from tests.articles.test_co_authors import brought_to
from tests.articles.test_links import a_commission, let_in, links, page

__all__ = ["links"]  # a fixture
UNI = "rosa@uni.example.net"


@pytest.fixture
def piece(sami, edith):
    """A piece of Sami's, who named Rosa by an address we do not know; Edith handles it."""
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.bylines.name_others([("Rosa Reader", UNI)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    return draft


def pressed(browser, path):
    """Press “This is me” on the page behind a personal link."""
    shown = browser.get(path)
    action = re.search(r'action="([^"]*/identify/)"', shown.text)
    return browser.post(action[1] if action else path.replace("/consent/", "/identify/"), follow=True)


def test_one_press_gives_what_was_asked_of_a_second_address_to_the_account(piece, links, rosa, signed_in, work):
    path, browser = links(UNI)[0], signed_in(rosa)
    assert "You are signed in as" in browser.get(path).text
    asked = pressed(browser, path)
    assert asked.request["PATH_INFO"] == page(piece, "consent/")
    browser.post(page(piece, "consent/"), {"name": "Rosa Reader", "biography": "", "agrees": "on"})
    byline = piece.bylines.get(email=UNI)
    assert (byline.person, byline.consent) == (rosa, "yes")
    assert not User.objects.filter(email=UNI).exists()
    assert EmailAddress.objects.get(email=UNI, verified=True).user == rosa
    assert piece.events.get(verb="identify").actor == rosa
    assert User.objects.invite(UNI, "R.", by=rosa) == rosa
    work()
    told = [letter.to[0] for letter in mail.outbox if "account was changed" in letter.subject]
    assert sorted(told) == sorted([UNI, rosa.email])
    piece.decline(by=piece.editor, letter="No.")
    work()
    assert [letter.to[0] for letter in mail.outbox if "The decision on" in letter.subject] == [rosa.email]
    assert pressed(browser, path).request["PATH_INFO"] == page(piece)


def test_the_desk_and_she_read_since_when_she_is_awaited_and_what_she_did(piece, links, rosa, edith, signed_in):
    asked = timezone.now() - timedelta(days=3)
    piece.invitations.update(made_at=asked)
    pressed(signed_in(rosa), links(UNI)[0])
    assert "You moved the invitation to another account." in signed_in(rosa).get(page(piece)).text
    assert f"awaited since {timezone.localtime(asked):%-d %B}" in signed_in(edith).get(f"/admin{page(piece)}").text


def test_approvals_and_invitations_come_along(sami, edith, maggie, rosa, signed_in, links):
    piece = brought_to("proof", sami, edith, maggie)
    nina = User.objects.get(email="nina@example.net")
    piece.sign_off(by=nina, digest=digest_of(piece))
    pressed(signed_in(rosa), links("nina@example.net")[-1])
    piece = Submission.objects.get()
    assert (rosa.pk in signers(piece), rosa.pk in unsigned_by(piece)) == (True, False)
    assert piece.invitations.filter(person=rosa).count() == 1


def test_a_second_address_signs_nobody_in(piece, links, rosa, signed_in, work):
    pressed(signed_in(rosa), links(UNI)[0])
    stranger = Client()  # who reads mail at the second address: perhaps she named it herself, and sent Rosa the link
    stranger.post("/accounts/login/code/", {"email": UNI})
    stranger.post("/accounts/password/reset/", {"email": UNI})
    work()
    sent = [letter.subject for letter in mail.outbox if letter.to == [UNI]]
    assert [subject for subject in sent if "your code" in subject] == []
    assert sent.count("There is no account at this address") == 2
    request = stranger.get("/").wsgi_request
    request.session = stranger.session
    begin(request, UNI)
    work()
    with pytest.raises(Unproven, match="signed in to with another one"):
        confirm(request, mail.outbox[-1].subject.split()[0])


def test_no_rank_comes_along(piece, links, rosa, signed_in):
    User.objects.get(email=UNI).groups.set(Group.objects.filter(name="managing editor"))
    pressed(signed_in(rosa), links(UNI)[0])
    assert not User.objects.get(pk=rosa.pk).is_staff


def test_whoever_has_an_account_at_the_address_signs_in_to_it(piece, links, rosa, signed_in):
    path = links(UNI)[0]
    User.objects.register(UNI, "Another Rosa")
    shown = signed_in(rosa).get(path)
    assert "This is me" not in shown.text
    assert "somebody with another account" in shown.text
    assert "not for somebody without an account" in pressed(signed_in(rosa), path).text
    assert piece.bylines.get(email=UNI).person.email == UNI


@pytest.mark.parametrize("who", ["sami", "edith"])
def test_neither_its_author_nor_its_editor_becomes_its_co_author_by_a_press(who, piece, links, cast, signed_in):
    said = pressed(signed_in(cast[who]), links(UNI)[0]).text
    assert {"sami": "one of the authors of this piece already", "edith": "You are handling this piece."}[who] in said
    assert piece.bylines.get(email=UNI).person.email == UNI


def test_an_editor_who_is_the_co_author_is_too_close_at_once(piece, links, eno, signed_in):
    assert piece in Submission.objects.on_desk(eno)
    pressed(signed_in(eno), links(UNI)[0])
    assert piece not in Submission.objects.on_desk(eno)


def test_nobody_decides_as_a_guest_on_what_she_wrote(piece, sami, edith):
    piece.put_back(by=edith)
    guest = User.objects.invite("guest@example.net", "Gil Guest", by=edith)
    Submission.objects.filter(pk=piece.pk).update(status="in_review", editor=guest, guest=guest)
    piece.bylines.filter(order=1).update(author=None)
    invitation = Invitation.to(piece, guest)
    link = type(invitation).objects.behind(piece.code, invitation.path().split("/link/")[1].strip("/"))
    with pytest.raises(Refused, match="already"):
        Submission.objects.get().identify(by=sami, invitation=link)


@pytest.mark.parametrize("how", ["forged", "ended"])
def test_no_link_that_has_ended_gives_anything(how, piece, links, rosa, edith, signed_in):
    path = links(UNI)[0].replace("/consent/", "/identify/")
    if how == "forged":
        path = path.replace("/link/", "/link/9")
    else:
        piece.send_link(by=edith, to=piece.bylines.get(email=UNI).person)
    answer = signed_in(rosa).post(path, follow=True)
    assert answer.status_code == 410
    assert piece.bylines.get(email=UNI).person.email == UNI


def test_who_is_not_signed_in_goes_on_by_the_link_alone(piece, links):
    path = links(UNI)[0]
    assert Client().post(path.replace("/consent/", "/identify/")).status_code == 302
    assert let_in(path).get(page(piece)).status_code == 200
    assert "This is me" not in Client().get(path).text


def test_an_address_held_by_an_invitation_is_free_to_whoever_proves_it(piece, rosa, signed_in, work):
    browser = signed_in(rosa)
    browser.post("/accounts/email/", {"email": UNI, "action_add": ""})
    work()
    letter = next(letter for letter in mail.outbox if "confirms your address" in letter.subject)
    assert letter.to == [UNI]
    code = letter.subject.split()[0]
    browser.post("/accounts/confirm-email/", {"code": code})
    rosa.refresh_from_db()
    assert rosa.email == UNI
    assert [address.email for address in rosa.emailaddress_set.all()] == [UNI]
    assert piece.bylines.get(email=UNI).person == rosa


def test_a_commission_goes_to_the_account_too(edith, rosa, signed_in, links):
    piece = a_commission(edith, email=UNI, name="Rosa Reader")
    pressed(signed_in(rosa), links(UNI)[0])
    assert Submission.objects.get(pk=piece.pk).corresponding_author == rosa


def test_what_was_asked_of_the_address_was_asked_of_the_account(sami, edith, maggie, rosa, signed_in, links):
    piece = brought_to("proof", sami, edith, maggie)
    nina = User.objects.get(email="nina@example.net")
    asked = piece.events.get(verb="ask_consent", detail__to=nina.pk)
    sent = piece.events.get(verb="send_proof")
    assert nina.pk in sent.detail["asks"]
    pressed(signed_in(rosa), links("nina@example.net")[-1])
    asked.refresh_from_db()
    assert asked.detail == {"to": rosa.pk}
    assert sorted(piece.events.get(pk=sent.pk).detail["asks"]) == sorted({*sent.detail["asks"], rosa.pk} - {nina.pk})


def test_whoever_said_by_her_account_that_it_is_not_her_is_not_asked_again(piece, links, rosa, sami, edith, signed_in):
    pressed(signed_in(rosa), links(UNI)[0])
    piece = Submission.objects.get()
    piece.refuse(by=rosa)
    piece.put_back(by=edith)
    for named in ([], [("Rosa Reader", UNI)]):
        piece.take_back(by=sami)
        piece.bylines.name_others(named)
        piece.submit(by=sami)
    assert piece.events.filter(verb="ask_consent").count() == 1


def test_whoever_was_named_by_a_name_that_others_go_by_reads_it_behind_her_link(sami, maggie, links, signed_in, rosa):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([(maggie.name, UNI)])
    draft.submit(by=sami)
    (path,) = links(UNI)
    assert User.objects.get(email=UNI).name == ""
    assert f"This link is for <strong>{maggie.name}</strong>" in Client().get(path).text
    assert f"What we ask {maggie.name} then belongs to your account" in signed_in(rosa).get(path).text
    assert f"For {maggie.name}, by a personal link" in let_in(path).get(page(draft)).text
