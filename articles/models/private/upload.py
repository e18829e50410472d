import secrets
from contextlib import suppress
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from articles.models.public.text import StaleText, Text
from articles.permissions import may_send


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

    @classmethod
    def receive(cls, piece, *, by, data, name, conversion, title=""):
        """Keep a Word file and what was read from it, a `Conversion`; a first text counts at once."""
        with transaction.atomic():
            _lock_for(by, piece)
            text = {
                "title": (title or conversion.title)[:200] or piece.title,
                "standfirst": conversion.standfirst[:400] or piece.standfirst,
                "body": _with_pictures(piece, conversion),
            }
            remarks = [{"code": r.code, "text": r.text, "count": r.count} for r in conversion.remarks]
            author = by if isinstance(by, User) else None
            kept = cls.keep(piece, data, name=name, by=author, remarks=remarks, **text)
            if not piece.body:
                with suppress(StaleText):  # somebody wrote meanwhile: then the difference is shown first
                    kept.use(by=by, version=piece.version)
            return kept

    def use(self, *, by, version):
        """Make its text the text of the piece; raises StaleText as `Submission.write` does."""
        with transaction.atomic():
            self.submission.write(by=by, version=version, **self.text())
            self.mark_used()

    def mark_used(self):
        """Say that its text is, or was, the text of the piece."""
        self.used_at = timezone.now()
        self.save(update_fields=["used_at"])


def _lock_for(by, piece):
    row = type(piece).objects.filter(pk=piece.pk)
    row.lock()
    get_object_or_404(row)
    piece.refresh_from_db()
    if not may_send(by, piece):
        raise PermissionDenied("This text is not yours to change now.")


def _with_pictures(piece, conversion):
    """Return the body read from a file, its pictures kept; one that is here already stays the same picture."""
    here = {}
    for picture in piece.pictures.all() if conversion.pictures else []:
        here[sha256(picture.read()).digest()] = picture.key
    body = conversion.body
    for found in conversion.pictures:
        key = here.get(sha256(found.data).digest())
        key = key or piece.pictures.model.keep(found.data, alt=found.alt, submission=piece).key
        body = body.replace(f'"{found.name}"', f'"{key}"')
    return body
