"""The machine of what an author asks for her safety."""

from articles.permissions import answers_safety, is_one_of_its_authors
from articles.workflow.audiences import AUTHOR
from forum.lib.moves import Machine, Move, State

SAFETY = Machine(
    "SafetyRequest",
    states={"asked": State("Waiting for an officer"), "done": State("Done"), "refused": State("Not done")},
    moves={
        "ask": Move("", "asked", is_one_of_its_authors, done="asked", tells=["officers"]),
        "change_name": Move(
            "asked", "done", answers_safety,
            label="Change the name", done="changed the name",
            tells=[AUTHOR],
        ),
        "fulfil": Move(
            "asked", "done", answers_safety,
            label="It is done", done="did what was asked",
            tells=[AUTHOR],
        ),
        "refuse": Move(
            "asked", "refused", answers_safety,
            label="Say why not", done="said why not",
            tells=[AUTHOR],
        ),
    },
)  # fmt: skip
