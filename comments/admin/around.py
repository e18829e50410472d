"""What stands around a comment in its discussion."""

from django.db.models import prefetch_related_objects

from comments.models.questions import REACH, last_ones, next_to


def around(comment):
    """Return the neighbours of a comment before it and behind it, or the last ones where it has no place."""
    if comment.number is None:
        found = last_ones(discussion=comment.discussion_id)[::-1]
    else:
        reach = {"first": comment.number - REACH, "last": comment.number + REACH}
        found = next_to(discussion=comment.discussion_id, **reach)
    prefetch_related_objects(found, "author__groups")
    return found
