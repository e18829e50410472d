from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from articles.models.private.point import Point
from articles.models.public.text import StaleText
from articles.permissions import may_write
from forum.lib.again import refuse_again
from forum.lib.text.prose import FinishedField, paragraphs


class LetterQuerySet(models.QuerySet):
    """Letters as pages ask for them."""

    def with_points(self):
        """Return the letters with what they ask for."""
        return self.prefetch_related("points")

    def unread(self):
        """Return what authors wrote and the desk has neither read nor answered."""
        return self.filter(verb="write_editor", read_at=None)

    def hear(self, heard=None):
        """Let what authors wrote wait no longer: up to the letter `heard`, the last one that was shown, or all."""
        unread = self.unread()
        (unread if heard is None else unread.filter(pk__lte=heard)).update(read_at=timezone.now())

    def last_word(self):
        """Return the key of the last letter written either way, 0 before the first."""
        return self.values_list("pk", flat=True).last() or 0

    def asking(self):
        """Return those that asked for changes; each is a round of its own."""
        return self.filter(verb="ask_for_changes")

    def points_asked(self):
        """Return the points of the last round."""
        return list(Point.objects.filter(letter=self.asking().order_by("-pk").values("pk")[:1]))


class Letter(models.Model):
    """What one side wrote to the other, with a decision or as a message; it left when it was written."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="letters")
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    html = FinishedField(editable=False)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=40, blank=True)
    invited = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = LetterQuerySet.as_manager()

    ABOUT = {
        "ask_for_changes": "changes we ask for",
        "accept": "the acceptance",
        "decline": "our decision",
        "revoke": "the acceptance taken back",
        "write_author": "a message",
        "write_editor": "a message",
    }

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["verb", "read_at"])]

    def __str__(self):
        return f"Letter of {self.at:%Y-%m-%d}"

    @property
    def is_from_author(self):
        return self.verb == "write_editor"

    @property
    def is_unread(self):
        return self.is_from_author and self.read_at is None

    @property
    def about(self):
        """Return what the letter was about, in words."""
        return self.ABOUT[self.verb]

    @classmethod
    def write(cls, piece, verb, *, by, text, heard=None, **kept):
        """Write to the author with a decision; what she wrote is heard, up to the letter `heard` or all."""
        piece.letters.hear(heard)
        return cls.objects.create(submission=piece, verb=verb, by=by, text=text, **kept)

    @classmethod
    def send(cls, piece, verb, *, by, text, **kept):
        """Send a message either way, but not the last word again; after an answer the same words are another."""
        refuse_again(piece.letters.filter(pk=piece.letters.last_word(), verb=verb, by=by, text=text), at="at")
        return cls.objects.create(submission=piece, verb=verb, by=by, text=text, **kept)

    @classmethod
    def read(cls, piece, *, by, heard=None):
        """Keep that the author's messages were read and need no answer."""
        piece.machine["write_author"].permit(by, piece)
        piece.letters.hear(heard)

    def ask(self, points):
        """Number the points that go with this letter: pairs of weight and text."""
        for number, (weight, text) in enumerate(points, 1):
            self.points.create(number=number, weight=weight, text=text)

    def answer_points(self, *, by, version, answers):
        """Keep the author's answers, {number: (answer, words)}; raises StaleText with the letter as it is now."""
        if self.submission.status != "with_author" or not may_write(by, self.submission):
            raise PermissionDenied("Points are answered by the author, until the piece goes back.")
        with transaction.atomic():
            row = Letter.objects.filter(pk=self.pk, version=version, submission__status="with_author")
            if not row.update(version=F("version") + 1):
                raise StaleText(Letter.objects.get(pk=self.pk))
            for point in self.points.filter(number__in=answers):
                answer, words = answers[point.number]
                if (answer, words) != (point.answer, point.words):
                    point.answer, point.words, point.answered_at = answer, words, timezone.now()
                    point.save(update_fields=["answer", "words", "answered_at"])

    def save(self, *args, **kwargs):
        self.html = paragraphs(self.text)
        super().save(*args, **kwargs)
