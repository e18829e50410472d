from datetime import timedelta

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def promise(due):
    """Say in words by when something was promised, and how late it is."""
    if due is None:
        return ""
    late = (timezone.now() - due).total_seconds()
    ahead = (timezone.localdate(due) - timezone.localdate()).days
    if late > 0:
        return f"promised for {_day(due, ahead)}, {_length(late, due)} late"
    return f"due {_day(due, ahead)}"


def _day(due, ahead):
    at = timezone.localtime(due)
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    year = f" {at.year}" if at.year != timezone.localdate().year else ""
    return near.get(ahead) or (f"{at:%A}" if abs(ahead) < 7 else f"{at:%A %-d %B}{year}")


def _length(seconds, due):
    """Count the working days since; where there were none, the days or hours of a weekend."""
    first, today = timezone.localdate(due), timezone.localdate()
    days = [first + timedelta(days=n) for n in range(1, (today - first).days + 1)]
    working = [day for day in days if day.weekday() < 5]
    if working:
        return _many(len(working), "working day")
    return _many(len(days), "day") if days else _many(max(1, int(seconds // 3600)), "hour")


def length(time):
    """Say a short time in words, in whole minutes where it is some."""
    seconds = int(time.total_seconds())
    return _many(seconds // 60, "minute") if seconds % 60 == 0 else _many(seconds, "second")


def _many(count, unit):
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
