"""Where each piece lies on an editor's front page, and the lines that it shows."""

from collections import defaultdict

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.eligible import is_published_by_another
from articles.models import Submission
from articles.models.private import questions
from articles.permissions import is_editor, is_managing_editor
from forum.lib.desk import SOMEDAY
from forum.lib.desk.month import span
from forum.lib.ties import asked_once

WAITING, OTHERS, SCHEDULED = "waiting", "others", "scheduled"
MOST = {WAITING: 100, OTHERS: 8, SCHEDULED: 8}
"""Lines of each pile; the counts say how many there are."""

MOST_A_DAY = 5


class Front:
    """What an editor's front page shows of submissions: three piles of keys, and (moment, key) of each day.

    `unread` says until when an answer to a letter of an author is promised, `coming` when a piece comes out, and `due`
    is what else is hers to do.
    """

    def __init__(self, user):
        if not is_editor(user):
            raise PermissionDenied("The pieces are for the editors.")
        desk, now = {"kept_from": Submission.objects.all().kept_from(user)}, timezone.now()
        places = self._places(user, desk)
        self.coming = dict(questions.coming(start=span()[0], **desk))
        self.due, waits, others = {key for key, _, is_due in places if is_due}, [], []
        for key, at, is_due in places:
            if is_due or key in self.unread:
                waits.append((_earlier(at if is_due else None, self.unread.get(key)), key))
            else:
                others.append(key)
        scheduled = [key for key, at in self.coming.items() if at > now and key not in self.unread]
        self.piles = {WAITING: [key for _, key in sorted(waits)], OTHERS: others, SCHEDULED: scheduled}
        self.days = _by_day([*((at, key) for key, at, _ in places), *((at, key) for key, at in self.coming.items())])
        shown = {key for pile, most in MOST.items() for key in self.piles[pile][:most]}
        shown |= {key for day in self.days.values() for _, key in day[:MOST_A_DAY]}
        self.lines = {line.pk: line for line in questions.lines(pieces=shown, **desk)}

    def _places(self, user, desk):
        leads = is_managing_editor(user)
        letters = questions.unread(leads=leads)(editor=user.pk, **desk)
        self.unread = {key: due_at for key, due_at, _ in letters}
        house = {"leads": leads, "by_another": leads and is_published_by_another()}
        places = questions.places(**house)(editor=user.pk, **desk)
        known = {key for key, *_ in places}
        return [*places, *((key, at, False) for key, at in {(key, at) for key, _, at in letters if key not in known})]

    @classmethod
    def of(cls, user):
        """Return it, asked for once on a page."""
        return asked_once(user, cls, lambda: cls(user))

    def rows(self, pile):
        """Return the lines of the first pieces of a pile."""
        return [self.lines[key] for key in self.piles[pile][: MOST[pile]] if key in self.lines]

    def month(self):
        """Return (moment, line) of what is shown of each day, and how many there are in all: {day: number}."""
        dated = [place for day in self.days.values() for place in day[:MOST_A_DAY]]
        found = [(at, self.lines[key]) for at, key in dated if key in self.lines]
        return found, {day: len(places) for day, places in self.days.items()}


def _earlier(*dates):
    """Return by when a piece is to be done or answered, whichever comes first."""
    return min(filter(None, dates), default=SOMEDAY)


def _by_day(places):
    """Return (moment, key) of what is dated in the month, by day."""
    (start, end), days, zone = span(), defaultdict(list), timezone.get_current_timezone()
    for at, key in sorted((at, key) for at, key in places if at and start <= at < end):
        days[at.astimezone(zone).date()].append((at, key))
    return days
