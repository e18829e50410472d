"""Part of the comments' queries: how many there are, and what became of them."""

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import ExtractYear
from django.utils import timezone

from comments.models.ruling import Ruling
from comments.workflow import COMMENT

REMOVED = Q(status__in=COMMENT.where(gone=True))


def shown(path=""):
    """Return the condition that everybody may read a comment: published, or hidden until a time that has passed."""
    back = {f"{path}status": "hidden", f"{path}hidden_until__lte": timezone.now()}
    return Q(**{f"{path}status": "published"}) | Q(**back)


class CommentCounts(models.QuerySet):
    """What is counted of comments, for everybody to read."""

    def tallied(self):
        """Return what was removed from the places of a discussion and what came back, by version of the rule.

        A row is the rule's slug, its words behind one and behind many, and the two numbers.
        """
        reversed_ = Ruling.objects.taking_away().filter(comment=OuterRef("pk"), appeals__status="reversed")
        decided = self.filter(number__isnull=False, ruling__isnull=False)  # few, and an index has them
        found = decided.filter(REMOVED | (shown() & Exists(reversed_)))
        rows = found.order_by("ruling__rule__position", "ruling__rule__version").values_list(
            *(f"ruling__rule__{name}" for name in ("slug", "one", "many"))
        )
        return rows.annotate(gone=Count("pk", filter=REMOVED), back=Count("pk", filter=~REMOVED))

    def fates_by_year(self):
        """Return (year, state, number) of what was written; what was hidden until a time that has passed is back."""
        fate = Case(When(shown(), then=Value("published")), default=F("status"))
        found = self.order_by().annotate(of_year=ExtractYear("written_at"), fate=fate)
        return found.values_list("of_year", "fate").annotate(number=Count("pk"))
