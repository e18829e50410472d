from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.public.text import Text

HERS = ["submit", "resubmit", "request_correction", "commission"]


class RevisionQuerySet(models.QuerySet):
    """Revisions as the review page asks for them."""

    def for_lists(self):
        """Return the rows of a list: who made each and when, without the long texts."""
        return self.defer("body", "html").select_related("made_by")

    def own(self):
        """Return the last text that came from the author, or None where there is none."""
        return self.filter(verb__in=HERS).last()

    def whole(self, keys):
        """Return these revisions with their texts, the earlier first."""
        return self.defer(None).filter(pk__in=keys).order_by("number")


class Revision(Text):
    """A manuscript as it was when it changed hands; never changed afterwards."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    upload = models.ForeignKey("articles.Upload", models.PROTECT, null=True, related_name="+")

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_number_once"),
        ]

    def __str__(self):
        return f"Revision {self.number}"

    @classmethod
    def keep(cls, piece, *, by, verb):
        """Freeze the text of a piece as it changes hands."""
        number = (piece.revisions.aggregate(last=models.Max("number"))["last"] or 0) + 1
        upload, shown = piece.uploads.used().last(), {"html": piece.html, "words": piece.words}
        return piece.revisions.create(number=number, verb=verb, made_by=by, upload=upload, **shown, **piece.text())

    @classmethod
    def keep_aside(cls, piece, *, by):
        """Freeze the text as it is before somebody saves another in its place; once for each text."""
        last = piece.revisions.last()
        if last is None or last.text() != piece.text():
            cls.keep(piece, by=by, verb="keep_aside")
