"""What happens to pieces by the passing of time; a day missed loses nothing."""

from functools import partial
from itertools import chain

from django.core.cache import cache
from django.utils import timezone

from articles import files, mail, promises
from articles.models import Article, Letter, Message, SafetyRequest, Submission
from articles.models.private import drafting
from forum.lib.moves import CLOCK, IllegalMove, Refused

A_DAY = 24 * 60 * 60
SWEPT = "articles:swept"


def announce_due():
    """Tell authors that readers can now see their pieces."""
    for article in Article.objects.unannounced():
        _press(article.announce)


def extend_due():
    """Give two more weeks to authors whose date has passed, once."""
    for piece in Submission.objects.late_with_author():
        _press(piece.extend)


def remind_due():
    """Remind authors of their dates."""
    for piece in Submission.objects.to_be_reminded():
        _press(piece.remind)


def apologise_due():
    """Tell authors that the desk is late, and until when it means to be done."""
    for piece in Submission.objects.to_apologise_for():
        _press(piece.apologise)


def lapse_due():
    """Set aside what lies with its author long beyond its date."""
    for piece in Submission.objects.overdue_with_author(timezone.now()):
        _press(piece.lapse)


def postpone_for(holiday):
    """Move what is promised or asked for on the days of a new holiday or later."""
    for piece in Submission.objects.running_into(holiday):
        _press(piece.postpone, holiday=holiday)
    waiting = (Message.objects.waiting(), SafetyRequest.objects.filter(status="asked"), Letter.objects.unread())
    for found in chain.from_iterable(waiting):
        if found.due_at and found.due_at > holiday.begins_at():
            due = promises.postponed(found.due_at, holiday, working_day=True)
            type(found).objects.filter(pk=found.pk).update(due_at=due)


def tell_of_no_judges():
    """Tell the administrators of pieces that everybody at the desk is too close to."""
    for piece in Submission.objects.without_a_judge():
        mail.tell_of_no_judge(piece)


def discard_forgotten():
    """Throw away drafts begun without an address, once no session can hold them any more."""
    for draft in Submission.objects.forgotten():
        _press(partial(drafting.discard, draft))


def sweep_files():
    """Delete once a day what has no row any more."""
    if not cache.get(SWEPT):
        files.sweep()
        cache.set(SWEPT, 1, A_DAY)  # after it: a sweep that failed is tried again in a minute


def _press(verb, **arguments):
    """Make a move as the clock; another worker, or the author, may have been there first."""
    try:
        verb(by=CLOCK, **arguments)
    except (IllegalMove, Refused):
        return
