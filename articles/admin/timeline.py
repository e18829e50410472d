"""What happened to a thing, as the desk is told."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from forum.lib.moves import history


@dataclass(frozen=True)
class Happened:
    """One event in words."""

    who: str
    done: str
    at: datetime
    note: str
    to: str


def timeline(thing):
    """Return what happened to a thing, the newest first."""
    events = history(thing)
    hands = {event.detail["to"] for event in events if "to" in event.detail}
    names = User.objects.in_bulk(hands) if hands else {}
    return [_said(thing, event, names) for event in reversed(events)]


def _said(thing, event, names):
    move = thing.machine.moves.get(event.verb)
    nobody = event.guest or {"clock": "The clock"}.get(event.actor_kind, "A reader")
    who = str(event.actor) if event.actor else nobody
    who += " (a guest)" if event.detail.get("guest") else ""
    to = names.get(event.detail.get("to"))
    return Happened(who, move.done if move else event.verb, event.at, event.note, str(to) if to else "")
