"""Every move, everybody, every state, against a table written by hand."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from comments.models import Appeal, Comment, ReportCase
from comments.workflow import APPEAL, COMMENT, REPORT_CASE, SANCTION, WORD_LIST, WRITER
from forum.lib.moves import CLOCK, SCREEN, Guest, IllegalMove, Refused
from tests.comments.making import COMMENTS_IN, a_comment, a_removed, a_report, a_reported

MODERATORS = {"mina", "edith", "eno", "maggie"}
CLOSE = {"essayist"}
DECIDE = MODERATORS | CLOSE
REFUSED = CLOSE | {"screen"}  # it hides nothing that a moderator has read and approved

WRITERS = ["edit", "edit_to_wait", "reword", "withdraw"]
WHO = dict.fromkeys(COMMENT.moves, DECIDE) | {verb: {"rosa"} for verb in WRITERS} | {"hide": DECIDE | {"screen"}}
WHO["invite"] = {"edith", "eno", "maggie"}
PUBLIC = {"published", "reported"}
FROM = {
    "approve": {"pending", "reworded"},
    "approve_and_trust": {"pending", "reworded"},
    "keep": PUBLIC,
    "hide": PUBLIC,
    "restore": {"hidden", "rewording", "removed", "spam"},
    "restore_to_wait": {"hidden", "rewording", "removed", "spam"},
    "ask_to_reword": {"pending", "reworded", *PUBLIC},
    "remove": {"pending", "reworded", "hidden", "rewording", *PUBLIC},
    "mark_spam": {"pending", "reworded", "hidden", "rewording", *PUBLIC},
    "edit": {"pending", "reworded", *PUBLIC},
    "edit_to_wait": PUBLIC,
    "reword": {"hidden", "rewording"},
    "invite": {"hidden", "rewording", *PUBLIC},
    "withhold": PUBLIC,
    "withdraw": {"pending", "reworded", "hidden", "rewording", *PUBLIC},
}
READ = {(verb, state) for verb in ["edit", "edit_to_wait"] for state in ["published", "reported", "reworded"]}
READ |= {("withhold", state) for state in PUBLIC}
COMPLAINTS = {("keep", "published"), ("reword", "hidden"), ("invite", "hidden"), ("invite", "rewording"), *READ}
MOVES = [verb for verb, move in COMMENT.moves.items() if not move.creates]


class _Undone(Exception):
    pass


@pytest.fixture
def everybody(cast, sami):
    """The cast, a moderator who wrote the essay, a guest and the machines."""
    sami.groups.add(cast["mina"].groups.get())
    essayist = User.objects.get(pk=sami.pk)
    others = {name: person for name, person in cast.items() if name != "sami"}
    return others | {"essayist": essayist, "guest": Guest("g@example.org"), "clock": CLOCK, "screen": SCREEN}


def attempt(thing, verb, by):
    """Return what came of a move, and leave everything as it was."""
    thing = type(thing).objects.get(pk=thing.pk)
    try:
        with transaction.atomic():
            with thing.moving(verb, by=by):
                if thing.status == "published" and isinstance(thing, Comment):
                    thing._appear()
            raise _Undone
    except (PermissionDenied, IllegalMove, Refused) as refusal:
        return type(refusal)
    except _Undone:
        return "done"


def test_the_table_above_names_every_move():
    assert set(FROM) == set(MOVES)


@pytest.mark.parametrize("state", COMMENTS_IN)
def test_a_comment_moves_as_the_table_says(state, article, rosa, mina, everybody):
    comment = COMMENTS_IN[state](article, rosa, mina)
    for verb in MOVES:
        for name, person in everybody.items():
            may, legal = name in WHO[verb], state in FROM[verb]
            if not may:
                expected = PermissionDenied
            elif not legal:
                expected = IllegalMove
            else:
                expected = Refused if name in REFUSED or (verb, state) in COMPLAINTS else "done"
            assert attempt(comment, verb, person) == expected, (verb, name)


def test_every_button_of_a_writer_has_the_address_that_its_row_promises():
    verbs = COMMENT.verbs_at(WRITER)
    assert [reverse(f"{verb}_comment", args=[7]) for verb in verbs] == [f"/comments/7/{verb}/" for verb in verbs]


@pytest.mark.parametrize("state", REPORT_CASE.states)
def test_reports_are_settled_as_the_table_says(state, article, rosa, mina, everybody):
    case = a_reported(article, rosa, mina).open_case
    ReportCase.objects.filter(pk=case.pk).update(status=state)
    who = {"remove": DECIDE, "keep": DECIDE, "lapse": {"rosa"}, "reopen": DECIDE}
    for verb, those in who.items():
        for name, person in everybody.items():
            may = name in those
            if not may:
                expected = PermissionDenied
            elif state not in ({"removed", "kept"} if verb == "reopen" else {"open"}):
                expected = IllegalMove
            else:
                expected = Refused if name in CLOSE else "done"
            assert attempt(case, verb, person) == expected, (verb, name)


@pytest.mark.parametrize("state", APPEAL.states)
def test_objections_are_decided_as_the_table_says(state, article, rosa, mina, everybody):
    ruling = a_removed(article, rosa, mina).ruling
    appeal = Appeal.submit(ruling, by=rosa, words="It is about the argument.")
    Appeal.objects.filter(pk=appeal.pk).update(status=state)
    for verb in ["reverse", "let_stand"]:
        for name, person in everybody.items():
            may = name in DECIDE
            if not may:
                expected = PermissionDenied
            elif state != "submitted":
                expected = IllegalMove
            else:
                expected = Refused if name in CLOSE | {"mina"} else "done"
            assert attempt(appeal, verb, person) == expected, (verb, name)


def test_only_members_write(article, everybody):
    for name, person in everybody.items():
        if isinstance(person, User):
            posted = a_comment(article, person)
            assert posted.status == ("published" if person.is_moderator else "pending"), name


@pytest.mark.parametrize("by", [CLOCK, SCREEN], ids=["clock", "screen"])
def test_machines_report_nothing(by, article, rosa, mina):
    comment = a_reported(article, rosa, mina)
    with pytest.raises((PermissionDenied, AttributeError)):
        a_report(comment, by=by)


def test_every_move_is_said_in_the_past_tense_for_those_who_come_late():
    for machine in (COMMENT, REPORT_CASE, APPEAL, SANCTION, WORD_LIST):
        assert all(move.done for move in machine.moves.values())
