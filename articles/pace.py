"""How long pieces took so far: what a writer who waits may expect."""

import math
from dataclasses import dataclass
from statistics import median

from django.utils import timezone

from articles.models import Submission
from forum.lib.cache import for_a_while

FEWEST = 10
LATEST = 200
AN_HOUR = 60 * 60


@dataclass(frozen=True)
class Pace:
    """The median days from sending in to an editor's first word and to the decision; "" where too few."""

    first_answer: str
    decision: str


def pace(kind):
    """Return how long the latest pieces took: those of this kind where they are enough, otherwise all."""
    own = _of_this_hour(kind) if kind else None
    return own if own and own.decision else _of_this_hour(None)


def _of_this_hour(kind):
    return for_a_while(f"pace-{kind.pk if kind else 'all'}", lambda: _counted(kind), AN_HOUR)


def _counted(kind):
    steps = list(Submission.objects.steps(kind)[:LATEST])
    answered = [_days(came, at) for came, at, _ in steps if at]
    decided = [_days(came, at) for came, _, at in steps if at]
    return Pace(_median(answered), _median(decided))


def _days(start, end):
    return (timezone.localtime(end).date() - timezone.localtime(start).date()).days


def _median(days):
    if len(days) < FEWEST:
        return ""
    middle = math.ceil(median(days))
    return f"within {middle} day{'' if middle == 1 else 's'}" if middle else "on the same day"
