"""The machines of the discussion: every state and every legal move."""

from comments.guards import (
    decided_it,
    has_objected,
    is_closed,
    is_not_shown,
    is_too_close,
    is_too_close_to_reported,
    is_too_late,
    is_unreported,
    was_kept,
    was_not_asked,
)
from comments.permissions import (
    is_anyone,
    is_member,
    is_moderator,
    is_party,
    is_reported_writer,
    is_writer,
    may_restore,
    posts_at_once,
)
from forum.lib.moves import SAME, Machine, Move

WRITER, REPORTERS, OBJECTOR = "writer", "reporters", "objector"

COMMENT = Machine(
    "Comment",
    states={
        "pending": "Waiting to be read by the editors",
        "published": "Published",
        "hidden": "Hidden",
        "removed": "Removed by the editors",
        "spam": "Removed as spam",
        "withdrawn": "Withdrawn by its writer",
    },
    moves={
        "post": Move("", "published", posts_at_once, done="posted", unless=[is_closed]),
        "hold": Move("", "pending", is_member, done="posted; waits to be read", unless=[is_closed]),
        "approve": Move(
            "pending",
            "published",
            is_moderator,
            label="Approve",
            done="approved",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "approve_and_trust": Move(
            "pending",
            "published",
            is_moderator,
            label="Approve, and trust this person",
            done="approved, and trusted the writer from now on",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "keep": Move(
            "published",
            SAME,
            is_moderator,
            label="Keep",
            done="kept after a report",
            unless=[is_too_close, is_unreported],
        ),
        "hide": Move(
            "published",
            "hidden",
            is_moderator,
            label="Hide for 48 hours",
            done="hidden for 48 hours",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "restore": Move(
            "hidden removed spam",
            "published",
            may_restore,
            label="Put back",
            done="put back",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "ask_to_reword": Move(
            "pending published",
            "hidden",
            is_moderator,
            label="Ask to reword",
            done="hidden until its writer rewords it",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "remove": Move(
            "pending published hidden",
            "removed",
            is_moderator,
            label="Remove",
            done="removed",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "mark_spam": Move(
            "pending published hidden",
            "spam",
            is_moderator,
            label="Spam",
            done="removed as spam",
            unless=[is_too_close],
            tells=[WRITER],
        ),
        "reword": Move(
            "hidden",
            "pending",
            is_writer,
            label="Reword",
            done="reworded by its writer",
            unless=[was_not_asked],
        ),
        "withdraw": Move(
            "pending published hidden",
            "withdrawn",
            is_writer,
            label="Withdraw",
            done="withdrawn by its writer",
        ),
    },
)

REPORT_CASE = Machine(
    "ReportCase",
    states={
        "open": "We have your report",
        "removed": "Comment removed",
        "kept": "Comment stays",
        "moot": "The comment was withdrawn by its writer",
    },
    moves={
        "open": Move("", "open", is_anyone, done="reported", unless=[is_not_shown, was_kept]),
        "remove": Move(
            "open",
            "removed",
            is_moderator,
            done="the comment was removed",
            unless=[is_too_close_to_reported],
            tells=[REPORTERS],
        ),
        "keep": Move(
            "open",
            "kept",
            is_moderator,
            done="the comment stays",
            unless=[is_too_close_to_reported],
            tells=[REPORTERS],
        ),
        "lapse": Move(
            "open",
            "moot",
            is_reported_writer,
            done="the comment was withdrawn by its writer",
            tells=[REPORTERS],
        ),
    },
)

APPEAL = Machine(
    "Appeal",
    states={
        "submitted": "Somebody else is looking at the decision",
        "reversed": "Decision reversed",
        "stands": "Decision stands",
    },
    moves={
        "submit": Move(
            "", "submitted", is_party, done="objected to the decision", unless=[is_too_late, has_objected]
        ),
        "reverse": Move(
            "submitted",
            "reversed",
            is_moderator,
            label="Reverse the decision",
            done="reversed the decision",
            unless=[decided_it],
            tells=[OBJECTOR],
        ),
        "let_stand": Move(
            "submitted",
            "stands",
            is_moderator,
            label="The decision stands",
            done="let the decision stand",
            unless=[decided_it],
            tells=[OBJECTOR],
        ),
    },
)
