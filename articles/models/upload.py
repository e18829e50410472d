import secrets

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone


def manuscript_path(upload, filename):
    """Return where a manuscript is kept: a name nobody chose, without an address."""
    return f"manuscripts/{upload.submission.code}/{secrets.token_hex(8)}.docx"


class Upload(models.Model):
    """A Word file as it came, with the report of what was dropped or changed in reading it."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="uploads")
    file = models.FileField(upload_to=manuscript_path, max_length=120)
    name = models.CharField(max_length=200)
    remarks = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.name

    @classmethod
    def keep(cls, submission, data, *, name, by, remarks):
        """Store a file as it came."""
        upload = cls(submission=submission, name=name[-200:], by=by, remarks=remarks)
        upload.file.save("manuscript.docx", ContentFile(data), save=False)
        upload.save(force_insert=True)
        return upload
