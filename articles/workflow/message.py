"""The machine of what a reader writes to the editors."""

from articles.guards import is_about_own_piece
from articles.permissions import is_anyone, is_moderator
from forum.lib.moves import MAIN, Machine, Move, State

MESSAGE = Machine(
    "Message",
    states={
        "open": State("Waiting for an answer"),
        "answered": State("Answered"),
        "closed": State("Closed"),
    },
    moves={
        "send": Move("", "open", is_anyone, done="sent the message"),
        "answer": Move(
            "open", "answered", is_moderator,
            label="Answer", tone=MAIN, done="answered the message",
            unless=[is_about_own_piece], tells=["sender"],
        ),
        "close": Move(
            "open", "closed", is_moderator,
            label="Close without an answer", done="closed the message",
            unless=[is_about_own_piece], tells=["sender"],
        ),
    },
)  # fmt: skip
