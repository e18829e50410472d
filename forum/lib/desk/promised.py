"""Promises in words: by when something is due, and how late it is."""

from datetime import timedelta
from functools import lru_cache

from django.utils import timezone

DAYS = 48  # hours, after which an hour more is not said any more


class Clock:
    """What the time is, asked once for all that is said of times on a page."""

    def __init__(self):
        self.now, self.zone = timezone.now(), timezone.get_current_timezone()
        self.today = self.now.astimezone(self.zone).date()

    def local(self, at):
        """Return a moment as the clocks of this place show it."""
        return at.astimezone(self.zone).replace(tzinfo=None)

    def promise(self, due):
        """Say in words by when something was promised, and how late it is."""
        if due is None:
            return ""
        hours = min(int((self.now - due).total_seconds() // 3600), DAYS) if due < self.now else None
        return _said(self.local(due), self.today, hours)

    def since(self, at):
        """Say since which day something waits."""
        return f"since {self.local(at):%A %-d %B}"


def promise(due):
    """Say in words by when one thing was promised, and how late it is."""
    return Clock().promise(due)


@lru_cache(maxsize=4096)
def _said(due, today, hours):
    """Say it of a moment as the clocks of a place show it, so many hours late, or not late."""
    day = _day(due, today)
    return f"due {day}" if hours is None else f"promised for {day}, {_length(due.date(), today, hours)} late"


def _day(due, today):
    ahead = (due.date() - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    year = f" {due.year}" if due.year != today.year else ""
    return near.get(ahead) or (f"{due:%A}" if abs(ahead) < 7 else f"{due:%A %-d %B}{year}")


def _length(first, today, hours):
    """Count the working days since; where there were none, the days or hours of a weekend."""
    days = [first + timedelta(days=n) for n in range(1, (today - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    if working:
        return many(len(working), "working day")
    return many(len(days), "day") if days else many(max(1, hours), "hour")


def length(time):
    """Say a short time in words, in whole minutes where it is some."""
    seconds = int(time.total_seconds())
    return many(seconds // 60, "minute") if seconds % 60 == 0 else many(seconds, "second")


def many(count, unit):
    """Say how many of something."""
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
