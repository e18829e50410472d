from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from articles.signing import BY_HAND
from forum.lib.moves import Refused


class Conflict(models.Model):
    """An editor's own word that she is too close to a piece to decide on it."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "user"], name="conflict_declared_once"),
        ]

    def __str__(self):
        return f"{self.user} is too close to {self.submission_id}"

    @classmethod
    @transaction.atomic
    def declare(cls, piece, *, by, reason=""):
        """Keep that an editor is too close to a piece; what she was reading goes back first."""
        if piece.editor_id == by.pk:
            if piece.status != "in_review":
                first = "Have it given to another editor before you step aside."
                raise Refused(f"You are handling this piece. {first}")
            piece.put_back(by=by)
        piece.conflicts.get_or_create(user=by, defaults={"reason": reason})
        type(piece).objects.filter(pk=piece.pk, publisher=by).update(**BY_HAND)
        piece.refresh_from_db()
