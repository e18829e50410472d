"""What comes due by itself: the one list of the clock's functions, each safe to call at any time and twice."""

import logging

from django.db import connection
from django.utils.module_loading import import_string

from .lib.border import failure_of
from .models import Trouble

DUE = (
    "accounts.clock.due",
    "articles.clock.announce_due",
    "articles.clock.extend_due",
    "articles.clock.remind_due",
    "articles.clock.apologise_due",
    "articles.clock.lapse_due",
    "articles.clock.tell_of_no_judges",
    "articles.clock.discard_forgotten",
    "articles.clock.sweep_files",
    "comments.clock.due",
    "comments.clock.tell_due",
    "comments.clock.forget_due",
    "forum.digest.due",
    "forum.past.due",
    "forum.lib.queue.due",
)

logger = logging.getLogger(__name__)


def tick(until=lambda: False):
    """Let everything due happen, and return the names of what failed; where one function fails the others still run."""
    known = set(Trouble.objects.values_list("name", flat=True))
    failed = []
    for name in DUE:
        if until():
            break
        if failure := failure_of(import_string(name)):
            if not connection.is_usable():
                raise failure  # without a database everything fails, and that is said once
            failed.append(name)
            if Trouble.objects.tell(name, failure):
                logger.error("%s failed, and is called again every minute", name, exc_info=failure)
        elif name in known:
            Trouble.objects.over(name)
            logger.warning("%s works again", name)
    return failed
