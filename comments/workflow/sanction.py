"""The machine of what is decided about a writer."""

from comments.guards import holds_already, is_of_the_desk, is_too_close_to_sanctioned
from comments.permissions import bans, is_clock, is_moderator, may_lift, may_reverse
from comments.workflow.audiences import SANCTIONED
from comments.workflow.comment import TAKEN_AWAY
from forum.lib.moves import Machine, Move, State

SANCTIONS = ["warn", "hold_comments", "pause", "ban"]
SANCTIONING = [is_too_close_to_sanctioned, is_of_the_desk, holds_already]

SANCTION = Machine(
    "Sanction",
    states={
        "in_force": State("In force"),
        "lifted": State("Lifted by the editors"),
        "expired": State("Over"),
        "reversed": State("Reversed on objection"),
    },
    moves={
        "warn": Move(
            "", "in_force", is_moderator,
            done="warned its writer",
            unless=SANCTIONING, tells=[SANCTIONED], waits=True,
        ),
        "hold_comments": Move(
            "", "in_force", is_moderator,
            done="let the editors read the writer’s comments before they appear",
            unless=SANCTIONING, tells=[SANCTIONED], waits=True,
        ),
        "pause": Move(
            "", "in_force", is_moderator,
            done="kept its writer from writing for a time",
            unless=SANCTIONING, tells=[SANCTIONED], waits=True,
        ),
        "ban": Move(
            "", "in_force", bans,
            done="banned its writer",
            unless=SANCTIONING, tells=[SANCTIONED], waits=True,
        ),
        "lift": Move(
            "in_force", "lifted", may_lift,
            label="Lift", done="lifted it",
            unless=[is_too_close_to_sanctioned], tells=[SANCTIONED], after=SANCTIONS,
        ),
        "expire": Move(
            "in_force", "expired", is_clock,
            done="its time was over",
            tells=[SANCTIONED], after=SANCTIONS,
        ),
        "reverse": Move(
            "in_force lifted expired", "reversed", may_reverse,
            done="reversed on objection",
            unless=[is_too_close_to_sanctioned], tells=[SANCTIONED], after=[*SANCTIONS, "lift", "expire"],
        ),
    },
)  # fmt: skip
RESTRICTIVE = [*TAKEN_AWAY, *SANCTIONS]
