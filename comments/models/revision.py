from django.db import models
from django.utils import timezone

from comments.models.written_once import WrittenOnce
from comments.screening import HELD_FOR
from forum.lib.text.prose import FinishedField, normalise, paragraphs, sentences


class CommentRevisionQuerySet(models.QuerySet):
    """The wordings of comments, as readers ask for them."""

    def seen_by_readers(self):
        """Return what never had to wait; wordings that waited may have been seen by nobody."""
        return self.filter(held_for="")


class CommentRevision(WrittenOnce):
    """The exact words of a comment; reports and decisions are about one of these.

    `held_for` is the rule that made these words wait for a moderator, "" where they appeared at once.
    """

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    html = FinishedField(editable=False)
    held_for = models.CharField(max_length=20, choices=list(HELD_FOR.items()), blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = CommentRevisionQuerySet.as_manager()

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

    def sentences(self):
        """Return its sentences, for whoever has to say which words a decision is about."""
        return sentences(self.text)
