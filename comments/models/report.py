import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Delivery, Overtaking, User
from accounts.permissions import is_moderator
from articles.models.public import in_public
from comments.models.appeal import Appeal
from comments.models.comment import Comment
from comments.models.revision import CommentRevision
from comments.models.rule import Rule
from comments.models.written_once import WrittenOnce
from comments.workflow import COMMENT, REPORT_CASE
from forum.lib.moves import SCREEN, Event, Guest, Moving
from forum.lib.signed import Signed

A_READER = Guest()
SIGNED = Signed("comments.confirm")
ENOUGH = 3
NETWORK_KEPT = timedelta(days=30)
EXPLAINED = {
    "open": "An editor reads it as soon as possible and decides by the rules of the discussion.",
    "removed": "An editor read your report and the comment was taken out. Thank you for telling us.",
    "kept": "An editor read your report, and the comment stays: it keeps to the rules. Thank you anyway.",
    "moot": "Before an editor decided, the writer withdrew the comment. Thank you for telling us.",
}
TURNED = {
    "removed": ["Comment shown again", "It was taken out, and came back reworded or because that was reversed."],
    "kept": ["Comment not shown any more", "An editor left it. Later it was taken out or withdrawn all the same."],
}


class Reason(models.TextChoices):
    """What a reader can say against a comment, the most urgent first; each is a rule's slug too."""

    THREAT = "threat", "It threatens somebody"
    ILLEGAL = "illegal", "It is illegal"
    PRIVACY = "privacy", "It gives away private information"
    HATRED = "hatred", "It spreads hatred of a group"
    ATTACK = "attack", "It attacks a person instead of an argument"
    IMPERSONATION = "impersonation", "It pretends to be somebody else"
    SPAM = "spam", "It is advertising or spam"
    OFF_TOPIC = "off_topic", "It has nothing to do with the piece"


URGENT = [Reason.THREAT, Reason.ILLEGAL]


class ReportCaseQuerySet(models.QuerySet):
    """Reported comments, as the desk asks for them."""

    def on_desk(self, user):
        """Return the reports a moderator may decide about."""
        return self.exclude(Comment.objects.is_close(user, "comment__")) if is_moderator(user) else self.none()

    def for_desk(self):
        """Return cases with the comment and the piece they are about, but for its text."""
        return self.defer(*in_public.long("comment__discussion__article__")).select_related(
            "revision",
            "comment__author",
            "comment__speaks_as",
            "comment__current",
            "comment__discussion__article__edition",
            "comment__discussion__article__submission",
        )

    def outcomes(self):
        """Return when each was opened, when its state last changed, and what came of it."""
        return self.order_by().values_list("opened_at", "moved_at", "status")


class ReportCase(Overtaking, Moving):
    """What readers said about one wording of a comment, until it is decided; one is open at a time."""

    machine = REPORT_CASE

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="cases")
    revision = models.ForeignKey(CommentRevision, models.PROTECT, related_name="cases")
    reason = models.CharField(max_length=20, choices=Reason)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "opened_at"])]
        constraints = [
            REPORT_CASE.constraint("report_case_status_known"),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(status="open"), name="report_case_open_once_for_a_comment"
            ),
        ]

    def __str__(self):
        return f"Reports about {self.comment}"

    def get_absolute_url(self):
        return reverse("admin:comment", args=[self.comment_id])

    @property
    def has_turned(self):
        """Whether the comment is not any more where the decision had left it."""
        return self.status in TURNED and self.comment.is_shown == (self.status == "removed")

    @property
    def outcome(self):
        """Return how things stand, for those who reported."""
        return TURNED[self.status][0] if self.has_turned else self.label

    @property
    def kept_by(self):
        """Return the decision that left the comment as it is, or None where it does not stand any more."""
        stands = self.status == "kept" and self.comment.is_shown
        if not stands or self.comment.is_out_of_public:
            return None
        rulings = self.rulings.select_related("revision", "comment__author")
        return rulings.prefetch_related("comment__author__groups").last()

    @property
    def explanation(self):
        """Return the same in a sentence or two."""
        return TURNED[self.status][1] if self.has_turned else EXPLAINED[self.status]

    @property
    def is_urgent(self):
        """Whether moderators are told at once."""
        return self.reason in URGENT

    def add(self, reason):
        """Note one more report. The worst reason leads, and a new one is news to whoever was about to decide."""
        if self.reports.filter(reason=reason).exists():
            return
        if Reason.values.index(reason) < Reason.values.index(self.reason):
            with self.moving("worsen", by=A_READER):
                self.record(reason=reason)
        comment = self.comment
        Comment.objects.filter(pk=comment.pk).update(turn=F("turn") + 1)
        state = {"source": comment.status, "target": comment.status}
        comment.events.create(verb="reported", **state, **Event.actor_fields(A_READER))

    def hear(self, reason):
        """Let somebody who reported before give a worse reason while nothing is decided."""
        if self.status == "open":
            self.add(reason)

    def hide_for_now(self):
        """Let the screen hide the comment for a while, once enough people who do not belong together reported it."""
        comment = Comment.objects.get(pk=self.comment_id)
        counted = self.reports.filter(revision=comment.current_id).proven()
        may = comment.status == "published" and not COMMENT["hide"].complaint(SCREEN, comment)
        if may and counted.independent() >= ENOUGH:
            comment.hide(by=SCREEN, rule=Rule.objects.about(counted.worst_reason()))

    @property
    def is_untold(self):
        """Whether letters about its outcome still wait."""
        return Delivery.objects.about(self).waiting().exists()

    def reopen(self, *, by):
        """Open it again where it was settled, and return it; None where there is nothing to open."""
        if self.status not in REPORT_CASE["reopen"].sources:
            return None
        with self.moving("reopen", by=by):
            return self

    def settle(self, verb, *, by, note=""):
        """Close the reports with the outcome; the comment's verbs call this while it is locked."""
        with self.moving(verb, by=by, note=note):
            pass


class ReportCaseEvent(Event):
    """What happened to the reports about a comment; who reported stands in no event."""

    case = models.ForeignKey(ReportCase, models.CASCADE, related_name="events")


class ReportQuerySet(models.QuerySet):
    """Reports, as those who made them ask for them."""

    def of(self, person):
        """Return what somebody with an account reported, signed in or under the address of her account."""
        hers = Q(reporter=person) | Q(email__iexact=person.email, confirmed_at__isnull=False)
        return self.filter(hers).select_related("revision")

    def proven(self):
        """Return the reports of accounts, and of addresses whose holder said that they are hers."""
        return self.exclude(confirmed_at=None)

    def worst_reason(self):
        """Return the most urgent reason among them."""
        return min(self.values_list("reason", flat=True), key=Reason.values.index)

    def independent(self):
        """Return how many people who do not belong together made these reports.

        One address counts once, with the network of its first report, and so does each network that is known.
        """
        address = Lower(Coalesce("reporter__email", "email"))
        rows = self.exclude(network="").order_by("-pk").values_list(address, "network")
        return len(set(dict(rows).values()))

    def of_old_networks(self):
        """Return reports that still say, as a keyed hash, from which network they came, and need not any more."""
        return self.filter(at__lt=timezone.now() - NETWORK_KEPT).exclude(network="")

    def for_receipt(self):
        """Return reports with what their receipt says."""
        return self.select_related("case__comment__discussion__article__edition")


class Report(WrittenOnce):
    """What one person said against one wording. Who that was is for the outcome's mail alone."""

    case = models.ForeignKey(ReportCase, models.CASCADE, related_name="reports")
    revision = models.ForeignKey(CommentRevision, models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=20, choices=Reason)
    words = models.TextField(max_length=1000, blank=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(blank=True)
    person = models.CharField(max_length=80, editable=False)
    network = models.CharField(max_length=32, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    receipt = models.CharField(max_length=64, unique=True, default=secrets.token_urlsafe, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["revision", "person"], name="report_once_by_a_person")]
        indexes = [models.Index("at", name="report_of_a_network", condition=~Q(network=""))]

    def __str__(self):
        return self.get_reason_display()

    def get_absolute_url(self):
        return reverse("report_receipt", args=[self.receipt])

    @property
    def may_be_appealed(self):
        """Whether whoever holds the receipt can still object to what came of this."""
        return self.appeal is None and self.case.kept_by is not None

    @property
    def appeal(self):
        """Return the reporter's objection to what came of this, or None."""
        hers = {"report": self} if self.reporter_id is None else {"objector": self.reporter_id}
        return Appeal.objects.filter(ruling__case=self.case_id, **hers).first()

    @property
    def address(self):
        """Return where the outcome is told, or ""."""
        return self.reporter.email if self.reporter else self.email

    @property
    def confirm_path(self):
        """Return the address, mailed to a guest, at which she confirms that the report is hers."""
        return reverse("report_confirm", args=[SIGNED.sign(self.pk)])

    @classmethod
    def behind(cls, token):
        """Return the report an address for confirming was made for, or None."""
        return cls.objects.for_receipt().filter(pk__in=SIGNED.read(token)).first()

    def confirm(self):
        """Count it from now on: the address it came from is proven. Twice changes nothing."""
        with self.case.comment.discussion.locked():
            new = Report.objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=timezone.now())
            self.refresh_from_db()
            if new and self.case.status == "open":
                self.case.hide_for_now()

    @classmethod
    def forget_networks(cls):
        """Forget where older reports came from; each stays one person's."""
        for pk in list(cls.objects.of_old_networks().values_list("pk", flat=True)):
            old = cls.objects.filter(pk=pk)
            old.filter(reporter=None).update(person=f"forgotten:{pk}")
            old.update(network="")

    @classmethod
    def file(cls, comment, *, by, reason, revision, words="", prefix="", key=""):
        """Report one wording of a comment; the same person, or the same form, gets the same report again."""
        person = person_of(by, prefix, words, key)
        with comment.discussion.locked():
            if filed_before := cls.objects.filter(revision=revision, person=person).first():
                filed_before.case.hear(reason)
                return filed_before
            member = by if isinstance(by, User) else None
            case = _case(comment, revision, reason, by=by)
            report = cls.objects.create(
                case=case,
                revision=revision,
                reason=reason,
                words=words,
                reporter=member,
                email="" if member else by.email,
                person=person,
                network=prefix[:32],
                confirmed_at=timezone.now() if member else None,
            )
            case.hide_for_now()
            return report


def person_of(by, prefix, words="", key=""):
    """Return what makes two reports one: the account, or for a guest the network, the address and the words.

    An address alone is nobody's proof: whoever types it must not be shown what its owner reported. Guests without
    one are told apart by the `key` of their form, so that nobody gets a stranger's receipt.
    """
    if isinstance(by, User):
        return f"user:{by.pk}"
    said = f"{prefix}\n{by.email.lower() or key}\n{words}"
    return f"guest:{salted_hmac('comments.report', said, algorithm='sha256').hexdigest()[:32]}"


def _case(comment, revision, reason, *, by):
    """Return the open case of a locked discussion's comment, or open one; the event names no reporter."""
    comment = Comment.objects.get(pk=comment.pk)
    new = {"comment": comment, "revision": revision, "reason": reason}
    REPORT_CASE["open"].permit(by, ReportCase(**new))
    if case := comment.open_case:
        case.add(reason)
        return case
    with ReportCase.making("open", by=A_READER, **new) as case:
        return case
