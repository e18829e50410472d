from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from articles.permissions import is_author, is_editor, is_handling_editor
from forum.lib.again import refuse_again
from forum.lib.moves import Refused
from forum.lib.text import ShownField, paragraphs


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


class Note(models.Model):
    """What an editor wrote beside one paragraph; whom it is for is the table it stands in, and stays so."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    text = models.TextField()
    html = ShownField(editable=False)
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

    def resolve(self, *, by):
        """Say that there is nothing left to do about it."""
        if getattr(by, "pk", None) != self.by_id and not is_handling_editor(by, self.submission):
            raise PermissionDenied("Its writer or the handling editor says when a note is settled.")
        self._check_desk(by)
        type(self).objects.filter(pk=self.pk, resolved_at=None).update(resolved_at=timezone.now())

    def withdraw(self, *, by):
        """Take one's own note back."""
        if getattr(by, "pk", None) != self.by_id:
            raise PermissionDenied("A note is taken back by the person who wrote it.")
        self._check_desk(by)
        type(self).objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())

    def _check_desk(self, by):
        if not self.submission.may_note(by):
            raise PermissionDenied("This piece is not on your desk.")


class StaffNote(Note):
    """A note for the editors alone. No author ever meets this table."""

    audience = "staff"

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="staff_notes")


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
        if not self.submission.is_with_authors or not self.left_at or self.withdrawn_at:
            raise Refused("This note is no longer with you.")


class Noting(models.Model):
    """What editors note beside the paragraphs of a piece."""

    class Meta:
        abstract = True

    def may_note(self, by):
        """Say whether `by` reads and writes in the margin: an editor who is not too close to the piece."""
        return is_editor(by) and self.status != "draft" and not self.is_conflicted(by)

    def may_note_for_author(self, by):
        """Say whether `by` may still tell the author something: her editor, while the piece is under way."""
        return self.may_note(by) and is_handling_editor(by, self) and self.state.handled and self.state.under_way

    def notes_in_margin(self):
        """Return all that stands in the margin, for editors who may note."""
        return [*self.author_notes.standing(), *self.staff_notes.standing()]

    def note_for_staff(self, *, by, **note):
        """Write beside a paragraph for the editors alone."""
        if not self.may_note(by):
            raise PermissionDenied("This piece is not on your desk.")
        return self._noted(self.staff_notes, by, note)

    def note_for_author(self, *, by, **note):
        """Write beside a paragraph for the author; she reads it with the next letter."""
        if not self.may_note_for_author(by):
            raise PermissionDenied("The author hears from the editor who handles her piece.")
        return self._noted(self.author_notes, by, note)

    @transaction.atomic
    def _noted(self, notes, by, note):
        type(self).objects.filter(pk=self.pk).hold()
        refuse_again(notes.standing().filter(by=by, **note), at="at")
        return notes.create(by=by, **note)

    def hand_over_notes(self):
        """Let the notes for the author leave, with the letter that is being sent."""
        self.author_notes.waiting().update(left_at=timezone.now())

    def notes_with_author(self):
        """Return the notes its author works with, while the piece is in her hands."""
        return self.author_notes.with_author() if self.state.sent_back else self.author_notes.none()
