"""What comes due by itself: the one list of the clock's functions, each safe to call at any time and twice."""

import logging

from django.db import connection

import accounts.clock
import articles.clock
import comments.clock
from articles.models.public import months, shelved
from forum import digest, figures, fresh, past
from forum.lib import queue, version
from forum.lib.border import failure_of
from forum.models import Trouble

DUE = {f"{due.__module__}.{due.__name__}": due for due in (
    accounts.clock.due,
    articles.clock.announce_due,
    articles.clock.extend_due,
    articles.clock.remind_due,
    articles.clock.apologise_due,
    articles.clock.lapse_due,
    articles.clock.tell_of_no_judges,
    articles.clock.discard_forgotten,
    articles.clock.sweep_files,
    comments.clock.due,
    comments.clock.tell_due,
    comments.clock.forget_due,
    digest.due,
    past.due,
    figures.due,
    queue.due,
    version.due,
    months.due,
    shelved.due,
    fresh.due,  # tells what these two may not mend
)}

logger = logging.getLogger(__name__)


def tick(until=lambda: False):
    """Let everything due happen, and return the names of what failed; where one function fails the others still run."""
    known = set(Trouble.objects.values_list("name", flat=True))
    failed = []
    for name, due in DUE.items():
        if until():
            break
        if failure := failure_of(due):
            if not connection.is_usable():
                raise failure  # without a database everything fails, and that is said once
            failed.append(name)
            if Trouble.objects.tell(name, failure):
                logger.error("%s failed, and is called again every minute", name, exc_info=failure)
        elif name in known:
            Trouble.objects.over(name)
            logger.warning("%s works again", name)
    return failed
