"""What happens to pieces by the passing of time; a day missed loses nothing."""

from django.utils import timezone

from articles.models import Article, Submission
from forum.lib.moves import CLOCK, IllegalMove, Refused


def announce_due():
    """Tell authors that readers can now see their pieces."""
    for article in Article.objects.unannounced():
        _press(article.announce)


def lapse_due():
    """Set aside what lies with its author long beyond its date."""
    for piece in Submission.objects.overdue_with_author(timezone.now()):
        _press(piece.lapse)


def discard_forgotten():
    """Throw away drafts begun without an address, once no session can hold them any more."""
    for draft in Submission.objects.forgotten():
        _press(draft.discard)


def _press(verb):
    """Make a move as the clock; another worker, or the author, may have been there first."""
    try:
        verb(by=CLOCK)
    except (IllegalMove, Refused):
        return
