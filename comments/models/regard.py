from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from comments.models.comment import Comment


class RespectQuerySet(models.QuerySet):
    """What members found well argued."""

    def by_member(self, user):
        """Return one member's, with the comments."""
        return self.filter(user=user).select_related("comment")


class Respect(models.Model):
    """A member's word that a comment is well argued, even where she disagrees. It changes no order."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="respects")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="respects")
    at = models.DateTimeField(default=timezone.now)

    objects = RespectQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="respected_once")]

    def __str__(self):
        return f"{self.user} on {self.comment_id}"

    @classmethod
    def give(cls, comment, *, by):
        """Respect a comment, once."""
        cls.objects.get_or_create(comment=comment, user=by)

    @classmethod
    def take_back(cls, comment, *, by):
        """Respect it no more."""
        cls.objects.filter(comment=comment, user=by).delete()


class MuteQuerySet(models.QuerySet):
    """Who does not want to read whom."""

    def of(self, comment):
        """Return the wishes not to read the writer of this comment, under the name that stands there."""
        return self.filter(whom=comment.author_id, speaks_as=comment.speaks_as_id)

    def by_member(self, user):
        """Return one member's, with the names as they were shown."""
        return self.filter(by=user).select_related("whom", "speaks_as").order_by("-pk")


class Mute(models.Model):
    """A member's wish not to read somebody, by the name that was shown: whoever writes under two is two here."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muting")
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_by")
    speaks_as = models.ForeignKey("articles.Author", models.CASCADE, null=True, related_name="+")

    objects = MuteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "whom"], condition=Q(speaks_as=None), name="muted_once"
            ),
            models.UniqueConstraint(fields=["by", "whom", "speaks_as"], name="muted_once_as_author"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def add(cls, comment, *, by):
        """Mute whoever wrote a comment, under the name that stands there; twice changes nothing."""
        named = {"whom": comment.author, "speaks_as": comment.speaks_as}
        cls.objects.get_or_create(by=by, **named)

    @property
    def name(self):
        """Return the name that stood on the comment."""
        return self.speaks_as.name if self.speaks_as else self.whom.name


def regarded(comments, reader):
    """Return comments with how many find them well argued, and whether this reader, or nobody, does or mutes them."""
    each = Respect.objects.filter(comment=OuterRef("pk")).order_by().values("comment")
    number = Subquery(each.annotate(number=Count("pk")).values("number"))
    comments = comments.annotate(respect_count=Coalesce(number, 0))
    if reader is None:
        return comments.annotate(is_respected=Value(False), is_muted=Value(False))  # noqa: FBT003
    hers = Respect.objects.filter(comment=OuterRef("pk"), user=reader)
    named = Coalesce("speaks_as", 0)
    muted = Mute.objects.annotate(named=named).filter(by=reader, whom=OuterRef("author"), named=OuterRef("named"))
    return comments.alias(named=named).annotate(is_respected=Exists(hers), is_muted=Exists(muted))
