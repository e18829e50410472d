"""A desk of one: where everybody is too close to a piece, a guest decides, and nobody presses for her."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from articles import clock
from articles.models import Conflict, Kind, Submission, Topic
from articles.permissions import may_write
from articles.signing import digest_of
from articles.story import story
from forum.lib.moves import Refused
from tests import makers
from tests.articles.test_links import let_in, links, page
from tests.articles.test_workflow import outcome
from tests.opened import as_now

__all__ = ["links"]  # a fixture
GIL = "gil@example.net"

# Who may make which moves in which state of Maggie's own piece, where she is the only editor: Gil is the guest.
MAY = {
    "submitted": {("ada", "ask_guest"), ("maggie", "ask_guest"), ("maggie", "take_back"), ("maggie", "withdraw")},
    "in_review": {
        *(("gil", verb) for verb in ("accept", "ask_for_changes", "decline", "put_back")),
        ("maggie", "withdraw"),
        ("ada", "ask_guest"),
    },
    "with_author": {
        *(("maggie", verb) for verb in ("resubmit", "extend", "withdraw")),
        ("gil", "call_back"),
    },
    "accepted": {*(("maggie", verb) for verb in ("send_proof", "withdraw"))},
    "proof": {
        *(("maggie", verb) for verb in ("recall_proof", "request_correction", "sign_off", "withdraw")),
    },
    "ready": {*(("maggie", verb) for verb in ("unlock", "publish", "withdraw"))},
    "published": {*(("maggie", verb) for verb in ("reschedule", "unschedule", "withdraw"))},
    "declined": set(),
}
VERBS = sorted({verb for allowed in MAY.values() for _, verb in allowed} | {"take_up", "assign", "reassign", "revoke",
    "reconsider", "dismiss"})  # fmt: skip


@pytest.fixture
def piece(maggie):
    """A piece of Maggie's, who is the only editor there is."""
    return makers.a_submitted(maggie, title="xqownzz", body="<p>xqbodyzz</p>")


def asked(piece, by):
    piece.ask_guest(by=by, name="Gil Guest", email=GIL)
    return piece.guest


def accepted(piece, by):
    piece.accept(by=asked(piece, by), letter="I like xqletterzz.")
    piece.classify(kind=Kind.objects.get(slug="essay"), topics=[Topic.objects.first()], regions=[])


STEPS = [
    ("submitted", lambda piece, maggie: None),
    ("in_review", asked),
    ("with_author", lambda piece, maggie: piece.ask_for_changes(
        by=asked(piece, maggie), letter="Who?", due=timezone.now() + timedelta(days=9))),
    ("declined", lambda piece, maggie: piece.decline(by=asked(piece, maggie), letter="Not for us.")),
    ("accepted", accepted),
    ("proof", lambda piece, maggie: (accepted(piece, maggie), piece.send_proof(by=maggie))),
    ("ready", lambda piece, maggie: (
        accepted(piece, maggie), piece.send_proof(by=maggie), piece.sign_off(by=maggie, digest=digest_of(piece)))),
    ("published", lambda piece, maggie: (
        accepted(piece, maggie), piece.send_proof(by=maggie), piece.sign_off(by=maggie, digest=digest_of(piece)),
        piece.publish(by=maggie, at=timezone.now() + timedelta(days=3)))),
]  # fmt: skip


@pytest.mark.parametrize(("state", "bring"), STEPS)
def test_a_guest_decides_and_the_only_editor_does_what_is_clerical(state, bring, piece, maggie, ada, mina, rosa):
    bring(piece, maggie)
    assert piece.status == state
    people = {"maggie": maggie, "ada": ada, "mina": mina, "rosa": rosa}
    people |= {"gil": piece.guest} if piece.guest else {}
    cast = {**people, "eno": maggie, "sami": maggie}
    made = {
        (name, verb)
        for name, by in people.items()
        for verb in VERBS
        if outcome(Submission.objects.get(pk=piece.pk), verb, by, cast)
    }
    assert made == MAY[state]
    assert may_write(maggie, piece) == (state in ("with_author", "accepted"))
    on_desk = Submission.objects.on_desk(maggie).filter(pk=piece.pk).exists()
    assert on_desk == (state in ("accepted", "proof", "ready", "published"))


def test_a_guest_reads_and_accepts_by_her_link_and_it_is_printed_as_such(piece, maggie, links, client):
    client.force_login(maggie)
    assert "Ask a guest" in client.get("/admin/").text
    shown = client.get(page(piece)).text
    assert "Everybody at the desk is too close" in shown
    client.post(f"/admin/guests/{piece.code}/", {"name": "Gil Guest", "email": GIL})
    gil = let_in(links(GIL)[0])
    read = gil.get(page(piece, "read/"))
    assert "xqbodyzz" in read.text
    assert gil.get(page(piece)).headers["Location"] == page(piece, "read/")
    assert gil.get(page(piece, "write/")).status_code == 302
    due = timezone.localdate() + timedelta(9)
    points = {"point_1": "Name the signers.", "weight_1": "may"}
    gil.post(page(piece, "read/ask_for_changes/"), {"letter": "Who signed?", "due": due, **points, **as_now(piece)})
    assert str(piece.letters.get().points.get()) == "1. (may) Name the signers."
    Submission.objects.get().resubmit(by=maggie)
    assert len(links(GIL)) == 2
    gil.post(page(piece, "read/accept/"), {"letter": "Yes.", **as_now(piece)})
    piece = Submission.objects.get()
    assert (piece.status, piece.editor) == ("accepted", maggie)
    assert gil.get(page(piece, "read/")).status_code == 302
    assert "A guest editor accepted the piece." in [told.sentence for told in story(piece, maggie)]
    assert GIL not in str([(letter.body, letter.reply_to) for letter in mail.outbox if letter.to == [maggie.email]])
    assert "Gil Guest (a guest)" in client.get(f"/admin{page(piece)}").text
    piece.classify(kind=Kind.objects.get(slug="essay"), topics=[Topic.objects.first()], regions=[])
    piece.send_proof(by=maggie)
    piece.sign_off(by=maggie, digest=digest_of(piece))
    piece.publish(by=maggie)
    assert piece.events.last().detail == {"nobody_else_eligible": True}


def test_a_guest_declines_with_a_strength_and_something_to_improve_and_loses_nothing(piece, maggie, links):
    asked(piece, maggie)
    gil = let_in(links(GIL)[0])
    half = {"letter": "Not for us.", "strength": "A clear question.", "improve": "", "invited": "no", **as_now(piece)}
    answer = gil.post(page(piece, "read/decline/"), half)
    assert "Say one thing that would make it stronger." in answer.text
    assert "A clear question." in answer.text
    gil.post(page(piece, "read/decline/"), {**half, "improve": "Say who signed."})
    letter = Submission.objects.get().letters.get()
    assert "What we liked: A clear question." in letter.text
    assert "What would make it stronger: Say who signed." in letter.text
    assert not letter.invited


def test_what_a_conflicted_editor_may_not_see_stays_hidden_while_a_guest_decides(maggie, edith, sami, client, links):
    piece = makers.a_submitted(sami, title="xqtitlezz", body="<p>xqbodyzz</p>")
    for editor in (edith, maggie):
        Conflict.declare(piece, by=editor, reason="xqreasonzz")
    for state in ("submitted", "in_review"):
        for editor in (edith, maggie):
            client.force_login(editor)
            lists = ("/admin/", "/admin/submissions/", "/admin/submissions/?q=xqtitle")
            pages = [client.get(path).text for path in lists]
            assert not [text for text in pages if "xqtitlezz" in text]
            assert client.get(f"/admin{page(piece)}").status_code == 404
        asks = client.get(f"/admin/guests/{piece.code}/").text
        assert not [word for word in ("xqtitlezz", "xqbodyzz", "xqreasonzz", sami.name) if word in asks]
        if state == "submitted":
            asked(piece, maggie)
    with pytest.raises(Refused, match="was asked already"):
        piece.ask_guest(by=maggie, name="Another", email="another@example.net")


def test_a_guest_is_asked_only_where_nobody_at_the_desk_can_decide(piece, maggie, edith, sami):
    with pytest.raises(Refused, match="can decide"):
        asked(piece, maggie)
    Conflict.declare(piece, by=edith)
    with pytest.raises(Refused, match="too close"):
        piece.ask_guest(by=maggie, name="Edith", email=edith.email)
    assert asked(piece, maggie) == piece.guest


def test_the_administrator_is_told_once_that_nobody_may_decide(piece, ada, edith, sami, work):
    clock.tell_of_no_judges()
    work()
    assert not [letter for letter in mail.outbox if letter.to == [ada.email]]
    Conflict.declare(piece, by=edith)
    for _ in range(2):
        clock.tell_of_no_judges()
    work()
    told = [letter for letter in mail.outbox if letter.to == [ada.email]]
    assert len(told) == 1
    assert f"/admin/guests/{piece.code}/" in told[0].body
    assert "xqownzz" not in told[0].body + told[0].subject


def test_whoever_steps_aside_last_is_told_what_follows(edith, sami, client):
    piece = makers.a_submitted(sami)
    client.force_login(edith)
    assert "Nobody else at the desk could decide" in client.get(f"/admin{page(piece)}conflict/").text


def test_an_author_who_writes_never_learns_who_decides(maggie, edith, sami, links):
    piece = makers.a_submitted(sami)
    for editor in (edith, maggie):
        Conflict.declare(piece, by=editor)
    asked(piece, maggie)
    piece.write_editor(by=sami, letter="May I ask?")
    links(GIL)
    (told,) = [letter for letter in mail.outbox if letter.to == [GIL] and "News of" in letter.subject]
    assert sami.email not in told.reply_to
    assert "has written to the editors" in told.body
