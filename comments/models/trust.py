from django.conf import settings
from django.db import models
from django.utils import timezone


class Trust(models.Model):
    """A moderator's word that this person's comments need not wait."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="trust")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.by} trusts {self.user}"

    @classmethod
    def give(cls, user, *, by):
        """Trust `user` from now on; being trusted twice changes nothing."""
        return cls.objects.get_or_create(user=user, defaults={"by": by})[0]
