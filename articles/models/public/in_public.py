"""What readers may see of the pieces, said once as conditions: of a piece, or of what leads to one by a path."""

from django.db.models import Q
from django.utils import timezone

from articles.workflow import ARTICLE


def long(path=""):
    """Return the names of the long texts of a piece, which no list and no page about something else shows."""
    return [f"{path}{whose}__{text}" for whose in ("edition", "submission") for text in ("body", "html")]


def out(path="", at=None):
    """Return the condition that its day has come, now or `at` a moment; a removed piece is out too."""
    return Q(**{f"{path}published_at__lte": timezone.now() if at is None else at})


def listed(path="", at=None):
    """Return the condition that lists, feeds and search show it."""
    return out(path, at) & Q(**{f"{path}status": "published"})


def readable(path="", at=None):
    """Return the condition that it has a page: it is listed, or was retracted."""
    return out(path, at) & Q(**{f"{path}status__in": ARTICLE.where(readable=True)})
