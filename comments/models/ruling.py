from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.text import Truncator

from comments.models.kept import Kept
from comments.workflow import COMMENT

RESTRICTIVE = ["hide", "ask_to_reword", "remove", "mark_spam"]
DONE = {
    "hide": "is hidden for at most 48 hours, until the editors have decided",
    "ask_to_reword": "is hidden until you reword it",
    "remove": "was removed",
    "mark_spam": "was removed as spam",
}
LONGEST_QUOTE = 600
BY_A_PERSON = "An editor read your comment and decided this; it was not a machine."
OBJECT = "If you think this is wrong, you can object once. Somebody who did not decide it will look at it."
BY_A_MACHINE = "This was done automatically; an editor will look at it."


class RulingQuerySet(models.QuerySet):
    """Decisions, as the desk and the people concerned ask for them."""

    def restrictive(self):
        """Return the decisions that took something away from readers."""
        return self.filter(verb__in=RESTRICTIVE)

    def against(self, author):
        """Return the restrictive decisions about this person's comments, newest first."""
        found = self.restrictive().filter(comment__author=author)
        return found.select_related("rule").order_by("-pk")

    def by_rule_and_year(self):
        """Return (year, the rule's slug, number) of decisions, whichever version of the rule was in force."""
        found = self.order_by().annotate(of_year=ExtractYear("at")).values_list("of_year", "rule__slug")
        return found.annotate(number=Count("pk"))


class Ruling(Kept):
    """One decision about one exact wording: by which rule, why, and what its writer was told."""

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="rulings")
    revision = models.ForeignKey("comments.CommentRevision", models.PROTECT, related_name="rulings")
    case = models.ForeignKey("comments.ReportCase", models.PROTECT, null=True, related_name="rulings")
    verb = models.CharField(max_length=40)
    rule = models.ForeignKey("comments.Rule", models.PROTECT, null=True, related_name="rulings")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    automatic = models.BooleanField(default=False)
    quote = models.TextField(blank=True)
    statement = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=RESTRICTIVE) | Q(rule__isnull=False) & ~Q(statement=""),
                name="ruling_that_restricts_has_rule_and_statement",
            ),
            models.CheckConstraint(
                condition=Q(automatic=True) | Q(by__isnull=False), name="ruling_by_a_person_or_a_machine"
            ),
        ]

    def __str__(self):
        return f"{self.verb} ({self.at:%Y-%m-%d})"

    @property
    def restricts(self):
        """Whether it took something away from readers."""
        return self.verb in RESTRICTIVE

    @property
    def done(self):
        """Return the decision in the past tense."""
        return COMMENT[self.verb].done

    @classmethod
    def give(cls, comment, verb, *, by, rule=None, reason="", case=None):
        """Write down a decision about a comment as it reads now, with what its writer is told."""
        quote = Truncator(comment.current.text).chars(LONGEST_QUOTE)
        is_person = getattr(by, "kind", "user") == "user"
        ruling = cls(
            comment=comment,
            revision=comment.current,
            case=case,
            verb=verb,
            rule=rule,
            reason=reason,
            by=by if is_person else None,
            automatic=not is_person,
            quote=quote,
        )
        ruling.statement = ruling.words() if verb in RESTRICTIVE else ""
        ruling.save(force_insert=True)
        return ruling

    def words(self):
        """Return what the writer is told about a decision against her comment."""
        parts = [
            f"Your comment on “{self.comment.discussion.article.title}” {DONE[self.verb]}.",
            f"The rule: {self.rule.name}. {self.rule.text}",
            f"The reason: {self.reason}" if self.reason else "",
            "The words this is about:",
            "\n".join(f"> {line}" for line in self.quote.split("\n")),
            BY_A_MACHINE if self.automatic else BY_A_PERSON,
            OBJECT,
        ]
        return "\n\n".join(filter(None, parts))
