"""The machines of the discussion: every state and every legal move."""

from dataclasses import dataclass

from comments.guards import (
    answers_nothing_shown,
    decided_it,
    goes_by_the_authors_name,
    has_left,
    has_no_earlier_wording,
    has_no_words,
    has_objected,
    holds_already,
    is_below_nothing,
    is_closed,
    is_nameless,
    is_not_shown,
    is_of_the_desk,
    is_out_of_sight,
    is_own,
    is_past_editing,
    is_paused,
    is_too_close,
    is_too_close_to_reported,
    is_too_close_to_sanctioned,
    is_too_late,
    is_unreported,
    somebody_may_decide,
    speaks_as_author,
    was_answered,
    was_decided,
    was_hidden_already,
    was_kept,
    was_not_asked,
    was_read_already,
    was_replaced,
    was_reported,
    was_reversed,
)
from comments.permissions import (
    asks_guests,
    bans,
    decides_appeals,
    is_anyone,
    is_clock,
    is_editor,
    is_member,
    is_moderator,
    is_party,
    is_reported_writer,
    is_writer,
    may_hide,
    may_lift,
    may_remove,
    may_restore,
    may_reverse,
    may_settle,
)
from forum.lib.moves import GRAVE, MAIN, SAME, Machine, Move, State

WRITER, REPORTERS, OBJECTOR, MODERATORS, GUEST = "writer", "reporters", "objector", "moderators", "guest"
CONCERNED, SANCTIONED = "those who had reported", "sanctioned"
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
            "pending published",
            SAME,
            is_writer,
            label="Edit",
            at=WRITER,
            done="edited by its writer",
            unless=EDITING,
        ),
        "edit_to_wait": Move(
            "published", "pending", is_writer, done="edited by its writer; waits to be read", unless=EDITING
        ),
        "approve": Move(
            "pending",
            "published",
            is_moderator,
            label="Approve",
            tone=MAIN,
            key="a",
            done="approved",
            unless=[is_too_close, is_below_nothing],
            tells=[WRITER],
        ),
        "approve_and_trust": Move(
            "pending",
            "published",
            is_moderator,
            label="Approve, and trust this person",
            done="approved, and trusted the writer from now on",
            unless=[is_too_close, is_below_nothing],
            tells=[WRITER],
        ),
        "keep": Move(
            "published",
            SAME,
            is_moderator,
            label="Keep",
            tone=MAIN,
            key="a",
            done="kept after a report",
            unless=[is_too_close, is_unreported],
        ),
        "hide": Move(
            "published",
            "hidden",
            may_hide,
            label="Hide for 48 hours",
            key="h",
            done="hidden for 48 hours",
            unless=[is_too_close, was_hidden_already, was_read_already, was_reversed],
            tells=[WRITER],
            waits=True,
        ),
        "restore": Move(
            "hidden removed spam",
            "published",
            may_restore,
            label="Put back",
            key="a",
            done="put back",
            unless=[is_too_close, was_reversed],
            tells=[WRITER],
            waits=True,
            after=TAKEN_AWAY,
        ),
        "restore_to_wait": Move(
            "hidden removed spam",
            "pending",
            is_moderator,
            done="put back to wait to be read",
            unless=[is_too_close, was_reversed],
            tells=[WRITER],
            waits=True,
            after=TAKEN_AWAY,
        ),
        "ask_to_reword": Move(
            "pending published",
            "hidden",
            is_moderator,
            label="Ask to reword",
            done="hidden until its writer rewords it",
            unless=[is_too_close, is_below_nothing, was_reversed],
            tells=[WRITER],
            waits=True,
        ),
        "mark_spam": Move(
            "pending published hidden",
            "spam",
            is_moderator,
            label="Spam",
            tone=GRAVE,
            done="removed as spam",
            unless=[is_too_close, was_reversed],
            tells=[WRITER],
            waits=True,
        ),
        "remove": Move(
            "pending published hidden",
            "removed",
            may_remove,
            label="Remove",
            tone=GRAVE,
            key="r",
            done="removed",
            unless=[is_too_close, was_reversed],
            tells=[WRITER],
            waits=True,
        ),
        "withhold": Move(
            "published",
            SAME,
            is_moderator,
            done="took its earlier wordings out of sight",
            unless=[is_too_close, has_no_earlier_wording],
            tells=[WRITER],
        ),
        "reword": Move(
            "hidden",
            "pending",
            is_writer,
            label="Reword",
            at=WRITER,
            done="reworded by its writer",
            unless=[was_not_asked],
        ),
        "withdraw": Move(
            "pending published hidden",
            "withdrawn",
            is_writer,
            label="Withdraw",
            at=WRITER,
            done="withdrawn by its writer",
        ),
        "invite": Move(
            "published hidden",
            SAME,
            is_editor,
            done="made into a letter, for which its writer was asked",
            unless=[is_too_close, is_out_of_sight, speaks_as_author, has_left],
            quiet=True,
        ),
    },
)


@dataclass(frozen=True)
class Answer(State):
    """What those who reported are told: whether the editors have decided."""

    decided: bool = False


REPORT_CASE = Machine(
    "ReportCase",
    states={
        "open": Answer("We have your report"),
        "removed": Answer("Comment removed", decided=True),
        "kept": Answer("Comment stays", decided=True),
        "moot": Answer("The comment was withdrawn by its writer"),
    },
    moves={
        "open": Move(
            "",
            "open",
            is_anyone,
            done="reported",
            unless=[is_own, is_not_shown, was_replaced, was_kept],
            tells=[MODERATORS],
        ),
        "worsen": Move("open", SAME, is_anyone, done="reported for a worse reason", tells=[MODERATORS]),
        "remove": Move(
            "open",
            "removed",
            may_settle,
            done="the comment was removed",
            unless=[is_too_close_to_reported],
            tells=[REPORTERS],
            waits=True,
        ),
        "keep": Move(
            "open",
            "kept",
            may_settle,
            done="the comment stays",
            unless=[is_too_close_to_reported],
            tells=[REPORTERS],
            waits=True,
        ),
        "reopen": Move(
            "removed kept",
            "open",
            may_settle,
            done="the decision was put back before anybody was told",
            unless=[is_too_close_to_reported],
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
        "submitted": State("Somebody else is looking at the decision"),
        "reversed": State("Decision reversed"),
        "stands": State("Decision stands"),
    },
    moves={
        "submit": Move(
            "", "submitted", is_party, done="objected to the decision", unless=[is_too_late, has_objected]
        ),
        "ask_guest": Move(
            "submitted",
            SAME,
            asks_guests,
            done="asked a guest to decide",
            unless=[somebody_may_decide],
            tells=[GUEST],
        ),
        "reverse": Move(
            "submitted",
            "reversed",
            decides_appeals,
            label="Reverse the decision",
            done="reversed the decision",
            unless=[decided_it],
            tells=[OBJECTOR, CONCERNED],
        ),
        "let_stand": Move(
            "submitted",
            "stands",
            decides_appeals,
            label="The decision stands",
            done="let the decision stand",
            unless=[decided_it],
            tells=[OBJECTOR],
        ),
    },
)

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
            "",
            "in_force",
            is_moderator,
            done="warned its writer",
            unless=SANCTIONING,
            tells=[SANCTIONED],
            waits=True,
        ),
        "hold_comments": Move(
            "",
            "in_force",
            is_moderator,
            done="let the editors read the writer’s comments before they appear",
            unless=SANCTIONING,
            tells=[SANCTIONED],
            waits=True,
        ),
        "pause": Move(
            "",
            "in_force",
            is_moderator,
            done="kept its writer from writing for a time",
            unless=SANCTIONING,
            tells=[SANCTIONED],
            waits=True,
        ),
        "ban": Move(
            "",
            "in_force",
            bans,
            done="banned its writer",
            unless=SANCTIONING,
            tells=[SANCTIONED],
            waits=True,
        ),
        "lift": Move(
            "in_force",
            "lifted",
            may_lift,
            label="Lift",
            done="lifted it",
            unless=[is_too_close_to_sanctioned],
            tells=[SANCTIONED],
            after=SANCTIONS,
        ),
        "expire": Move(
            "in_force", "expired", is_clock, done="its time was over", tells=[SANCTIONED], after=SANCTIONS
        ),
        "reverse": Move(
            "in_force lifted expired",
            "reversed",
            may_reverse,
            done="reversed on objection",
            unless=[is_too_close_to_sanctioned],
            tells=[SANCTIONED],
            after=[*SANCTIONS, "lift", "expire"],
        ),
    },
)
RESTRICTIVE = [*TAKEN_AWAY, *SANCTIONS]

WORD_LIST = Machine(
    "WordList",
    states={"tried": State("Tried, not switched on"), "on": State("Switched on"), "off": State("Switched off")},
    moves={
        "try_out": Move("", "tried", is_editor, done="tried it on the last comments", unless=[has_no_words]),
        "switch_on": Move("tried", "on", is_editor, label="Switch it on", done="switched it on"),
        "switch_off": Move("on", "off", is_editor, label="Switch it off", done="switched it off"),
    },
)
