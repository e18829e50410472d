"""How far an editor sees among the printed pieces: all that readers saw, and what is still to come on her desk."""

from django.db.models import Q
from django.utils import timezone

from articles.models.private.submission import Submission
from articles.models.public.article import Article
from articles.permissions import is_editor


def articles_on_desk(user):
    """Return the articles an editor may see; nobody else sees any here."""
    if not is_editor(user):
        return Article.objects.none()
    coming = Submission.objects.on_desk(user)
    return Article.objects.filter(Q(published_at__lte=timezone.now()) | Q(submission__in=coming))
