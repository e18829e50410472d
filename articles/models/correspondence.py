from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from articles import promises
from articles.models.desk import Letter
from articles.models.editing import StaleText
from articles.models.point import Point
from forum.lib.again import refuse_again


class Correspondence(models.Model):
    """What goes to and fro between an author and the desk beside the text."""

    class Meta:
        abstract = True

    def write_author(self, *, by, letter, reason="", heard=None):
        """Send the author a message; what she wrote before is answered by it."""
        with self.moving("write_author", by=by):
            self._refuse_again("write_author", by, letter)
            Letter.objects.create(submission=self, verb="write_author", by=by, text=letter, reason=reason)
            self.hear(heard)

    def write_editor(self, *, by, letter):
        """Send the desk a message; it waits for the handling editor, or for all while there is none."""
        with self.moving("write_editor", by=by):
            self._refuse_again("write_editor", by, letter)
            due = promises.first_answer()
            Letter.objects.create(submission=self, verb="write_editor", by=by, text=letter, due_at=due)

    def _refuse_again(self, verb, by, letter):
        """Refuse what is the last word already; after an answer the same words are another message."""
        refuse_again(self.letters.filter(pk=self.last_word(), verb=verb, by=by, text=letter), at="at")

    def read_messages(self, *, by, heard=None):
        """Keep that the author's messages were read and need no answer."""
        move = self.machine["write_author"]
        move.permit(by, self)
        self.hear(heard)

    def hear(self, heard=None):
        """Let what the author wrote wait no longer: up to the letter `heard`, the last one that was shown, or all."""
        unread = self.letters.unread()
        (unread if heard is None else unread.filter(pk__lte=heard)).update(read_at=timezone.now())

    def last_word(self):
        """Return the key of the last letter written either way, 0 before the first."""
        return self.letters.values_list("pk", flat=True).last() or 0

    def conversation(self):
        """Return what was written to and fro, the newest first; the last word of the desk is open."""
        letters = list(self.letters.with_points())[::-1]
        newest = next((letter for letter in letters if not letter.is_from_author), None)
        for letter in letters:
            letter.is_open = letter is newest
        return letters

    def asked_in(self):
        """Return the letter that last asked for changes, or None; each such letter is a round of its own."""
        return Letter.objects.filter(submission=self, verb="ask_for_changes").last()

    def points_asked(self):
        """Return the points of the last round."""
        rounds = Letter.objects.filter(submission=self, verb="ask_for_changes").order_by("-pk")
        return list(Point.objects.filter(letter=rounds.values("pk")[:1]))

    def answer_points(self, *, by, version, answers):
        """Keep the author's answers, {number: (answer, words)}; raises StaleText with the letter as it is now."""
        if self.status != "with_author" or not self.may_write(by):
            raise PermissionDenied("Points are answered by the author, until the piece goes back.")
        letter = self.asked_in()
        with transaction.atomic():
            row = Letter.objects.filter(pk=letter.pk, version=version, submission__status="with_author")
            if not row.update(version=F("version") + 1):
                raise StaleText(Letter.objects.get(pk=letter.pk))
            for point in letter.points.filter(number__in=answers):
                answer, words = answers[point.number]
                if (answer, words) != (point.answer, point.words):
                    point.answer, point.words, point.answered_at = answer, words, timezone.now()
                    point.save(update_fields=["answer", "words", "answered_at"])
