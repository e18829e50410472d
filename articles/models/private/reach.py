"""How far an editor sees among the printed pieces: all that readers saw, and what is still to come on her desk."""

from django.db.models import Q

from articles.models.private.submission import Submission
from articles.models.public import in_public
from articles.models.public.article import Article
from articles.permissions import is_editor


def articles_on_desk(user):
    """Return the articles an editor may see; nobody else sees any here."""
    return Article.objects.filter(is_on_desk(user))


def is_on_desk(user, at=""):
    """Say at the end of a path which articles an editor may see."""
    return is_seen(Submission.objects.all().kept_from(user), at) if is_editor(user) else Q(pk__in=[])


def is_seen(kept_from, path="", at=None):
    """Say the same, now or `at` a moment, of an editor who is kept from these submissions."""
    return in_public.out(path, at) | Submission.objects.all().is_sent_in(kept_from, f"{path}submission__")
