from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property


class Stance(models.TextChoices):
    """What a piece answers."""

    YES = "yes", "Yes"
    NO = "no", "No"
    DEPENDS = "depends", "It depends"


class QuestionQuerySet(models.QuerySet):
    """Questions as readers meet them."""

    def open_to_readers(self):
        """Return the questions the editors show."""
        return self.filter(shown=True)


class Question(models.Model):
    """Something that can be answered with yes or no; it pairs the pieces that disagree."""

    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    summary = models.TextField(max_length=600, blank=True)
    shown = models.BooleanField(default=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["-asked_at", "-id"])]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("question", args=[self.slug])

    @cached_property
    def is_answered(self):
        """Whether a piece or a submission takes a side on it."""
        return self.answers.exists() or self.submissionanswers.exists()


class Answering(models.Model):
    """A question and the side a piece takes on it."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="%(class)ss")
    stance = models.CharField(max_length=8, choices=Stance)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.question}: {self.get_stance_display()}"


class Answer(Answering):
    """The side a published piece takes."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="answers")

    class Meta:
        indexes = [models.Index(fields=["question", "stance"])]
        constraints = [models.UniqueConstraint(fields=["article", "question"], name="article_answers_once")]
