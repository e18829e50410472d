"""What was kept for a while is deleted when its time is over, and not only left out: some of it is people's words."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from forum.environment import CACHE_TABLE


def due():
    """Delete the sessions that have ended, and what the cache kept until now."""
    now = timezone.now().replace(microsecond=0)
    Session.objects.filter(expire_date__lt=now).delete()
    with connection.cursor() as cursor:
        ended = [connection.ops.adapt_datetimefield_value(now)]
        cursor.execute(f"DELETE FROM {CACHE_TABLE} WHERE expires < %s", ended)  # noqa: S608 (a name of ours)
