"""Personal links: who acts on one piece without an account, and who never does."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.declarations import WORDING, undeclared
from articles.models import Invitation, Kind, StaleText, Submission, Topic
from articles.signing import digest_of
from tests import makers
from tests.access import BACKEND
from tests.opened import as_now

BODY_OF_TWO = "<p>First: a promise.</p><p>Second: at night.</p>"
DECLARED = {
    "name": "Nina Novak",
    "biography": "Teaches law of the sea in Split.",
    "wording": WORDING,
    "original": "new",
    "elsewhere": "no",
    "interests": "no",
    "ai": "none",
    "coursework": "no",
    "agrees": "on",
}


def a_commission(edith, *, email="nina@example.net", name="Nina Novak", **more):
    said = {"title": "What the harbour owes", "body": makers.BODY, **more}
    piece = Submission.commission(by=edith, email=email, name=name, **said)
    piece.classify(kind=Kind.objects.get(slug="interview"), topics=[Topic.objects.first()], regions=[])
    return piece


@pytest.fixture
def piece(edith):
    """A piece that Edith commissioned from Nina, whom nobody knows yet."""
    return a_commission(edith)


@pytest.fixture
def links(work):
    """Return the personal links mailed to an address so far, the newest last."""

    def mailed(address):
        work()
        letters = [letter.body for letter in mail.outbox if letter.to == [address]]
        return [path for body in letters for path in re.findall(r"https?://[^/]+(/submissions/\S+/link/\S+/)", body)]

    return mailed


def page(piece, what=""):
    return piece.get_absolute_url() + what


def let_in(path):
    """Return a browser in which a personal link was opened and pressed."""
    browser = Client()
    assert browser.get(path).status_code == 200
    assert browser.post(path).status_code == 302
    return browser


def test_a_commissioned_author_goes_from_the_mail_to_print_without_an_account(piece, links, edith, maggie):
    browser = let_in(links("nina@example.net")[0])
    refused = browser.post(page(piece, "declare/"), {**DECLARED, "agrees": "", "biography": "Teaches in Split."})
    assert "Tick this to agree." in refused.text
    assert "Teaches in Split." in refused.text
    browser.post(page(piece, "declare/"), DECLARED)
    piece.refresh_from_db()
    assert (undeclared(piece), piece.bylines.get().biography) == ([], DECLARED["biography"])
    assert "I agree that this piece is printed" in piece.events.get(verb="declare").detail["consent"]
    piece.send_proof(by=edith)
    browser = let_in(next(path for path in links("nina@example.net") if path.endswith("/sign_off/")))
    browser.post(page(piece, "sign_off/"), {"digest": digest_of(piece)})
    piece.refresh_from_db()
    assert piece.status == "ready"
    assert piece.sign_offs.get().by.email == "nina@example.net"
    assert piece.publish(by=maggie).title == "What the harbour owes"


def test_a_proof_cannot_be_approved_before_its_author_agreed_and_declared(piece, links, edith):
    piece.bylines.update(biography="Teaches in Split.")
    piece.send_proof(by=edith)
    browser = let_in(links("nina@example.net")[0])
    assert browser.post(page(piece, "sign_off/"), {"digest": digest_of(piece)}).status_code == 409
    browser.post(page(piece, "declare/"), DECLARED)
    browser.post(page(piece, "sign_off/"), {"digest": digest_of(Submission.objects.get())})
    assert Submission.objects.get().status == "ready"


def test_opening_a_link_changes_nothing_and_lets_nobody_in(piece, links):
    path, browser = links("nina@example.net")[0], Client()
    answer = browser.get(path)
    assert not browser.cookies.get("sessionid")
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert browser.get(page(piece)).status_code == 302


def test_a_link_is_for_one_piece_and_never_a_login(piece, links, edith, sami):
    other = a_commission(edith, title="Another harbour")
    links("nina@example.net")
    browser = let_in(links("nina@example.net")[0])
    assert browser.get(page(piece)).status_code == 200
    assert browser.get(page(other)).status_code == 302
    assert browser.get("/submissions/").status_code == 302
    assert browser.get("/accounts/").status_code == 302
    assert browser.get(f"/admin{page(piece)}").status_code == 302


def test_an_editor_who_comes_by_a_link_has_no_more_than_its_author(edith, eno, sami, links):
    piece = a_commission(edith, email=eno.email, name="Eno Editor")
    other = makers.in_review(sami, edith)
    browser = let_in(links(eno.email)[0])
    assert browser.get(page(piece)).status_code == 200
    assert browser.get(page(other)).status_code == 302


@pytest.mark.parametrize("how", ["forged", "of another piece", "old", "ended by a newer one", "of a closed account"])
def test_a_link_that_does_not_work_says_the_same_to_everybody(piece, links, edith, settings, how):
    path = links("nina@example.net")[0]
    nina = piece.corresponding_author
    if how == "forged":
        path = path.replace("/link/", "/link/9")
    elif how == "of another piece":
        path = path.replace(piece.code, a_commission(edith, email="other@example.net").code)
    elif how == "old":
        made = Invitation.path
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("articles.promises.link", lambda: timezone.now() - timedelta(minutes=1))
            path = made(piece.invitations.get())
    elif how == "ended by a newer one":
        piece.send_link(by=edith, to=nina)
    else:
        nina.deactivate()
    browser, before = Client(), len(links("nina@example.net"))
    for answer in (browser.get(path), browser.post(path)):
        assert answer.status_code == 410
        assert "What the harbour owes" not in answer.text
        assert "Nina" not in answer.text
    parts = re.match(r"(.*/link/[^/]+/)", path)[1]
    said = [browser.post(f"{parts}fresh/").text for _ in range(10)]
    assert "one of ours" in said[0]
    fresh, share = links("nina@example.net")[before:], settings.THROTTLES["letter_here"][0]
    assert len(fresh) == (share if how in ("old", "ended by a newer one") else 0)
    for path in fresh:
        assert Client().get(path).status_code == 200


def test_the_page_for_a_new_link_says_what_it_does(piece, edith, signed_in):
    asks = signed_in(edith).get(f"/admin{page(piece)}send_link/").text
    assert "gets it by mail, and every earlier link ends" in asks
    assert "left no address" not in asks


def test_a_new_link_shuts_out_whoever_came_by_the_old_one(piece, links, edith):
    browser = let_in(links("nina@example.net")[0])
    piece.send_link(by=edith, to=piece.corresponding_author)
    assert browser.get(page(piece)).status_code == 302
    assert let_in(links("nina@example.net")[-1]).get(page(piece)).status_code == 200


def test_who_is_signed_in_is_never_taken_for_somebody_else(piece, links, signed_in, rosa, sami):
    path = links("nina@example.net")[0]
    browser = signed_in(rosa)
    assert "You are signed in as" in browser.post(path).text
    assert browser.get(page(piece)).status_code == 404
    passing = let_in(path)
    passing.force_login(sami, backend=BACKEND)
    assert passing.get(page(piece)).status_code == 404


def test_somebody_invited_is_no_member_until_she_proves_her_address(piece, client, links):
    nina = User.objects.get(email="nina@example.net")
    assert (nina.is_invited, nina.has_usable_password(), nina.emailaddress_set.get().verified) == (True, False, False)
    assert nina not in User.objects.members()
    client.post("/accounts/login/code/", {"email": nina.email})
    links(nina.email)
    code = next(letter.subject for letter in mail.outbox if "your code" in letter.subject)[:6]
    client.post("/accounts/login/code/confirm/", {"code": code})
    nina.refresh_from_db()
    assert (nina.is_invited, nina.emailaddress_set.get().verified) == (False, True)
    assert client.get(page(piece)).status_code == 200


def test_an_account_made_for_somebody_invited_is_the_same_person(piece):
    nina = piece.corresponding_author
    assert User.objects.register("nina@example.net", "Nina N.", groups=["moderator"]) == nina
    assert (nina.is_invited, User.objects.get(pk=nina.pk).is_invited) == (True, False)
    again = User.objects.invite("NINA@example.net", "Somebody else", by=nina)
    assert (again, again.name) == (nina, "Nina N.")


def test_no_preview_shows_a_link_that_works_and_the_mail_leaves_as_shown(piece, edith, signed_in, links, monkeypatch):
    desk = signed_in(edith)
    said = {"letter": "Dear Nina, take your time.", "heard": 0, **as_now(piece)}
    shown = desk.post(f"/admin{page(piece)}write_author/", {**said, "step": "preview"})
    assert "/link/…/" in shown.text
    assert not re.search(r"/link/\d", shown.text)
    later = timezone.now() + timedelta(days=40)
    monkeypatch.setattr("articles.promises.link", lambda: later)  # a link is new in every mail
    sent = desk.post(f"/admin{page(piece)}write_author/", {**said, "previewed": shown.context["digest"]})
    assert sent.status_code == 302
    assert let_in(links("nina@example.net")[-1]).get(page(piece)).status_code == 200


def test_what_she_declares_makes_an_editors_open_form_stale(piece, edith, links):
    opened = piece.version
    let_in(links("nina@example.net")[0]).post(page(piece, "declare/"), {**DECLARED, "name": "Nina N."})
    first = piece.bylines.get()
    with pytest.raises(StaleText):
        piece.credit(by=edith, version=opened, bylines=[(first.pk, "Nina Novak", "")])
    assert piece.bylines.get().name == "Nina N."


def test_a_draft_begun_without_an_account_asks_nobody_for_consent(client, db):
    client.post("/get-published/new/", {"body": makers.BODY})
    (draft,) = Submission.objects.filter(status="draft")
    assert client.get(page(draft, "consent/")).status_code == 302
