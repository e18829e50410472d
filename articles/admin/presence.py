"""Who else has the same piece open: remembered for a few minutes, in the cache, where it never matters."""

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from articles.models import Submission

REMEMBERED = 5 * 60
MOST = 5  # people named at once


def also_open(request, piece):
    """Remember that this editor has the piece open; return the others who have and still may see it."""
    key, now, me = f"open:{piece.pk}", timezone.now().timestamp(), request.user.pk
    seen = {pk: at for pk, at in cache.get(key, {}).items() if at > now - REMEMBERED}
    cache.set(key, {**seen, me: now}, REMEMBERED)
    others = sorted(set(seen) - {me}, key=seen.get)[-MOST:]
    if not others:
        return ""
    people = User.objects.filter(pk__in=others).prefetch_related("groups").order_by("name")
    names = [
        user.name for user in people if Submission.objects.on_desk(user).filter(pk=piece.pk).exists()
    ]
    return f"Also open by {_and(names)}." if names else ""


def _and(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
