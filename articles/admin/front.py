"""Where each piece lies on an editor's front page, and the rows that it shows."""

from collections import defaultdict

from django.utils import timezone

from articles.models import Submission
from articles.models.private.awaiting import fetch_authors
from forum.lib.desk import SOMEDAY
from forum.lib.desk.month import span
from forum.lib.ties import asked_once

WAITING, OTHERS, SCHEDULED = "waiting", "others", "scheduled"
MOST = {WAITING: 100, OTHERS: 8, SCHEDULED: 8}
"""Rows of each pile; the counts say how many there are."""

MOST_A_DAY = 5


class Front:
    """What an editor's front page shows of submissions: three piles of keys, and (moment, key) of each day.

    `unread` says until when an answer to a letter of an author is promised, `coming` when a piece comes out, and `due`
    is what else is hers to do.
    """

    def __init__(self, user):
        desk, now = Submission.objects.on_desk(user), timezone.now()
        self.unread = Submission.objects.unread_by(user)
        places = sorted(Submission.objects.for_front_page(user, self.unread), key=_order)
        self.coming = dict(sorted(desk.coming(span()[0]), key=_order))
        self.due = {key for key, _, is_due in places if is_due}
        mine = {*self.due, *self.unread}
        self.piles = {
            WAITING: sorted((key for key, *_ in places if key in mine), key=self._promised(places).get),
            OTHERS: [key for key, *_ in places if key not in mine],
            SCHEDULED: [key for key, at in self.coming.items() if at > now and key not in mine],
        }
        self.days = _by_day([*places, *self.coming.items()])
        shown = {key for pile, most in MOST.items() for key in self.piles[pile][:most]}
        shown |= {key for day in self.days.values() for _, key in day[:MOST_A_DAY]}
        self.pieces = desk.with_turns().for_rows().in_bulk(shown)
        fetch_authors(self.pieces.values())

    def _promised(self, places):
        """Return by when each piece is to be done or answered, whichever comes first, and its key."""
        dates = {key: [at if is_due else None, self.unread.get(key)] for key, at, is_due in places}
        return {key: (min(filter(None, both), default=SOMEDAY), key) for key, both in dates.items()}

    @classmethod
    def of(cls, user):
        """Return it, asked for once on a page."""
        return asked_once(user, cls, lambda: cls(user))

    def rows(self, pile):
        """Return the first pieces of a pile."""
        return [self.pieces[key] for key in self.piles[pile][: MOST[pile]] if key in self.pieces]

    def month(self):
        """Return (moment, piece) of what is shown of each day, and how many there are in all: {day: number}."""
        found = [(at, self.pieces[key]) for day in self.days.values() for at, key in day[:MOST_A_DAY]]
        return found, {day: len(places) for day, places in self.days.items()}


def _order(place):
    key, at, *_ = place
    return at or SOMEDAY, key


def _by_day(places):
    """Return (moment, key) of what is dated in the month, by day."""
    (start, end), days = span(), defaultdict(list)
    for at, key in sorted((at, key) for key, at, *_ in places if at and start <= at < end):
        days[timezone.localtime(at).date()].append((at, key))
    return days
