from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=90)


class EarlierNameQuerySet(models.QuerySet):
    """Names that people have left, as the clock asks for them."""

    def past(self):
        """Return what nobody is told any more."""
        return self.filter(left_at__lte=timezone.now() - KEPT_FOR)


class EarlierName(models.Model):
    """A name somebody has left of her own will: moderators are told for ninety days, and then it is forgotten."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="earlier_names")
    name = models.CharField(max_length=80)
    left_at = models.DateTimeField(default=timezone.now)

    objects = EarlierNameQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    @property
    def is_told(self):
        """Whether moderators are still told."""
        return self.left_at > timezone.now() - KEPT_FOR
