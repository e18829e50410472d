"""The machine of a comment."""

from dataclasses import dataclass

from comments.guards import (
    answers_nothing_shown,
    goes_by_the_authors_name,
    has_left,
    has_no_earlier_wording,
    is_below_nothing,
    is_closed,
    is_nameless,
    is_out_of_sight,
    is_past_editing,
    is_paused,
    is_too_close,
    is_unreported,
    speaks_as_author,
    was_answered,
    was_decided,
    was_hidden_already,
    was_not_asked,
    was_read_already,
    was_reported,
    was_reversed,
)
from comments.permissions import (
    is_editor,
    is_member,
    is_moderator,
    is_writer,
    may_hide,
    may_remove,
    may_restore,
)
from comments.workflow.audiences import WRITER
from forum.lib.moves import GRAVE, MAIN, SAME, Machine, Move, State

TAKEN_AWAY = ["hide", "ask_to_reword", "remove", "mark_spam"]
POSTING = [is_closed, is_nameless, goes_by_the_authors_name, is_paused, answers_nothing_shown]
EDITING = [is_past_editing, was_answered, was_reported, was_decided, is_paused]


@dataclass(frozen=True)
class Reading(State):
    """How a comment stands: whether the editors keep it back, by a decision against it, for good."""

    kept_back: bool = False
    decided: bool = False
    gone: bool = False


COMMENT = Machine(
    "Comment",
    states={
        "pending": Reading("Waiting to be read by the editors", kept_back=True),
        "published": Reading("Published"),
        "hidden": Reading("Hidden", kept_back=True, decided=True),
        "removed": Reading("Removed by the editors", kept_back=True, decided=True, gone=True),
        "spam": Reading("Removed as spam", kept_back=True, decided=True, gone=True),
        "withdrawn": Reading("Withdrawn by its writer"),
    },
    moves={
        "post": Move("", "published", is_member, done="posted", unless=POSTING),
        "hold": Move("", "pending", is_member, done="posted; waits to be read", unless=POSTING),
        "edit": Move(
            "pending published", SAME, is_writer,
            label="Edit", at=WRITER, done="edited by its writer",
            unless=EDITING,
        ),
        "edit_to_wait": Move(
            "published", "pending", is_writer,
            done="edited by its writer; waits to be read",
            unless=EDITING,
        ),
        "approve": Move(
            "pending", "published", is_moderator,
            label="Approve", tone=MAIN, key="a", done="approved",
            unless=[is_too_close, is_below_nothing], tells=[WRITER],
        ),
        "approve_and_trust": Move(
            "pending", "published", is_moderator,
            label="Approve, and trust this person", done="approved, and trusted the writer from now on",
            unless=[is_too_close, is_below_nothing], tells=[WRITER],
        ),
        "keep": Move(
            "published", SAME, is_moderator,
            label="Keep", tone=MAIN, key="a", done="kept after a report",
            unless=[is_too_close, is_unreported],
        ),
        "hide": Move(
            "published", "hidden", may_hide,
            label="Hide for 48 hours", key="h", done="hidden for 48 hours",
            unless=[is_too_close, was_hidden_already, was_read_already, was_reversed], tells=[WRITER],
            waits=True,
        ),
        "restore": Move(
            "hidden removed spam", "published", may_restore,
            label="Put back", key="a", done="put back",
            unless=[is_too_close, was_reversed], tells=[WRITER], waits=True, after=TAKEN_AWAY,
        ),
        "restore_to_wait": Move(
            "hidden removed spam", "pending", is_moderator,
            done="put back to wait to be read",
            unless=[is_too_close, was_reversed], tells=[WRITER], waits=True, after=TAKEN_AWAY,
        ),
        "ask_to_reword": Move(
            "pending published", "hidden", is_moderator,
            label="Ask to reword", done="hidden until its writer rewords it",
            unless=[is_too_close, is_below_nothing, was_reversed], tells=[WRITER], waits=True,
        ),
        "mark_spam": Move(
            "pending published hidden", "spam", is_moderator,
            label="Spam", tone=GRAVE, done="removed as spam",
            unless=[is_too_close, was_reversed], tells=[WRITER], waits=True,
        ),
        "remove": Move(
            "pending published hidden", "removed", may_remove,
            label="Remove", tone=GRAVE, key="r", done="removed",
            unless=[is_too_close, was_reversed], tells=[WRITER], waits=True,
        ),
        "withhold": Move(
            "published", SAME, is_moderator,
            done="took its earlier wordings out of sight",
            unless=[is_too_close, has_no_earlier_wording], tells=[WRITER],
        ),
        "reword": Move(
            "hidden", "pending", is_writer,
            label="Reword", at=WRITER, done="reworded by its writer",
            unless=[was_not_asked],
        ),
        "withdraw": Move(
            "pending published hidden", "withdrawn", is_writer,
            label="Withdraw", at=WRITER, done="withdrawn by its writer",
        ),
        "invite": Move(
            "published hidden", SAME, is_editor,
            done="made into a letter, for which its writer was asked",
            unless=[is_too_close, is_out_of_sight, speaks_as_author, has_left], quiet=True,
        ),
    },
)  # fmt: skip
