"""Where each piece lies on an editor's front page, and the lines that it shows."""

from bisect import bisect_left

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.models import Submission
from articles.models.private import questions
from articles.permissions import is_editor, is_managing_editor
from forum.lib.desk import SOMEDAY
from forum.lib.desk.month import days, moments_of
from forum.lib.ties import asked_once

WAITING, OTHERS, SCHEDULED = "waiting", "others", "scheduled"
MOST = {WAITING: questions.MOST, OTHERS: 8, SCHEDULED: 8}
"""Lines of each pile; the counts say how many there are."""

MOST_A_DAY = 2


class Front:
    """What an editor's front page shows of submissions: three piles of keys, and (moment, key) of each day.

    `unread` says until when an answer to a letter of an author is promised, `coming` when a piece comes out, `due` is
    what else is hers to do, and `late` of how many pieces that wait for her a promise has passed.
    """

    def __init__(self, user):
        if not is_editor(user):
            raise PermissionDenied("The pieces are for the editors.")
        desk = {"kept_from": Submission.objects.all().kept_from(user)}
        leads, self.now = is_managing_editor(user), timezone.now()
        (lying,) = questions.front(leads=leads)(editor=user.pk, start=moments_of(timezone.localdate())[0], **desk)
        places, self.unread, self.coming = lying.places, dict(lying.unread), dict(lying.coming)
        self.due = {key for key, _, is_due, _ in places if is_due}
        waiting = sorted(self._waiting(places))
        self.late = sum(not is_in_time for is_in_time, *_ in waiting)
        self.piles = {
            WAITING: [key for *_, key in waiting],
            OTHERS: [key for key, _, is_due, _ in places if not is_due and key not in self.unread],
            SCHEDULED: [key for key, at in self.coming.items() if at > self.now],
        }
        dated = sorted([(at, key) for key, at, *_ in places + lying.coming if at])
        self.days = {day: _between(dated, *moments_of(day)) for day in days()}
        self.lines = {line.pk: line for line in questions.lines(pieces=self._shown(), **desk)}

    def _waiting(self, places):
        """Yield of what waits for her whether it is in time, by when it is to be done or answered, and its key."""
        answers = {key: by or SOMEDAY for key, by in self.unread.items()}
        for key, at, is_due, is_late in places:
            if is_due or key in answers:
                by = answers.pop(key, SOMEDAY)
                yield by >= self.now and not (is_due and is_late), min(by, at if is_due and at else SOMEDAY), key
        yield from ((by >= self.now, by, key) for key, by in answers.items())

    def _shown(self):
        shown = {key for pile, most in MOST.items() for key in self.piles[pile][:most]}
        return shown | {key for day in self.days.values() for _, key in day[:MOST_A_DAY]}

    @classmethod
    def of(cls, user):
        """Return it, asked for once on a page."""
        return asked_once(user, cls, lambda: cls(user))

    def rows(self, pile):
        """Return the lines of the first pieces of a pile."""
        return [self.lines[key] for key in self.piles[pile][: MOST[pile]] if key in self.lines]

    def month(self):
        """Yield each day with its first (moment, line), and how many others it has."""
        for day, places in self.days.items():
            shown = [(at, self.lines[key]) for at, key in places[:MOST_A_DAY] if key in self.lines]
            yield day, shown, len(places[MOST_A_DAY:])


def _between(dated, start, end):
    return dated[bisect_left(dated, (start,)) : bisect_left(dated, (end,))]
