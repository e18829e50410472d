from django.db import models
from django.db.models import Q


class Point(models.Model):
    """One thing an editor asked for with a letter, and what the author answered to it."""

    class Weight(models.TextChoices):
        MUST = "must", "must"
        MAY = "may", "may"

    class Answer(models.TextChoices):
        DONE = "done", "done as asked"
        OTHERWISE = "otherwise", "done differently"
        NOT_DONE = "not_done", "not done"

    letter = models.ForeignKey("articles.Letter", models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    weight = models.CharField(max_length=4, choices=Weight)
    text = models.TextField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="point_number_once"),
            models.CheckConstraint(condition=Q(weight__in=["must", "may"]), name="point_weight_known"),
        ]

    def __str__(self):
        return f"{self.number}. ({self.get_weight_display()}) {self.text}"

    @property
    def is_answered(self):
        """Whether the answer is whole: what was done otherwise, or not at all, is said in words."""
        return self.answer == self.Answer.DONE or bool(self.answer and self.words)

    @property
    def is_open(self):
        """Whether the piece cannot go back before this is answered."""
        return self.weight == self.Weight.MUST and not self.is_answered

    @property
    def reply(self):
        """Return the answer as one sentence or two."""
        done = self.get_answer_display().capitalize() if self.answer else "No answer"
        return f"{done}. {self.words}".strip()
