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
    """One thing on a day: what happens, to what, and where it stands.

    `mark` is "out", "ours" or "theirs", or "more" where it stands for all the others of its day.
    """

    at: datetime
    what: str
    title: str
    url: str
    mark: str


class Day(NamedTuple):
    """A day with its entries."""

    date: date
    is_today: bool
    is_past: bool
    entries: tuple[Entry, ...]


def dated(function):
    """Register `function(user)`, which yields entries."""
    _dated.append(function)
    return function


def month_for(user):
    """Return the days of five weeks, from the Monday of this week on, each with what `user` may know of."""
    today, entries = timezone.localdate(), _by_day(user)
    return tuple(Day(day, day == today, day < today, tuple(entries[day])) for day in _days())


def span():
    """Return the two moments between which the month tells of something: the begin of today and the end."""
    return moments_of(timezone.localdate())[0], moments_of(_days()[-1])[1]


def moments_of(day):
    """Return the two moments between which a day lies."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _days():
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=number) for number in range(7 * WEEKS)]


def _by_day(user):
    entries, zone = defaultdict(list), timezone.get_current_timezone()
    for function in _dated:
        for entry in function(user):
            entries[entry.at.astimezone(zone).date()].append(entry)
    return entries


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))
