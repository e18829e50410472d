from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from comments.models.written_once import WrittenOnce
from comments.permissions import may_amend
from forum.lib.asked import asked
from forum.lib.moves import NOT_YOURS, Refused

WORDS = ["name", "one", "many", "text"]


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

    def versions(self):
        """Return every version of every rule with who wrote it, the newest of each rule first."""
        return self.select_related("by").order_by("position", "slug", "-version")


class Rule(WrittenOnce):
    """One rule of civil discussion as it reads from one version to the next."""

    slug = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=60, help_text="What breaks the rule, in a few small words.")
    one = models.CharField(max_length=60, help_text="The same behind the number one.")
    many = models.CharField(max_length=60, help_text="The same behind a larger number.")
    text = models.TextField(max_length=600)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    since = models.DateTimeField(default=timezone.now)

    objects = RuleQuerySet.as_manager()

    class Meta:
        ordering = ["position", "version"]
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="rule_version_once")]

    def __str__(self):
        return self.name

    @property
    def words(self):
        """Return what an amendment can change."""
        return {name: getattr(self, name) for name in WORDS}

    def amend(self, *, by, **words):
        """Write the next version of this rule, in which these words are changed; decisions keep the one they name."""
        if not may_amend(by, self):
            raise PermissionDenied(NOT_YOURS)
        if self.words == self.words | words:
            raise Refused("Nothing was changed, so the rule stays as it is.")
        try:
            with transaction.atomic():
                place = {"slug": self.slug, "position": self.position, "version": self.version + 1}
                return Rule.objects.create(**place, **self.words | words, by=by)
        except IntegrityError:
            raise Refused(f"Somebody else amended the rule “{self.name}” while you were writing.") from None


@asked
def rules_in_force():
    """Return the rules in force, in their order."""
    return Rule.objects.in_force()
