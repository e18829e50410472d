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
    """Register `function(user)`, which yields entries, each with its day."""
    _dated.append(function)
    return function


def month_for(user):
    """Return the days of five weeks, from the Monday of this week on, each with what `user` may know of."""
    today, entries = timezone.localdate(), defaultdict(list)
    for function in _dated:
        for day, entry in function(user):
            entries[day].append(entry)
    return tuple(Day(day, day == today, day < today, tuple(entries[day])) for day in _weeks(today))


def days():
    """Return the days of which the month tells something: today and all after it."""
    today = timezone.localdate()
    return [day for day in _weeks(today) if day >= today]


def moments_of(day):
    """Return the two moments between which a day lies."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _weeks(today):
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=number) for number in range(7 * WEEKS)]


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time()))
