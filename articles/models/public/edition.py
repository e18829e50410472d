from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.public.text import Text


class KindOfChange(models.TextChoices):
    """What kind of change an edition makes to the one before."""

    FIRST = "first", "First published"
    TYPO = "typo", "Typing error"
    CLARIFICATION = "clarification", "Clarification"
    CORRECTION = "correction", "Correction"
    UPDATE = "update", "Update"
    NOTE = "note", "Editor’s note"


class EditionQuerySet(models.QuerySet):
    """Editions as pages list them."""

    def without_texts(self):
        """Return them without what is long."""
        return self.defer("body", "html")


class Edition(Text):
    """An article's public text as it stood from one change to the next; never changed afterwards but for a name."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=14, choices=KindOfChange, default=KindOfChange.FIRST)
    note = models.TextField("what changed, for readers", max_length=1000, blank=True)
    declarations = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=models.Q(change__in=["first", "typo"]) | ~models.Q(note=""),
                name="edition_says_what_changed",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"

    def print_bylines(self, bylines):
        """Copy the names and biographies as they are on this day."""
        copies = [
            self.bylines.model(edition=self, order=b.order, name=b.name, biography=b.biography, author=b.author)
            for b in bylines
        ]
        self.bylines.bulk_create(copies)
