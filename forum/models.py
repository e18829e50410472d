from django.db import models
from django.db.models import F
from django.utils import timezone


class TroubleQuerySet(models.QuerySet):
    """What fails behind the pages, as the loops write it down."""

    def tell(self, name, failure):
        """Write down that something failed, once more or for the first time; say whether that is news."""
        error = f"{type(failure).__name__}: {failure}".replace("\0", "")[:500]
        told, is_new = self.get_or_create(name=name, defaults={"error": error})
        if not is_new:
            self.filter(pk=told.pk).update(times=F("times") + 1, last_at=timezone.now(), error=error)
        return is_new or told.error != error

    def over(self, name):
        """Write down that something works again."""
        self.filter(name=name).delete()


class Trouble(models.Model):
    """Something behind the pages that fails, since when, how often and why; what works again has no row."""

    name = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    times = models.PositiveIntegerField(default=1)
    error = models.TextField()

    objects = TroubleQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self):
        return self.name
