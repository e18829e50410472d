"""What the desk promises, and until when."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def after_days(days, start=None):
    """Return the end of the day, in the site's zone, `days` calendar days after `start` (now)."""
    day = timezone.localtime(start).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def after_working_days(days, start=None):
    """Return the end of the `days`-th working day, Monday to Friday, after `start` (now)."""
    day = timezone.localtime(start).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def first_answer():
    """A new piece hears from an editor within these working days."""
    return after_working_days(settings.PROMISES["first_answer_working_days"])


def decision():
    """A piece in review is decided within these days."""
    return after_days(settings.PROMISES["decision_days"])


def proof():
    """An author has these days for a proof, and an accepted piece gets its proof in as many again."""
    return after_days(settings.PROMISES["proof_days"])


def extension(due):
    """Return the new date after one extension."""
    return due + timedelta(days=settings.PROMISES["extension_days"])


def lapse(due):
    """Return when a piece left with its author is set aside."""
    return due + timedelta(days=settings.PROMISES["lapse_days"])


def ready():
    """An approved piece is published or dated within these working days."""
    return after_working_days(settings.PROMISES["ready_working_days"])
