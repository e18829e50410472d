from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from articles.models.desk import Letter
from articles.models.editing import StaleText
from articles.models.point import Point


class Correspondence(models.Model):
    """What goes to and fro between an author and the desk beside the text."""

    class Meta:
        abstract = True

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
