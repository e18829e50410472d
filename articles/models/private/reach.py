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
    if not is_editor(user):
        return Q(pk__in=[])
    return in_public.out(at) | Submission.objects.is_on_desk(user, f"{at}submission__")
