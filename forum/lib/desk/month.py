"""A month at a glance on the desk: five weeks from Monday on, and what is dated on each day.

An app registers what it knows of with `@dated`, from its admin modules.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

WEEKS = 5

_dated = []


class Entry(NamedTuple):
    """One thing on a day: what happens, to what, and where it stands; `mark` is "out", "ours" or "theirs"."""

    at: datetime
    what: str
    title: str
    url: str
    mark: str


class Day(NamedTuple):
    """A day with its entries, and how many more there are than are shown."""

    date: date
    is_today: bool
    is_past: bool
    entries: tuple[Entry, ...]
    more: int


def dated(function):
    """Register `function(user, start, end) -> (entries, {day: how many there are in all})`."""
    _dated.append(function)
    return function


def month_for(user):
    """Return the days of five weeks, from the Monday of this week on, each with what `user` may know of."""
    today, days = timezone.localdate(), _days()
    entries, totals = _found(user, *span())
    return tuple(
        Day(day, day == today, day < today, tuple(entries[day]), totals[day] - len(entries[day])) for day in days
    )


def span():
    """Return the two moments between which the month tells of something: the begin of today and the end."""
    return _midnight(timezone.localdate()), _midnight(_days()[-1] + timedelta(days=1))


def _days():
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=number) for number in range(7 * WEEKS)]


def _found(user, start, end):
    entries, totals, zone = defaultdict(list), defaultdict(int), timezone.get_current_timezone()
    for function in _dated:
        found, counts = function(user, start, end)
        for entry in found:
            entries[entry.at.astimezone(zone).date()].append(entry)
        for day, count in counts.items():
            totals[day] += count
    return entries, totals


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))
