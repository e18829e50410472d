"""Every move of every machine, by every person, in every state."""

import itertools
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from articles.forms.author.following import OWN_FORMS
from articles.forms.author.writing import WriteForm
from articles.forms.desk.article import CHANGES
from articles.forms.desk.messages import ANSWERS
from articles.forms.desk.safety import SAFETY_FORMS
from articles.forms.desk.submission import DECISIONS
from articles.forms.needed import has_words
from articles.models import Article, Invitation, Submission
from articles.newname import NewName
from articles.signing import digest_of
from articles.workflow import ARTICLE, AUTHORS, MESSAGE, SAFETY, SUBMISSION
from forum.lib.moves import CLOCK, DESK, SCREEN, Guest, IllegalMove, Refused, buttons_for
from forum.pages.models import Holiday
from tests import makers

NOBODY = (IllegalMove, Refused, PermissionDenied, Http404)

# Who may, said a second time on purpose: Sami sent the piece in, Edith handles it, Maggie is managing editor.
SAMI, EDITH, ENO, MAGGIE, CLOCKWORK = "sami", "edith", "eno", "maggie", "clock"
EDITORS = {EDITH, ENO, MAGGIE}
OPEN = ["submitted", "in_review", "with_author", "accepted", "proof", "ready", "published"]
MAY = {
    "submit": {("draft", SAMI)},
    "take_back": {("submitted", SAMI)},
    "take_up": {("submitted", who) for who in EDITORS},
    "assign": {("submitted", MAGGIE)},
    "reassign": {(s, MAGGIE) for s in ("in_review", "with_author", "accepted", "proof", "ready")},
    "put_back": {("in_review", EDITH), ("in_review", MAGGIE)},
    "ask_for_changes": {("in_review", EDITH)},
    "resubmit": {("with_author", SAMI)},
    "extend": {("with_author", SAMI), ("with_author", CLOCKWORK)},
    "call_back": {("with_author", EDITH)},
    "accept": {("in_review", EDITH)},
    "decline": {("submitted", who) for who in EDITORS} | {("in_review", EDITH)},
    "dismiss": {("submitted", who) for who in EDITORS},
    "send_proof": {("accepted", EDITH)},
    "recall_proof": {("proof", EDITH)},
    "request_correction": {("proof", SAMI)},
    "sign_off": {("proof", SAMI)},
    "publish_on_approval": {(s, MAGGIE) for s in ("accepted", "proof")},
    "publish_by_hand": set(),  # nothing was arranged
    "hold_back": {("ready", CLOCKWORK)},
    "unlock": {("ready", EDITH)},
    "revoke": {(s, MAGGIE) for s in ("accepted", "proof", "ready")},
    "publish": {("ready", MAGGIE)},
    "publish_anyway": set(),  # only where the house has the rule: test_publisher.py
    "reschedule": {("published", MAGGIE)},
    "unschedule": {("published", MAGGIE)},
    "write_author": {(s, who) for s in OPEN for who in (EDITH, MAGGIE)} | {("submitted", ENO)},
    "write_editor": {(s, SAMI) for s in OPEN},
    "withdraw": {
        (s, SAMI)
        for s in ("submitted", "in_review", "with_author", "accepted", "proof", "ready", "published")
    },
    "declare": set(),  # of a piece that was commissioned
    "ask_guest": set(),  # where everybody at the desk is too close
    "consent": set(),  # by somebody named as co-author
    "refuse": set(),
    "change_byline": set(),
    "tell_apart": set(),  # where an author has an editor's name: test_namesakes.py
    "identify": set(),  # by a personal link: test_this_is_me.py
    "take_name_off": set(),
    "send_link": set(),  # to somebody invited
    "lapse": {("with_author", CLOCKWORK)},
    "remind": {("with_author", CLOCKWORK), ("proof", CLOCKWORK)},
    "apologise": {(s, CLOCKWORK) for s in ("submitted", "in_review", "accepted", "ready")},
    "postpone": {
        (s, CLOCKWORK) for s in ("submitted", "in_review", "with_author", "accepted", "proof", "ready")
    },
    "reconsider": {(s, MAGGIE) for s in ("declined", "withdrawn", "dismissed")},
    "rename": {(s, MAGGIE) for s in SUBMISSION.states},
}


def arguments(piece, verb, cast):
    """Return what each verb needs beside its actor."""
    if verb == "sign_off":
        return {"digest": digest_of(piece)}
    later = timezone.now() + timedelta(days=5)
    return {
        "assign": {"to": cast["eno"]},
        "reassign": {"to": cast["eno"]},
        "ask_for_changes": {"letter": "Please say who signed.", "due": later},
        "decline": {"letter": "Not for us, with thanks."},
        "revoke": {"letter": "We are sorry."},
        "ask_guest": {"name": "Gil Guest", "email": "gil@example.net"},
        "consent": {"biography": ""},
        "identify": {"invitation": Invitation(submission=piece, person=cast["rosa"])},
        "change_byline": {"name": "Nina N.", "biography": ""},
        "declare": {"byline": {}, "about": {}, "declarations": {}},
        "send_link": {"to": cast["sami"]},
        "write_author": {"letter": "A word in between."},
        "write_editor": {"letter": "May I ask?"},
        "request_correction": {"note": "The second name is misspelt."},
        "publish": {"at": later},
        "publish_anyway": {"at": later, "reason": "Nobody else is at work this week."},
        "hold_back": {"note": "A picture is still being prepared.", "to": cast["maggie"]},
        "reschedule": {"at": later},
        "postpone": {"holiday": Holiday(pk=1, first=timezone.localdate(), last=timezone.localdate(later))},
        "rename": {"name": NewName("Sami Student", "Noor Aziz")},
    }.get(verb, {})


def everybody(cast):
    return {**cast, "clock": CLOCK, "screen": SCREEN, "guest": Guest("guest@example.org", confirmed=True)}


def in_state(state, cast):
    """Bring a piece of Sami's, handled by Edith, to a state."""
    sami, edith, maggie = cast["sami"], cast["edith"], cast["maggie"]
    if state == "declined":
        piece = makers.in_review(sami, edith)
        piece.decline(by=edith, letter="Not for us, with thanks.")
    elif state == "dismissed":
        piece = makers.a_submitted(sami)
        piece.dismiss(by=edith)
    elif state == "withdrawn":
        piece = makers.in_review(sami, edith)
        piece.withdraw(by=sami)
    elif state == "published":
        piece = makers.a_scheduled(sami, edith, maggie)
    else:
        make = {
            "draft": lambda: makers.a_draft(sami),
            "submitted": lambda: makers.a_submitted(sami),
            "in_review": lambda: makers.in_review(sami, edith),
            "with_author": lambda: makers.with_author(sami, edith, points=[("may", "Say when.")]),
            "accepted": lambda: makers.an_accepted(sami, edith),
            "proof": lambda: makers.a_proof(sami, edith),
            "ready": lambda: makers.a_ready(sami, edith),
        }
        piece = make[state]()
    past = timezone.now() - timedelta(minutes=1)
    if piece.due_at:
        piece.record(due_at=past, lapses_at=past, remind_at=past)
    return piece


def outcome(piece, verb, by, cast):
    """Try a verb, then undo it; return the state it led to, or None where it was refused."""
    piece = Submission.objects.get(pk=piece.pk)
    before = piece.status, piece.turn, piece.events.count()
    try:
        with transaction.atomic():
            getattr(piece, verb)(by=by, **arguments(piece, verb, cast))
            fresh = Submission.objects.get(pk=piece.pk)
            event = fresh.events.last()
            assert (event.verb, event.source, event.target) == (verb, before[0], fresh.status)
            raise Undo(fresh.status)
    except Undo as undo:
        return undo.args[0]
    except NOBODY:
        fresh = Submission.objects.values_list("status", "turn").get(pk=piece.pk)
        assert (*fresh, piece.events.count()) == before
        assert piece.status == before[0]
        return None


class Undo(Exception):
    """Rolls a tried verb back."""


PLACES = [
    (SUBMISSION, DESK, DECISIONS, "admin:submission_{}"),
    (SUBMISSION, AUTHORS, OWN_FORMS, "submission_{}"),
    (ARTICLE, DESK, CHANGES, "admin:article_{}"),
    (MESSAGE, DESK, ANSWERS, "admin:message_{}"),
    (SAFETY, DESK, SAFETY_FORMS, "admin:safety_request_{}"),
]
"""Where the buttons of each machine stand, with their forms and the names of their addresses."""


@pytest.mark.parametrize(("machine", "at", "forms", "address"), PLACES)
def test_every_button_has_the_form_and_the_address_that_its_row_promises(machine, at, forms, address):
    assert set(machine.verbs_at(at)) == set(forms)
    assert [reverse(address.format(verb), args=[7]).endswith(f"/7/{verb}/") for verb in forms] == [True] * len(forms)


def test_every_button_stands_at_a_place_we_know():
    known = {(machine.name, at) for machine, at, _, _ in PLACES}
    machines = (SUBMISSION, ARTICLE, MESSAGE, SAFETY)
    assert {(m.name, move.at) for m in machines for move in m.moves.values() if move.label} == known


def test_an_author_finds_a_page_behind_every_button_that_asks_for_words():
    asking = [verb for verb, form in OWN_FORMS.items() if has_words(form) and form is not WriteForm]
    assert [get_template(f"articles/writing/{verb}.html").template.name for verb in asking] == [
        f"articles/writing/{verb}.html" for verb in asking
    ]


@pytest.mark.parametrize(
    ("facts", "states"),
    [
        ({"turn": "desk"}, "submitted in_review accepted ready"),
        ({"turn": "authors"}, "draft with_author proof"),
        ({"under_way": True}, "submitted in_review with_author accepted proof ready"),
        ({"open": True}, "submitted in_review with_author accepted proof ready published"),
        ({"undecided": True}, "submitted in_review with_author"),
        ({"sent_back": True}, "with_author proof"),
        ({"over": True}, "declined dismissed withdrawn"),
        ({"handled": False}, "draft submitted declined dismissed withdrawn"),
        ({"accepted": True}, "accepted proof ready published"),
        ({"accepted": True, "writer": ""}, "proof ready published"),
        ({"approved": True}, "ready published"),
        ({"turn": "desk", "handled": True, "approved": False}, "in_review accepted"),
        ({"counts": False}, "draft dismissed"),
    ],
)
def test_a_state_belongs_to_every_group_whose_facts_are_so_of_it(facts, states):
    assert SUBMISSION.where(**facts) == states.split()


def test_no_state_is_asked_for_by_a_fact_that_nobody_declared():
    with pytest.raises(AttributeError):
        SUBMISSION.where(handeld=True)


WITH_ANOTHER = {"co_sign", "ask_consent", "take_off"}  # made by another verb
VERBS = [verb for verb, move in SUBMISSION.moves.items() if not move.creates and verb not in WITH_ANOTHER]


@pytest.mark.parametrize("state", SUBMISSION.states)
def test_only_the_right_people_make_each_move_in_each_state(state, cast):
    piece = in_state(state, cast)
    assert piece.status == state
    wrong = []
    for verb, (name, by) in itertools.product(VERBS, everybody(cast).items()):
        reached = outcome(piece, verb, by, cast)
        target = SUBMISSION[verb].target
        expected = (state if target == "same" else target) if (state, name) in MAY[verb] else None
        if reached != expected:
            wrong.append((verb, name, reached, expected))
    assert wrong == []


def test_the_table_and_this_page_name_the_same_verbs():
    assert set(VERBS) == set(MAY)


@pytest.mark.parametrize("state", SUBMISSION.states)
def test_buttons_are_offered_exactly_where_the_verb_would_work(state, cast):
    piece = in_state(state, cast)
    for name, by in cast.items():
        offered = {button.verb for button in buttons_for(by, piece) if not button.complaint}
        possible = {verb for verb in MAY if (state, name) in MAY[verb] and SUBMISSION[verb].label}
        assert offered == possible, name


ARTICLE_MAY = {
    "amend": {("published", who) for who in EDITORS},
    "reclassify": {("published", who) for who in EDITORS},
    "retract": {("published", MAGGIE)},
    "remove": {("published", MAGGIE), ("retracted", MAGGIE)},
    "restore": {("retracted", MAGGIE), ("removed", MAGGIE)},
    "announce": {("published", CLOCKWORK)},
    "rename": {(state, MAGGIE) for state in ARTICLE.states},
}


def article_arguments(article, verb):
    return {
        "amend": {"change": "clarification", "note": "We say who signed.", "title": "A promise by day"},
        "reclassify": {
            "kind": article.kind,
            "topics": list(article.topics.all()),
            "regions": list(article.regions.all()),
        },
        "retract": {"notice": "The author has asked us to retract this piece."},
        "remove": {"notice": "This piece was removed."},
        "rename": {"name": NewName("Sami Student", "Noor Aziz")},
    }.get(verb, {})


@pytest.mark.parametrize("state", ARTICLE.states)
def test_only_the_right_people_decide_about_an_article(state, cast):
    article = makers.an_article(cast["sami"], cast["edith"], cast["maggie"])
    if state != "published":
        verb = {"retracted": "retract", "removed": "remove"}[state]
        getattr(article, verb)(by=cast["maggie"], notice="Not ours to print.")
    wrong = []
    for verb, (name, by) in itertools.product(ARTICLE_MAY, everybody(cast).items()):
        fresh = Article.objects.get(pk=article.pk)
        try:
            with transaction.atomic():
                getattr(fresh, verb)(by=by, **article_arguments(fresh, verb))
                raise Undo
        except Undo:
            made = True
        except NOBODY:
            made = False
        if made != ((state, name) in ARTICLE_MAY[verb]):
            wrong.append((verb, name, made))
    assert wrong == []


def test_every_button_of_an_article_is_in_the_table():
    assert {verb for verb, move in ARTICLE.moves.items() if not move.creates} == set(ARTICLE_MAY)
