from django.db import models

from forum.lib.moves import Event


class SubmissionEvent(Event):
    """What happened to a submission."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="events")


class ArticleEvent(Event):
    """What happened to an article."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="events")


class MessageEvent(Event):
    """What happened to a message."""

    message = models.ForeignKey("articles.Message", models.CASCADE, related_name="events")
