from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.signing import content_of, digest_of


class SignOffQuerySet(models.QuerySet):
    """Approvals, as they end."""

    def void(self):
        """End those that hold: what is approved later is read anew."""
        self.filter(void_at=None).update(void_at=timezone.now())


class SignOff(models.Model):
    """One author's approval of one exact text, known by its digest and kept whole; `void_at` ends it."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="sign_offs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    content = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField(null=True, editable=False)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "by", "digest"], name="signed_once"),
        ]

    def __str__(self):
        return f"{self.by} approved {self.digest[:8]}"

    @classmethod
    def give(cls, piece, *, by):
        """Approve the text of a piece as it is now."""
        kept = {"content": content_of(piece), "at": timezone.now(), "void_at": None}
        cls.objects.update_or_create(submission=piece, by=by, digest=digest_of(piece), defaults=kept)
