import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from articles.models.text import Text


def manuscript_path(upload, filename):
    """Return where a manuscript is kept: a name nobody chose, without an address."""
    return f"manuscripts/{upload.submission.code}/{secrets.token_hex(8)}.docx"


class UploadQuerySet(models.QuerySet):
    """Files as pages ask for them."""

    def for_lists(self):
        """Return the rows of a list: who sent each and when, without the long texts."""
        return self.defer("body", "html").select_related("by")

    def used(self):
        """Return those whose text became the text of the piece, the latest last."""
        return self.exclude(used_at=None).order_by("used_at", "pk")


class Upload(Text):
    """A Word file as it came, the text that was read from it, and the report of what was changed in reading.

    Its text counts once somebody has seen what it changes and said so (`used_at`).
    """

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="uploads")
    file = models.FileField(upload_to=manuscript_path, max_length=120)
    name = models.CharField(max_length=200)
    remarks = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, editable=False)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @property
    def has_text(self):
        """Whether the text read from it was kept."""
        return self.words > 0

    @classmethod
    def keep(cls, submission, data, *, name, by, remarks, **text):
        """Store a file as it came, with what was read from it."""
        upload = cls(submission=submission, name=name[-200:], by=by, remarks=remarks)
        upload.set_text(**text)
        upload.file.save("manuscript.docx", ContentFile(data), save=False)
        upload.save(force_insert=True)
        return upload

    def mark_used(self):
        """Say that its text is, or was, the text of the piece."""
        self.used_at = timezone.now()
        self.save(update_fields=["used_at"])
