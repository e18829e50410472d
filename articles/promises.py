"""What the desk promises, and until when: always to the end of a day in the site's zone, holidays left out."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from forum.pages.models import Holiday

MORNING = time(8)
"""When mails that wait for the day go out, in the site's zone."""

DAY = timedelta(days=1)


def end_of(day):
    """Return the end of a day in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def after_days(days, start=None):
    """Return the end of the `days`-th day after `start` (now), the desk's holidays left out."""
    return _after(days, start)


def after_working_days(days, start=None):
    """Return the end of the `days`-th working day, Monday to Friday, after `start` (now)."""
    return _after(days, start, counts=is_weekday)


def is_weekday(day):
    """Say whether a day is one from Monday to Friday."""
    return day.weekday() < 5


def first_answer():
    """A new piece, or a message from its author, is answered within these working days."""
    return after_working_days(settings.PROMISES["first_answer_working_days"])


def decision():
    """A piece in review is decided within these days."""
    return after_days(settings.PROMISES["decision_days"])


def proof():
    """An author has these days for a proof, and an accepted piece gets its proof in as many again."""
    return after_days(settings.PROMISES["proof_days"])


def ready():
    """An approved piece is published or dated within these working days."""
    return after_working_days(settings.PROMISES["ready_working_days"])


def apologised(times):
    """Say in words how often the desk broke a promise and said so; "" for never."""
    return {0: "", 1: "late, we apologised once"}.get(times, f"late, we apologised {times} times")


def apology():
    """Return the new date after a broken promise, whichever it was."""
    return after_working_days(settings.PROMISES["apology_working_days"])


def extension(due):
    """Return the new date after one extension, counted from the old one or, where that has passed, from now."""
    return after_days(settings.PROMISES["extension_days"], max(due, timezone.now()))


def lapse(due):
    """Return when a piece left with its author is set aside."""
    return after_days(settings.PROMISES["lapse_days"], due)


def reminder(due):
    """Return the morning to remind of a date: some days before, or that day's; None where both are too near."""
    day = timezone.localdate(due)
    mornings = [_morning(day - DAY * before) for before in (settings.PROMISES["remind_days"], 0)]
    return next((at for at in mornings if timezone.now() + DAY <= at < due), None)


def postponed(due, holiday, *, working_day):
    """Return `due` moved by as many days as are left of a new holiday, and on to a day on which the desk works.

    A holiday that is over moves nothing, not even a date that falls on a weekend.
    """
    left = holiday.days_left()
    if not left:
        return due
    day = timezone.localdate(due) + DAY * left
    closed = Holiday.objects.days_from(day)
    while day in closed or (working_day and not is_weekday(day)):
        day += DAY
    return end_of(day)


def this_morning():
    """Return the last midnight after which a morning has come: what was due before it is late enough to say."""
    now = timezone.localtime()
    day = now.date() if now.time() >= MORNING else now.date() - DAY
    return timezone.make_aware(datetime.combine(day, time()))


def next_morning():
    """Return the next morning in the site's zone, when what waits for the day goes out."""
    now = timezone.localtime()
    return _morning(now.date() if now.time() < MORNING else now.date() + DAY)


def in_words(due, *, exact=False):
    """Say a date in the site's zone: the year where it is another one, the hour and the zone where it is `exact`."""
    at = timezone.localtime(due)
    year = f" {at.year}" if at.year != timezone.localdate().year else ""
    return f"{at:%A %-d %B}{year}" + (f", {at:%H:%M} ({at:%Z})" if exact else "")


def exactly(due):
    """Say a date with its hour and the zone."""
    return in_words(due, exact=True)


def has_passed(at):
    """Say whether a time, where there is one, has come."""
    return at is not None and at <= timezone.now()


def is_to_come(at):
    """Say whether a time, where there is one, is still to come."""
    return at is not None and at > timezone.now()


def link():
    """A personal link works for these days."""
    return timezone.now() + DAY * settings.PROMISES["link_days"]


def _after(days, start, counts=None):
    day = timezone.localtime(start).date()
    closed = Holiday.objects.days_from(day)
    while days:
        day += DAY
        days -= day not in closed and (counts is None or counts(day))
    return end_of(day)


def _morning(day):
    return timezone.make_aware(datetime.combine(day, MORNING))
