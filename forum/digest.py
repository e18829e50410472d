"""One mail a day to each person at the desk, with what her front page shows; none when nothing waits."""

from django.db import transaction
from django.utils import timezone

from accounts.addressing import called
from accounts.mail import administrator, moderator
from accounts.mail import write as post
from accounts.models import User
from articles import promises
from forum.lib.desk import waiting_for
from forum.pages.models import Holiday

MOST = 30  # lines in all; each panel gives the first of its own


def due():
    """Write to everybody who has not had today's, once the morning has come; the desk's holidays are quiet."""
    day = timezone.localdate()
    if timezone.localdate(promises.this_morning()) == day and not Holiday.objects.is_on():
        for person in User.objects.without_digest_of(day):
            write(person, day)


def write(person, day):
    """Write one person's digest of a day; of several clocks the one that takes the day writes."""
    with transaction.atomic():
        if person.take_digest(day) and (waits := waiting(person)):
            here = moderator if person.is_moderator else administrator
            key, until = f"digest:{day}:{person.pk}", promises.next_morning()
            post(key, "desk/digest", waits, to=called(here, person), lapses_at=until)


def waiting(person):
    """Return what the letter says of what waits for this person, late things first; None when nothing does."""
    panels, rows = waiting_for(person)
    if not rows:
        return None
    waits, said = [panel for panel in panels if panel.waiting], rows[:MOST]
    total, number_late = sum(panel.count for panel in waits), sum(panel.number_late for panel in waits)
    late = [(panel, row) for panel, row in said if row.is_late]
    rest = [(panel, row) for panel, row in said if not row.is_late]
    more = sum(panel.more for panel in waits) + len(rows[MOST:])
    return {"person": person, "late": late, "number_late": number_late, "rest": rest, "total": total, "more": more}
