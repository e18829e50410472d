"""The machine of the mailing list: an address counts only once its holder has confirmed it."""

from alerts.permissions import holds_the_link, is_somebody
from forum.lib.moves import MAIN, SAME, Machine, Move, State

SUBSCRIBER = "subscriber"

SUBSCRIPTION = Machine(
    "Subscriber",
    states={
        "pending": State("Waiting to be confirmed"),
        "confirmed": State("On the list"),
        "left": State("Left"),
    },
    moves={
        "join": Move("", "pending", is_somebody, done="asked to join", tells=[SUBSCRIBER]),
        "ask_again": Move("pending confirmed", SAME, is_somebody, done="asked again", tells=[SUBSCRIBER]),
        "rejoin": Move("left", "pending", is_somebody, done="asked to join again", tells=[SUBSCRIBER]),
        "confirm": Move(
            "pending",
            "confirmed",
            holds_the_link,
            label="Yes, send me mail",
            at=SUBSCRIBER,
            tone=MAIN,
            done="confirmed",
        ),
        "leave": Move(
            "pending confirmed",
            "left",
            holds_the_link,
            label="Leave the list",
            at=SUBSCRIBER,
            done="left the list",
        ),
    },
)
