from django.db import models
from django.utils import timezone

from comments.models.kept import Kept
from forum.lib.text import ShownField, normalise, paragraphs


class CommentRevision(Kept):
    """The exact words of a comment; reports and decisions are about one of these."""

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    html = ShownField(editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="comment_revision_number_once"),
        ]

    def __str__(self):
        return f"Revision {self.number} of comment {self.comment_id}"

    def save(self, *args, **kwargs):
        self.text = normalise(self.text)
        self.html = paragraphs(self.text)
        super().save(*args, **kwargs)

    @property
    def may_be_quoted(self):
        """Whether readers may still be shown these words: nobody has ruled against them."""
        return not self.rulings.restrictive().exists()
