"""What authors are told of what happened to a piece: its story, and receipts of what they handed over."""

from dataclasses import dataclass
from datetime import datetime

from articles.models.private.awaiting import printed_names
from articles.workflow import TO_PRINT
from forum.lib.moves import CLOCK, history

YOU = "You"
SAID_BY_AUTHORS = ("consent", "change_byline", "identify", "refuse", "take_name_off", "co_sign", "sign_off")
HANDED_OVER = {
    "submit": "We have received your piece",
    "resubmit": "We have received your new version",
    "sign_off": "We have your approval",
}
BY_THE_WAY = ("ask_consent", "take_off", "tell_apart")


@dataclass(frozen=True)
class Told:
    """One thing that happened to a piece, as its authors are told: never who of the editors it was."""

    sentence: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Receipt:
    """What an author handed over last: in words, when, and which revision."""

    heading: str
    at: datetime
    title: str
    revision: int
    words: int


def story(piece, user):
    """Return what happened so far, in sentences fit for an author."""
    names = printed_names(piece)
    return [_told(piece, event, user, names) for event in history(piece) if event.verb != "tell_apart"]


def _told(piece, event, user, names):
    done = piece.machine[event.verb].done
    article = getattr(piece, "article", None)
    if event.verb in TO_PRINT and article and not article.is_out:
        done = "set the day of publication"
    who = _who(piece, event, user, names)
    return Told(f"{who} {done}.", event.at, event.note if who == YOU else "")


def _who(piece, event, user, names):
    if event.actor_kind == CLOCK.kind:
        return "The Forum"
    if event.detail.get("guest"):
        return "A guest editor"
    wrote = piece.corresponding_author_id if event.actor_kind == "guest" else event.actor_id
    if wrote == getattr(user, "pk", None):
        return YOU
    return names.get(wrote) or ("A co-author" if event.verb in SAID_BY_AUTHORS else "The editors")


def receipt(piece, event):
    """Return what an event handed over to the editors, or None where it handed nothing over."""
    if event.verb not in HANDED_OVER:
        return None
    revision = piece.revisions.for_lists().filter(made_at__lte=event.at).last()
    return Receipt(HANDED_OVER[event.verb], event.at, revision.title, revision.number, revision.words)


def last_receipt(piece):
    """Return the receipt of what happened last, as long as nothing has happened since."""
    handed = [event for event in history(piece) if event.verb not in BY_THE_WAY]
    return receipt(piece, handed[-1])
