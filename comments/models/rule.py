from django.db import models
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from comments.models.kept import Kept


class RuleQuerySet(models.QuerySet):
    """Rules as moderators and readers meet them."""

    def in_force(self):
        """Return the newest version of each rule, in their order."""
        same = self.model.objects.filter(slug=OuterRef("slug")).order_by().values("slug")
        newest = same.annotate(newest=Max("version")).values("newest")
        return self.filter(version=Subquery(newest)).order_by("position")

    def about(self, slug):
        """Return the rule in force called `slug`, or None."""
        return self.in_force().filter(slug=slug).first()


class Rule(Kept):
    """One rule of civil discussion as it reads from one version to the next."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=60, help_text="What breaks the rule, in a few small words.")
    text = models.TextField(max_length=600)
    since = models.DateTimeField(default=timezone.now)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "version"]
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="rule_version_once")]

    def __str__(self):
        return self.name
