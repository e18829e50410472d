"""What was kept for a while is deleted when its time is over, and not only left out: some of it is people's words."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from forum.environment import CACHE_TABLE

FIRST_TOO_MANY = f"SELECT expires FROM {CACHE_TABLE} ORDER BY expires DESC LIMIT 1 OFFSET %s"  # noqa: S608
MOST_KEPT = 100_000
"""Entries of the cache: so many throttles that only somebody who floods the site is spared one by it."""


def due():
    """Delete the sessions that have ended, and what the cache kept until now, or has too much of."""
    now = timezone.now().replace(microsecond=0)
    Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        ended = [connection.ops.adapt_datetimefield_value(now)]
        cursor.execute(f"DELETE FROM {CACHE_TABLE} WHERE expires < %s", ended)  # noqa: S608 (a name of ours)
        cursor.execute(f"DELETE FROM {CACHE_TABLE} WHERE expires <= ({FIRST_TOO_MANY})", [MOST_KEPT])  # noqa: S608
