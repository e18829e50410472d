"""What waits for a moderator, in the one order in which it is listed and gone through."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from accounts.mailboxes import mailbox
from comments.models import Appeal, Comment, Reason, ReportCase, Sanction
from comments.models.report import URGENT

REPORT, HELD, APPEAL = "report", "comment", "appeal"
KINDS = [REPORT, HELD, APPEAL]
COUNTED = {REPORT: "reported", HELD: "to read", APPEAL: "objected to"}


def due(kind, since):
    """Return when we have promised to look at something of this kind."""
    return since + timedelta(hours=settings.PROMISES[f"{kind}_hours"])


@dataclass(frozen=True)
class Place:
    """One thing that waits, as far as its place in the order goes; `about` is the comment's key."""

    kind: str
    pk: int
    about: int
    since: datetime
    reason: str = ""

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
        worst = Reason.values.index(self.reason) if self.reason else 0
        if self.reason in URGENT:
            return (0, worst, self.since, self.pk)
        if self.is_late:
            return (1, 0, self.due, self.pk)
        return (2 + KINDS.index(self.kind), worst, self.since, self.pk)

    @property
    def url(self):
        """Return where it is decided."""
        if self.kind == APPEAL:
            return reverse("admin:appeal", args=[self.pk])
        return reverse("admin:comment", args=[self.about])


@dataclass(frozen=True)
class QueueRow:
    """One thing that waits with all its line says; `leave` lets it stand, `silenced` is who may not post."""

    place: Place
    thing: object
    ticks: frozenset = frozenset()
    silenced: dict = field(default_factory=dict)

    @property
    def comment(self):
        """Return the comment it is about."""
        return self.thing

    @property
    def tick(self):
        """Return what ticking it sends: which comment, and what was seen of its history; "" where it has no box."""
        return f"{self.comment.pk}.{self.comment.turn}"

    @property
    def is_ticked(self):
        return self.tick in self.ticks

    @property
    def double(self):
        """Return what keeps somebody else at the mailbox of its writer from posting, or None."""
        found = None if self.comment.speaks_as_id else self.silenced.get(mailbox(self.comment.author.email))
        return found if found and found.user_id != self.comment.author_id else None


class HeldRow(QueueRow):
    """A comment that nobody has read yet."""

    label, leave = "To read", "approve"

    @property
    def why(self):
        """Return which rule holds it."""
        return self.thing.held_as

    @property
    def words(self):
        return self.thing.current.text


class ReportRow(QueueRow):
    """A comment that readers have reported."""

    label, leave = "Report", "keep"

    @property
    def comment(self):
        return self.thing.comment

    @property
    def why(self):
        """Return the worst reason, and how many said something."""
        number = self.thing.report_count
        return f"{self.thing.get_reason_display()} · {number} report{'' if number == 1 else 's'}"

    @property
    def words(self):
        """Return the words as they were reported."""
        return self.thing.revision.text


class AppealRow(QueueRow):
    """An objection to what somebody else decided; each is looked at by itself."""

    label, leave, tick = "Objection", "", ""

    @property
    def comment(self):
        return self.thing.ruling.comment

    @property
    def why(self):
        """Return who objects, as far as that is said."""
        return "its writer objects" if self.thing.is_by_writer else "a reader who had reported it objects"

    @property
    def words(self):
        return self.thing.words


ROWS = {REPORT: ReportRow, HELD: HeldRow, APPEAL: AppealRow}


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
        cases = ReportCase.objects.on_desk(user).waiting().values_list("pk", "comment", "opened_at", "reason")
        held = Comment.objects.on_desk(user).held().values_list("pk", "pk", "moved_at")
        appeals = Appeal.objects.waiting_for(user).values_list("pk", "ruling__comment", "submitted_at")
        found = [Place(kind, *row) for kind, rows in zip(KINDS, (cases, held, appeals), strict=True) for row in rows]
        self.places = sorted(found, key=lambda place: place.order)

    @property
    def counts(self):
        """Return how many of each kind wait, as pairs of words and number."""
        found = Counter(place.kind for place in self.places)
        return [(words, found[kind]) for kind, words in COUNTED.items()]

    @property
    def late(self):
        """Return how many are late."""
        return sum(place.is_late for place in self.places)

    def rows(self, most, ticks=()):
        """Return the first so many as the list shows them; those whose tick is in `ticks` are ticked."""
        first = self.places[:most]
        scopes = {
            REPORT: ReportCase.objects.on_desk(self.user).waiting().for_desk(),
            HELD: Comment.objects.for_desk(),
            APPEAL: Appeal.objects.for_desk(),
        }
        keys = {kind: [place.pk for place in first if place.kind == kind] for kind in KINDS}
        things = {kind: scopes[kind].in_bulk(keys[kind]) for kind in KINDS}
        found = [(place, things[place.kind].get(place.pk)) for place in first]
        silenced = Sanction.objects.by_mailbox()
        rows = [ROWS[place.kind](place, thing, frozenset(ticks), silenced) for place, thing in found if thing]
        prefetch_related_objects([row.comment for row in rows], "author__earlier_names")
        return rows

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
            return reverse("admin:comments")
        return (stop.behind or others[0]).url
