from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from comments.guards import APPEAL_WITHIN
from comments.models.written_once import WrittenOnce
from comments.workflow import COMMENT, RESTRICTIVE, SANCTION, SANCTIONS, TAKEN_AWAY
from forum.lib.asked import NEVER
from forum.lib.moment import spelled
from forum.lib.signed import Signed
from forum.lib.text.prose import paragraphs

DONE = {
    "hide": "Your comment on “{piece}” is hidden for at most 48 hours, until the editors have decided.",
    "ask_to_reword": "Your comment on “{piece}” is hidden until you reword it.",
    "remove": "Your comment on “{piece}” was removed.",
    "mark_spam": "Your comment on “{piece}” was removed as spam.",
    "warn": "This is a warning, because of your comment on “{piece}”. It changes nothing by itself. "
    "It is forgotten on {until}.",
    "hold_comments": "Because of your comment on “{piece}”, the editors read what you write before it appears, "
    "until {until}.",
    "pause": "Because of your comment on “{piece}”, you cannot write comments until {until}.",
    "ban": "Because of your comment on “{piece}”, you cannot write comments any more until {until}.",
}
PUT_BACK = ["restore", "restore_to_wait"]
STRIKES = ["ask_to_reword", "remove", "mark_spam"]
STRIKES_FOR = timedelta(days=365)
LONGEST_QUOTE = 600
BY_A_GUEST = "Somebody whom the editors asked read your comment and decided this; it was not a machine."
BY_A_PERSON = "An editor read your comment and decided this; it was not a machine."
OBJECT = (
    f"If you think this is wrong, you can object once, within {APPEAL_WITHIN.days} days. "
    "Somebody who did not decide it will look at it."
)
BY_A_MACHINE = "This was done automatically, because several readers reported it; an editor will look at it."
SIGNED = Signed("comments.appeal")


class RulingQuerySet(models.QuerySet):
    """Decisions, as the desk and the people concerned ask for them."""

    def restrictive(self):
        """Return the decisions that took something away from readers."""
        return self.filter(verb__in=RESTRICTIVE)

    def taking_away(self):
        """Return the decisions that took a comment from its readers, for a while or for good."""
        return self.filter(verb__in=TAKEN_AWAY)

    def sanctioning(self):
        """Return the decisions about a writer, beyond one comment."""
        return self.filter(verb__in=SANCTIONS)

    def against(self, author):
        """Return the restrictive decisions about this person's comments, newest first."""
        found = self.restrictive().filter(comment__author=author)
        return found.select_related("rule").order_by("-pk")

    def strikes(self, author, since=None):
        """Return what people decided against this person's comments within a year, and nobody took back."""
        since = timezone.now() - STRIKES_FOR if since is None else since
        recent = self.filter(verb__in=STRIKES, comment__author=author, at__gte=since)
        put_back = Ruling.objects.filter(revision=OuterRef("revision"), verb__in=PUT_BACK, pk__gt=OuterRef("pk"))
        return recent.exclude(automatic=True).exclude(appeals__status="reversed").exclude(Exists(put_back))

    def just_made(self, user, *, since):
        """Return what this person decided against comments since a moment, and stands, newest first."""
        recent = self.taking_away().filter(by=user, at__gte=since, at__lt=NEVER)
        standing = recent.filter(comment__ruling=F("pk")).filter(comment__status__in=COMMENT.where(kept_back=True))
        beside = ["comment__author", "comment__speaks_as", "comment__discussion__article__edition"]
        return standing.select_related(*beside).order_by("-pk")

    def similar(self, slug):
        """Return what was decided by the same rule, newest first, each with its words."""
        found = self.filter(rule__slug=slug, automatic=False).exclude(verb__in=SANCTIONS)
        return found.select_related("rule", "by", "comment__discussion__article").order_by("-pk")

    def by_verb_and_year(self):
        """Return (year, verb, number) of decisions."""
        found = self.order_by().annotate(of_year=ExtractYear("at")).values_list("of_year", "verb")
        return found.annotate(number=Count("pk"))

    def by_rule_and_year(self):
        """Return (year, the rule's slug, number) of decisions, whichever version of the rule was in force."""
        found = self.order_by().annotate(of_year=ExtractYear("at")).values_list("of_year", "rule__slug")
        return found.annotate(number=Count("pk"))


class Ruling(WrittenOnce):
    """One decision about one exact wording: by which rule, why, and what its writer was told."""

    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="rulings")
    revision = models.ForeignKey("comments.CommentRevision", models.PROTECT, related_name="rulings")
    case = models.ForeignKey("comments.ReportCase", models.PROTECT, null=True, related_name="rulings")
    verb = models.CharField(max_length=40)
    rule = models.ForeignKey("comments.Rule", models.PROTECT, null=True, related_name="rulings")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    guest = models.EmailField(blank=True)
    automatic = models.BooleanField(default=False)
    quote = models.TextField(blank=True)
    until = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["by", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=RESTRICTIVE) | Q(rule__isnull=False) & ~Q(statement=""),
                name="ruling_that_restricts_has_rule_and_statement",
            ),
            models.CheckConstraint(
                condition=Q(automatic=True) | Q(by__isnull=False) | ~Q(guest=""), name="ruling_by_a_person_or_a_machine"
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
        return (COMMENT if self.verb in COMMENT.moves else SANCTION)[self.verb].done

    @property
    def is_sanction(self):
        """Whether it is about the writer, beyond one comment."""
        return self.verb in SANCTIONS

    @property
    def stands(self):
        """Whether it still counts: for the comment, or for the person it is about."""
        if self.is_sanction:
            return self.sanction.status == "in_force"
        if Ruling.objects.strikes(self.comment.author_id).filter(pk=self.pk).exists():
            return True
        return self.comment.ruling_id == self.pk and self.comment.may_be_appealed

    @property
    def statement_html(self):
        """Return the statement as it stands on a page."""
        return paragraphs(self.statement)

    @property
    def took_away(self):
        """Whether it took the comment from its readers."""
        return self.verb in TAKEN_AWAY

    @property
    def decider(self):
        """Return who decided, for the desk."""
        return "the screen" if self.automatic else str(self.by or "a guest")

    def path_for(self, user):
        """Return the address at which this person can object without signing in."""
        return reverse("appeal_ruling", args=[SIGNED.sign(self.pk, user.pk)])

    @classmethod
    def behind(cls, token):
        """Return the decision and the person an address was made for; None for one we never made."""
        if not (numbers := SIGNED.read(token)):
            return None
        ruling, user = numbers
        found = cls.objects.filter(pk=ruling).select_related("comment__author", "comment__current", "rule").first()
        person = User.objects.filter(pk=user, is_active=True).first()
        return (found, person) if found and person else None

    @classmethod
    def give(cls, comment, verb, *, by, rule=None, reason="", case=None, quote="", until=None):
        """Write down a decision about a comment as it reads now, with what its writer is told.

        `quote` are the words it is about, all of them where none are named.
        """
        kind = getattr(by, "kind", "user")
        ruling = cls(
            comment=comment,
            revision=comment.current,
            case=case,
            verb=verb,
            rule=rule,
            reason=reason,
            by=by if kind == "user" else None,
            guest=by.email if kind == "guest" else "",
            automatic=kind not in ("user", "guest"),
            quote=Truncator(quote or comment.current.text).chars(LONGEST_QUOTE),
            until=until,
        )
        ruling.statement = ruling.in_words() if verb in RESTRICTIVE else ""
        ruling.save(force_insert=True)
        return ruling

    def in_words(self):
        """Return what the writer is told about a decision against her comment."""
        parts = [
            DONE[self.verb].format(piece=self.comment.discussion.article.title, until=self._until()),
            f"The rule: {self.rule.name}. {self.rule.text}",
            f"The reason: {self.reason}" if self.reason else "",
            "The words this is about:",
            "\n".join(f"> {line}" for line in self.quote.split("\n")),
            BY_A_MACHINE if self.automatic else BY_A_GUEST if self.guest else BY_A_PERSON,
            OBJECT,
        ]
        return "\n\n".join(filter(None, parts))

    def _until(self):
        return spelled(self.until) if self.until else ""
