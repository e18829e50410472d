"""The machine of an objection to a decision."""

from comments.guards import decided_it, has_objected, is_too_late, somebody_may_decide
from comments.permissions import asks_guests, decides_appeals, is_party
from comments.workflow.audiences import CONCERNED, GUEST, OBJECTOR
from forum.lib.moves import SAME, Machine, Move, State

APPEAL = Machine(
    "Appeal",
    states={
        "submitted": State("Somebody else is looking at the decision"),
        "reversed": State("Decision reversed"),
        "stands": State("Decision stands"),
    },
    moves={
        "submit": Move(
            "", "submitted", is_party,
            done="objected to the decision",
            unless=[is_too_late, has_objected],
        ),
        "ask_guest": Move(
            "submitted", SAME, asks_guests,
            done="asked a guest to decide",
            unless=[somebody_may_decide], tells=[GUEST],
        ),
        "reverse": Move(
            "submitted", "reversed", decides_appeals,
            label="Reverse the decision", done="reversed the decision",
            unless=[decided_it], tells=[OBJECTOR, CONCERNED],
        ),
        "let_stand": Move(
            "submitted", "stands", decides_appeals,
            label="The decision stands", done="let the decision stand",
            unless=[decided_it], tells=[OBJECTOR],
        ),
    },
)  # fmt: skip
