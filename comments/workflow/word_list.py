"""The machine of a list of words that hold a comment."""

from comments.guards import has_no_words
from comments.permissions import is_editor
from forum.lib.moves import Machine, Move, State

WORD_LIST = Machine(
    "WordList",
    states={"tried": State("Tried, not switched on"), "on": State("Switched on"), "off": State("Switched off")},
    moves={
        "try_out": Move("", "tried", is_editor, done="tried it on the last comments", unless=[has_no_words]),
        "switch_on": Move("tried", "on", is_editor, label="Switch it on", done="switched it on"),
        "switch_off": Move("on", "off", is_editor, label="Switch it off", done="switched it off"),
    },
)  # fmt: skip
