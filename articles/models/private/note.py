from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from articles.permissions import is_author, is_handling_editor, may_note, may_note_for_author
from forum.lib.again import refuse_again
from forum.lib.moves import Refused
from forum.lib.text.prose import FinishedField, paragraphs


class NoteQuerySet(models.QuerySet):
    """Notes as the margin asks for them."""

    def standing(self):
        """Return what was not withdrawn, the first written first, with its writer."""
        return self.filter(withdrawn_at=None).select_related("by").order_by("pk")

    def waiting(self):
        """Return what leaves with the next letter."""
        return self.standing().filter(left_at=None)

    def with_author(self):
        """Return what the author has in her hands."""
        return self.standing().exclude(left_at=None)

    def left_between(self, start, end):
        """Return what left in this time, for the letter it left with."""
        return self.with_author().filter(left_at__gte=start, left_at__lte=end)

    def hand_over(self):
        """Let what is for the author leave, with the letter that is being sent."""
        self.waiting().update(left_at=timezone.now())


class Note(models.Model):
    """What an editor wrote beside one paragraph; whom it is for is the table it stands in, and stays so."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    text = models.TextField()
    html = FinishedField(editable=False)
    quote = models.TextField("words of the paragraph", blank=True, editable=False)
    number = models.PositiveIntegerField("place of the paragraph", default=0, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"Note on {self.beginning or 'the whole piece'}"

    def save(self, *args, **kwargs):
        self.html = paragraphs(self.text)
        super().save(*args, **kwargs)

    @property
    def beginning(self):
        """Return the first words of the paragraph."""
        words = self.quote.split()
        return " ".join(words[:12]) + ("…" if len(words) > 12 else "")

    @classmethod
    @transaction.atomic
    def write(cls, piece, *, by, **note):
        """Write beside a paragraph of a piece, or on the whole of it."""
        cls.check_writer(by, piece)
        type(piece).objects.filter(pk=piece.pk).lock()
        refuse_again(cls.objects.filter(submission=piece).standing().filter(by=by, **note), at="at")
        return cls.objects.create(submission=piece, by=by, **note)

    def resolve(self, *, by):
        """Say that there is nothing left to do about it."""
        if getattr(by, "pk", None) != self.by_id and not is_handling_editor(by, self.submission):
            raise PermissionDenied("Its writer or the handling editor says when a note is settled.")
        _check_desk(by, self.submission)
        type(self).objects.filter(pk=self.pk, resolved_at=None).update(resolved_at=timezone.now())

    def withdraw(self, *, by):
        """Take one's own note back."""
        if getattr(by, "pk", None) != self.by_id:
            raise PermissionDenied("A note is taken back by the person who wrote it.")
        _check_desk(by, self.submission)
        type(self).objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


def _check_desk(by, piece):
    if not may_note(by, piece):
        raise PermissionDenied("This piece is not on your desk.")


class StaffNote(Note):
    """A note for the editors alone. No author ever meets this table."""

    audience = "staff"

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="staff_notes")

    @staticmethod
    def check_writer(by, piece):
        """Raise unless `by` may write for the editors."""
        _check_desk(by, piece)


class AuthorNote(Note):
    """A note for the author, which leaves with the next letter; she may answer it."""

    audience = "author"

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="author_notes")
    left_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=False) | Q(answer="", done_at__isnull=True),
                name="note_is_answered_once_it_left",
            ),
        ]

    @staticmethod
    def check_writer(by, piece):
        """Raise unless `by` may write for the author, who reads it with the next letter."""
        if not may_note_for_author(by, piece):
            raise PermissionDenied("The author hears from the editor who handles her piece.")

    def reply(self, *, by, answer):
        """Answer the editor's note; a later answer takes the place of an earlier one."""
        self._check_author(by)
        type(self).objects.filter(pk=self.pk).update(answer=answer)

    def finish(self, *, by, done=True):
        """Say that the text now has what the note asked for, or that it has not yet."""
        self._check_author(by)
        type(self).objects.filter(pk=self.pk).update(done_at=timezone.now() if done else None)

    def _check_author(self, by):
        if not is_author(by, self.submission):
            raise PermissionDenied("The notes are answered by the person who sent this piece in.")
        if not self.submission.state.with_authors or not self.left_at or self.withdrawn_at:
            raise Refused("This note is no longer with you.")
