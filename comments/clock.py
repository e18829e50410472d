"""What happens to comments by the passing of time; readers see it already, so a day missed loses nothing."""

from django.http import Http404

from comments.models import Comment
from forum.lib.moves import CLOCK, IllegalMove, Refused


def due():
    """Write down that comments hidden for a while are back."""
    for comment in Comment.objects.overdue():
        put_back(comment)


def put_back(comment):
    """Put a comment back as it was found; where a moderator was there first, her decision stands."""
    try:
        comment.restore(by=CLOCK, seen=comment.turn)
    except (IllegalMove, Refused, Http404):
        return
