"""Who hears of what happens to a piece: every author who agreed, and the editor whose hands it leaves or comes to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import clock
from articles.models import Conflict, Submission
from articles.signing import digest_of
from forum.lib.moves import CLOCK
from forum.pages.models import Holiday
from tests import makers
from tests.articles.test_co_authors import NINA, OLA, brought_to
from tests.articles.test_links import let_in, links, page

__all__ = ["links"]  # a fixture
GIL = "gil@example.net"


@pytest.fixture
def heard(work, mailoutbox):
    """Return who was written to since the last call, and the beginnings of the subjects."""
    count = 0

    def letters():
        nonlocal count
        work()
        new, count = mailoutbox[count:], len(mailoutbox)
        return sorted((letter.to[0], letter.subject.partition(" “")[0]) for letter in new)

    return letters


def agreed(state):
    """Return who of Sami's co-authors has agreed in a state that `brought_to` makes."""
    return [NINA, OLA] if state in ("proof", "ready") else [NINA]


PROMISED = {
    "in_review": "a decision", "accepted": "the proof", "ready": "the day of publication",
}  # fmt: skip


@pytest.mark.parametrize("state", PROMISED)
def test_every_author_who_agreed_is_told_that_the_desk_is_late(state, sami, edith, maggie, heard, links, mailoutbox):
    piece = brought_to(state, sami, edith, maggie)
    heard()
    piece.record(due_at=timezone.now() - timedelta(days=3))
    for _ in range(2):
        clock.apologise_due()
    others = [(address, "The editors are late with") for address in agreed(state)]
    assert heard() == sorted([(sami.email, "We are late with"), *others])
    told = next(letter.body for letter in mailoutbox if letter.to == [NINA] and "late with" in letter.subject)
    assert f"We had promised {PROMISED[state]} for “What the harbour owes”" in told
    assert f"we now promise it by {Submission.objects.get().due}." in told
    assert let_in(links(NINA)[-1]).get(page(piece)).status_code == 200


@pytest.mark.parametrize("state", ["in_review", "with_author", "accepted", "proof", "ready"])
def test_every_author_who_agreed_is_told_that_a_holiday_moves_a_date(state, sami, edith, maggie, heard, mailoutbox):
    piece = brought_to(state, sami, edith, maggie)
    if state == "proof":
        piece.sign_off(by=piece.bylines.get(email=NINA).person, digest=digest_of(piece))
    today = timezone.localdate()
    piece.record(due_at=timezone.now() + timedelta(days=5))
    heard()
    holiday = Holiday.objects.create(first=today + timedelta(days=4), last=today + timedelta(days=9))
    everybody = [*agreed(state), sami.email]
    assert heard() == sorted((address, "A new date for") for address in everybody)
    told = next(letter.body for letter in mailoutbox if letter.to == [NINA] and "A new date" in letter.subject)
    assert holiday.sentence in told
    assert Submission.objects.get().due in told


def test_the_first_authors_own_time_stays_between_her_and_the_desk(sami, edith, maggie, heard):
    piece = brought_to("with_author", sami, edith, maggie)
    heard()
    piece.extend(by=sami)
    assert heard() == [(sami.email, "More time for")]


OVER = {
    "withdraw": ("in_review", "is withdrawn"),
    "lapse": ("with_author", "is set aside"),
    "revoke": ("accepted", "is not published after all"),
}


def ended(piece, verb, sami, maggie):
    """Let a piece end by a move that its handling editor does not make."""
    said = {"revoke": {"by": maggie, "letter": "We erred."}, "lapse": {"by": CLOCK}}.get(verb, {"by": sami})
    getattr(piece, verb)(**said)


@pytest.mark.parametrize("verb", OVER)
def test_an_editor_hears_of_the_end_of_what_she_handles(verb, sami, edith, maggie, work, mailoutbox):
    state, subject = OVER[verb]
    piece = brought_to(state, sami, edith, maggie)
    ended(piece, verb, sami, maggie)
    work()
    told = [letter for letter in mailoutbox if letter.to == [edith.email]]
    assert [letter.subject for letter in told] == [f"“What the harbour owes” {subject}"]
    assert edith.email not in told[0].reply_to


def test_who_ends_or_takes_up_again_what_she_handles_herself_hears_nothing_of_it(sami, maggie, work, mailoutbox):
    piece = makers.an_accepted(sami, maggie)
    piece.revoke(by=maggie, letter="We erred.")
    piece.reconsider(by=maggie)
    work()
    assert [letter for letter in mailoutbox if letter.to == [maggie.email]] == []


def test_an_editor_hears_that_a_piece_is_hers_again(sami, edith, maggie, work, mailoutbox):
    piece = makers.in_review(sami, edith)
    piece.decline(by=edith, letter="Not for us.")
    piece.reconsider(by=maggie)
    work()
    (letter,) = [letter for letter in mailoutbox if letter.to == [edith.email]]
    assert (letter.subject, letter.reply_to) == ("Yours to handle again: “A promise at night”", [maggie.email])
    assert f"by {piece.due}." in letter.body


@pytest.fixture
def with_guest(sami, edith, maggie):
    """A piece of Sami's on which Gil decides as a guest, because Edith and Maggie are too close to it."""
    piece = makers.a_submitted(sami)
    for editor in (edith, maggie):
        Conflict.declare(piece, by=editor)
    piece.ask_guest(by=maggie, name="Gil Guest", email=GIL)
    return piece


def test_who_sees_a_guests_piece_into_print_hears_that_it_is_hers(with_guest, maggie, edith, work, mailoutbox):
    with_guest.accept(by=with_guest.guest, letter="I like it.")
    work()
    (letter,) = [letter for letter in mailoutbox if letter.to == [maggie.email]]
    assert letter.subject == "Yours to see into print: “A promise at night”"
    assert GIL not in letter.body + str(letter.reply_to)
    assert [letter for letter in mailoutbox if letter.to == [edith.email]] == []


def test_an_acceptance_hands_nothing_to_whoever_handles_the_piece_since(sami, edith, eno, maggie, work, mailoutbox):
    piece = makers.an_accepted(sami, edith)
    piece.reassign(by=maggie, to=eno)
    work()
    assert [letter.subject for letter in mailoutbox if letter.to == [eno.email]] == [
        "Yours to handle: “A promise at night”"
    ]


@pytest.mark.parametrize("how", ["ask_guest", "lapse"])
def test_a_guest_hears_that_there_is_nothing_left_for_her_to_do(how, with_guest, ada, sami, maggie, work, mailoutbox):
    gil, past = with_guest.guest, timezone.now() - timedelta(days=40)
    if how == "lapse":
        with_guest.ask_for_changes(by=gil, letter="Who signed?", due=past)
        with_guest.lapse(by=CLOCK)
    else:
        with_guest.ask_guest(by=ada, name="Gus Guest", email="gus@example.net")
    work()
    told = [letter for letter in mailoutbox if letter.to == [GIL] and "News of" in letter.subject]
    assert ["there is nothing left for you to do." in letter.body for letter in told] == [True]
    assert "gus@example.net" not in told[0].body + str(told[0].reply_to)


def test_a_guest_who_is_asked_once_more_is_not_told_that_somebody_else_was(with_guest, ada, work, mailoutbox):
    with_guest.ask_guest(by=ada, name="Gil Guest", email=GIL)
    work()
    assert [letter.subject.partition(" “")[0] for letter in mailoutbox if letter.to == [GIL]] == [
        "Would you decide on", "Would you decide on"
    ]  # fmt: skip


def test_a_step_its_author_has_undone_promises_nobody_anything(sami, edith, heard):
    draft = makers.a_draft(sami)
    draft.bylines.name_others([("Nina Novak", NINA)])
    draft.submit(by=sami)
    draft.take_back(by=sami)
    assert heard() == [(NINA, "Are you one of the authors? A question from International Affairs Forum")]
    draft.submit(by=sami)
    draft.take_up(by=edith)
    draft.write_editor(by=sami, letter="There is a table to come.")
    draft.withdraw(by=sami)
    assert heard() == [
        (edith.email, "A message from the author of"),
        (edith.email, "“A promise at night” is withdrawn"),
        (sami.email, "“A promise at night” is withdrawn"),
    ]
