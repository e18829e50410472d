from django.db import models

from articles.models.public.question import Answering


class SubmissionAnswer(Answering):
    """The side a submission takes, to be approved with its text."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "question"], name="submission_answers_once"),
        ]
