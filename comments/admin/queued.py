"""What waits for a moderator, in the one order in which it is listed and gone through."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from accounts.mailboxes import mailbox
from accounts.models.earlier import KEPT_FOR
from accounts.permissions import is_moderator
from articles.models import Article
from comments.models import Reason
from comments.models.comment import called
from comments.models.questions import APPEAL, HELD, KINDS, REPORT, lines, objections, waiting
from comments.models.sanction import by_mailbox, silencing_all
from comments.screening import HELD_AS
from forum.lib.ties import keys_close_to
from forum.lib.web.addresses import address

LABELS = {REPORT: "Report", HELD: "To read", APPEAL: "Objection"}
COUNTED = {REPORT: "reported", HELD: "to read", APPEAL: "objected to"}


def due(kind, since):
    """Return when we have promised to look at something of this kind."""
    return since + _promised(kind)


def late_since(kind):
    """Return since when something of this kind waits for which our promise passes now."""
    return timezone.now() - _promised(kind)


def _promised(kind):
    return timedelta(hours=settings.PROMISES[f"{kind}_hours"])


@dataclass(frozen=True)
class Place:
    """One thing that waits, as far as its place in the order goes; `about` is the comment's key."""

    step: int
    kind: str
    pk: int
    about: int
    since: datetime
    reason: str

    @property
    def due(self):
        return due(self.kind, self.since)

    @property
    def is_late(self):
        """Whether our promise about it has passed."""
        return self.due < timezone.now()

    @property
    def order(self):
        """Threats and what is illegal; then what is late, longest first; then by kind, the worst and oldest first."""
        return (self.step, self.due, self.pk)

    @property
    def url(self):
        """Return where it is decided."""
        if self.kind == APPEAL:
            return address("admin:appeal", self.pk)
        return address("admin:comment", self.about)


class QueueRow(NamedTuple):
    """One thing that waits, with all that its line says.

    `leave` is what lets it stand, `tick` what ticking it sends: which comment, and what was seen of its history; ""
    where it has no box.
    """

    label: str
    leave: str
    tick: str
    is_ticked: bool
    why: str
    url: str
    title: str
    words: str
    double: str
    earlier_names: tuple
    since: datetime
    is_late: bool


def _waits_still(place, said, objections):
    """Say whether nobody decided between the two questions, of the places and of what is there."""
    match place.kind:
        case "report":
            return said.reports is not None
        case "comment":
            return said.status == "pending"
        case "appeal":
            return place.pk in objections


def _row(place, said, ticks, silenced, objections):
    """Return the row of a place, from what is `said` of its comment."""
    name, tick = said.pen_name or said.written_as, f"{said.pk}.{said.turn}"
    match place.kind:
        case "report":
            number, leave, words = said.reports, "keep", said.reported
            why = f"{Reason(place.reason).label} · {number} report{'' if number == 1 else 's'}"
        case "comment":
            leave, words, why = "approve", said.text, HELD_AS.get(said.held_for, "")
        case "appeal":
            leave, tick, (words, by_writer) = "", "", objections[place.pk]
            why = "its writer objects" if by_writer else "a reader who had reported it objects"
    title = f"{called(said.number)} by {name} on “{said.title}”"
    double, earlier = ("", ()) if said.pen_name else (_double(said, silenced), _earlier(said))
    beside = (double, earlier, place.since, place.is_late)
    return QueueRow(LABELS[place.kind], leave, tick, tick in ticks, why, place.url, title, words, *beside)


def _double(said, silenced):
    """Return what keeps somebody else at the mailbox of its writer from posting, or ""."""
    found = silenced.get(mailbox(said.email)) if silenced else None
    return found.hint if found and found.user_id != said.by else ""


def _earlier(said):
    """Return the names its writer left lately."""
    return tuple(name for (name,) in said.left if name not in (said.now_called, said.written_as))


def _found(user):
    """Return what waits for somebody, in no order."""
    if not is_moderator(user):
        return []
    late = {f"late_{kind}": late_since(kind) for kind in KINDS}
    return waiting(person=user.pk, pieces=keys_close_to(user, Article), **late)


@dataclass(frozen=True)
class Stop:
    """Where one is in the queue: the number, of how many, and what stands before and behind."""

    number: int
    total: int
    before: Place | None
    behind: Place | None


class Queue:
    """Everything that waits for one moderator, in its order."""

    def __init__(self, user):
        self.user = user
        self.places = sorted((Place(*row) for row in _found(user)), key=lambda place: place.order)

    @property
    def counts(self):
        """Return how many of each kind wait: the kind, in words, and the number."""
        found = Counter(place.kind for place in self.places)
        return [(kind, words, found[kind]) for kind, words in COUNTED.items()]

    @property
    def late(self):
        """Return how many are late."""
        return sum(place.is_late for place in self.places)

    def of_kind(self, kind):
        """Return the places of one kind, or all for ""."""
        return [place for place in self.places if kind in ("", place.kind)]

    def rows(self, most, ticks=(), kind=""):
        """Return the first so many as the list shows them; those whose tick is in `ticks` are ticked."""
        first = self.of_kind(kind)[:most]
        told_since = timezone.now() - KEPT_FOR
        said = {line.pk: line for line in lines(comments={place.about for place in first}, told_since=told_since)}
        objected = {place.pk for place in first if place.kind == APPEAL}
        words = {pk: rest for pk, *rest in objections(appeals=objected)} if objected else {}
        silenced = by_mailbox(silencing_all())
        shown = [place for place in first if place.about in said and _waits_still(place, said[place.about], words)]
        return tuple(_row(place, said[place.about], ticks, silenced, words) for place in shown)

    def stop(self, url):
        """Return where the page at this address stands in the queue, or None where it does not wait."""
        at = next((number for number, place in enumerate(self.places) if place.url == url), None)
        if at is None:
            return None
        before, behind = self.places[:at], self.places[at + 1 :]
        return Stop(at + 1, len(self.places), before[-1] if before else None, behind[0] if behind else None)

    def after(self, url):
        """Return the address to go on to once this one is decided: the next, the first, or the list."""
        stop = self.stop(url)
        others = [place for place in self.places if place.url != url]
        if stop is None or not others:
            return address("admin:comments")
        return (stop.behind or others[0]).url
