"""The machine of a published piece."""

from dataclasses import dataclass

from articles.guards import is_still_to_come, is_too_close, was_announced, wrote_it
from articles.permissions import is_clock, is_editor, is_managing_editor, may_answer_safety
from articles.workflow.audiences import AUTHOR, CO_AUTHOR
from forum.lib.moves import GRAVE, MAIN, SAME, Machine, Move, State


@dataclass(frozen=True)
class Printed(State):
    """How a published piece stands: whether it has a page that can be read."""

    readable: bool = False


ARTICLE = Machine(
    "Article",
    states={
        "published": Printed("Published", readable=True),
        "retracted": Printed("Retracted", readable=True),
        "removed": Printed("Removed"),
    },
    moves={
        "publish": Move("", "published", is_managing_editor, done="published"),
        "announce": Move(
            "published", SAME, is_clock,
            done="appeared",
            unless=[was_announced], tells=[AUTHOR, CO_AUTHOR],
        ),
        "amend": Move(
            "published", SAME, is_editor,
            label="Correct", tone=MAIN, done="changed the text",
            unless=[wrote_it, is_too_close, is_still_to_come], tells=[AUTHOR, CO_AUTHOR],
        ),
        "reclassify": Move(
            "published", SAME, is_editor,
            label="Change kind, topics, regions", done="moved the piece to another place",
            unless=[wrote_it, is_too_close, is_still_to_come],
        ),
        "retract": Move(
            "published", "retracted", is_managing_editor,
            label="Retract with a notice", tone=GRAVE, done="retracted the piece",
            unless=[wrote_it, is_too_close, is_still_to_come], tells=[AUTHOR, CO_AUTHOR],
        ),
        "remove": Move(
            "published retracted", "removed", is_managing_editor,
            label="Remove from the site", tone=GRAVE, done="removed the piece",
            unless=[wrote_it, is_too_close, is_still_to_come], tells=[AUTHOR, CO_AUTHOR],
        ),
        "restore": Move(
            "retracted removed", "published", is_managing_editor,
            label="Restore", done="restored the piece",
            unless=[wrote_it, is_too_close], tells=[AUTHOR, CO_AUTHOR],
        ),
        "rename": Move(
            "published retracted removed", SAME, may_answer_safety,
            done="changed a name on the piece",
            secret=True,
        ),
    },
)  # fmt: skip
