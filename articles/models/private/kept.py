from django.conf import settings
from django.db import models
from django.utils import timezone


class KeptQuerySet(models.QuerySet):
    """Kept words, always asked for by the one person whose they are."""

    def of(self, by):
        """Return what this person keeps."""
        return self.filter(by=by)

    def places(self, by):
        """Return the addresses of the forms in which this person keeps something."""
        return set(self.of(by).values_list("place", flat=True))


class Kept(models.Model):
    """What an editor typed into a form of the desk and has not sent; nobody but her ever reads it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    place = models.CharField("address of the form", max_length=200, editable=False)
    said = models.JSONField("fields of the form", default=dict, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = KeptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "place"], name="kept_once")]

    def __str__(self):
        return f"Kept words of {self.at:%Y-%m-%d}"

    @classmethod
    def keep(cls, *, by, place, said):
        """Keep what stands in a form, in the place of what was kept before."""
        fresh = {"said": said, "at": timezone.now()}
        return cls.objects.update_or_create(by=by, place=place, defaults=fresh)[0]

    @classmethod
    def let_go(cls, *, by, place):
        """Forget what was kept of a form: it was sent, or thrown away."""
        cls.objects.of(by).filter(place=place).delete()
