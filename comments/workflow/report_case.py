"""The machine of the reports about a comment."""

from dataclasses import dataclass

from comments.guards import is_not_shown, is_own, is_too_close_to_reported, was_kept, was_replaced
from comments.permissions import is_anyone, is_reported_writer, may_settle
from comments.workflow.audiences import MODERATORS, REPORTERS
from forum.lib.moves import SAME, Machine, Move, State


@dataclass(frozen=True)
class Finding(State):
    """What those who reported are told: whether the editors have decided."""

    decided: bool = False


REPORT_CASE = Machine(
    "ReportCase",
    states={
        "open": Finding("We have your report"),
        "removed": Finding("Comment removed", decided=True),
        "kept": Finding("Comment stays", decided=True),
        "moot": Finding("The comment was withdrawn by its writer"),
    },
    moves={
        "open": Move(
            "", "open", is_anyone,
            done="reported",
            unless=[is_own, is_not_shown, was_replaced, was_kept], tells=[MODERATORS],
        ),
        "worsen": Move("open", SAME, is_anyone, done="reported for a worse reason", tells=[MODERATORS]),
        "remove": Move(
            "open", "removed", may_settle,
            done="the comment was removed",
            unless=[is_too_close_to_reported], tells=[REPORTERS], waits=True,
        ),
        "keep": Move(
            "open", "kept", may_settle,
            done="the comment stays",
            unless=[is_too_close_to_reported], tells=[REPORTERS], waits=True,
        ),
        "reopen": Move(
            "removed kept", "open", may_settle,
            done="the decision was put back before anybody was told",
            unless=[is_too_close_to_reported],
        ),
        "lapse": Move(
            "open", "moot", is_reported_writer,
            done="the comment was withdrawn by its writer",
            tells=[REPORTERS],
        ),
    },
)  # fmt: skip
