from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_administrator, is_moderator
from articles.models.public import in_public
from comments.guards import is_party_to_it
from comments.models.comment import Comment
from comments.models.ruling import Ruling
from comments.workflow import APPEAL, COMMENT
from forum.lib.moves import Event, Guest, Moving, Refused, history
from forum.lib.ties import TiedQuerySet, people_too_close

SIGNER = Signer(salt="comments.guest")
GUEST_FOR = timedelta(days=14)


class AppealQuerySet(TiedQuerySet):
    """Objections, as the desk asks for them.

    Who had decided about the same words when an objection came is too close: it may be about the undoing of that.
    """

    DECIDED = Q(ruling__revision__rulings__at__lte=F("submitted_at"))
    TIES = {
        "objector": Q(),
        "ruling__revision__rulings__by": DECIDED,
    }
    BEHIND = ("ruling__comment",)
    FEW = False

    def on_desk(self, user):
        """Return the objections a moderator may read; who made the decision reads them too."""
        close = Comment.objects.is_close(user, "ruling__comment__")
        return self.exclude(close) if is_moderator(user) else self.none()

    def waiting(self):
        """Return what waits to be looked at again, longest first."""
        return self.filter(status="submitted").order_by("submitted_at", "pk")

    def waiting_for(self, user):
        """Return what this moderator can decide: objections to the decisions of others about words new to her."""
        return self.waiting().far_from(user) if is_moderator(user) else self.none()

    def waiting_for_others(self, user):
        """Return the objections to this moderator's own decisions, and her own ones."""
        return self.on_desk(user).waiting().close_to(user)

    def without_a_decider(self):
        """Return what waits though nobody at the desk may decide about it, longest first."""
        return self.waiting().exclude(self.leaves_some(User.objects.moderators()))

    def for_guests(self, user):
        """Return of those what this person may ask a guest about: what she sees, or all for an administrator."""
        if is_administrator(user):
            return self.without_a_decider()
        hers = self.waiting_for_others(user)  # what nobody may decide about, she may not
        return hers.without_a_decider() if hers.exists() else self.none()

    def for_desk(self):
        """Return objections with the decision and the comment they are about, but for the text of the piece."""
        return self.defer(*in_public.long("ruling__comment__discussion__article__")).select_related(
            "ruling__rule",
            "ruling__by",
            "ruling__revision",
            "ruling__comment__author",
            "ruling__comment__speaks_as",
            "ruling__comment__current",
            "ruling__comment__discussion__article__edition",
            "ruling__comment__discussion__article__submission",
        ).prefetch_related("ruling__comment__author__groups")

    def answers_by_year(self):
        """Return (year, state, number) of the objections made in each year."""
        found = self.order_by().annotate(of_year=ExtractYear("submitted_at"))
        return found.values_list("of_year", "status").annotate(number=Count("pk"))


class Appeal(Moving):
    """One person's objection to one decision, looked at by somebody who did not make it.

    Who objects is a member, or a guest known by the receipt of her `report`.
    """

    machine = APPEAL

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="appeals")
    objector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    report = models.ForeignKey("comments.Report", models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=2000)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    guest_name = models.CharField(max_length=80, blank=True, editable=False)
    guest_email = models.EmailField(blank=True, editable=False)
    guest_until = models.DateTimeField(null=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "submitted_at"])]
        constraints = [
            APPEAL.constraint("appeal_status_known"),
            models.UniqueConstraint(fields=["ruling", "objector"], name="appeal_once_for_a_decision"),
            models.UniqueConstraint(fields=["ruling", "report"], name="appeal_once_for_a_report"),
            models.CheckConstraint(
                condition=Q(objector=None, report__isnull=False) | Q(objector__isnull=False, report=None),
                name="appeal_by_a_member_or_a_guest",
            ),
        ]

    def __str__(self):
        return f"Objection about {str(self.ruling.comment).lower()}"

    @property
    def is_by_writer(self):
        """Whether the writer of the comment objects; otherwise a reader who had reported it."""
        return self.objector_id is not None and self.objector_id == self.ruling.comment.author_id

    def same(self):
        """Return the objection of the same person to the same decision, or None."""
        who = {"objector": self.objector} if self.report is None else {"report": self.report}
        return Appeal.objects.filter(ruling=self.ruling, **who).first()

    @property
    def address(self):
        """Return where the answer goes, or ""."""
        return self.objector.email if self.objector else self.report.email

    @property
    def answer(self):
        """Return the reason given with the decision about it, or ""."""
        return next((event.note for event in history(self)[::-1] if event.verb in ("reverse", "let_stand")), "")

    def deciders(self):
        """Return those at the desk who can decide about it."""
        return User.objects.moderators().exclude(pk__in=people_too_close(self))

    @property
    def is_with_guest(self):
        """Whether somebody from outside was asked, and has time left."""
        return self.guest_until is not None and self.guest_until > timezone.now()

    @classmethod
    def submit(cls, ruling, *, by, words, report=None):
        """Object to a decision; a guest by the receipt of her report."""
        who = {"objector": by} if report is None else {"report": report}
        with (
            ruling.comment.discussion.locked(),
            cls.making("submit", by=by, ruling=ruling, words=words, **who) as appeal,
        ):
            return appeal

    def ask_guest(self, *, by, name, email):
        """Ask somebody from outside to decide, where nobody at the desk may; a new guest takes the old one's place."""
        with self.moving("ask_guest", by=by, detail={"to": email}):
            if by in User.objects.at_address(email):
                raise Refused("You cannot ask yourself. Ask somebody from outside.")
            if complaint := is_party_to_it(Guest(email), self):
                raise Refused(complaint)
            self.record(guest_name=name, guest_email=email, guest_until=timezone.now() + GUEST_FOR)

    def guest_path(self):
        """Return the guest's address: it works until `guest_until`, and for nobody who was asked before."""
        return reverse("appeal_guest", args=[SIGNER.sign_object([self.pk, self.guest_email])])

    @classmethod
    def for_guest(cls, token):
        """Return the objection an address was made for, and its guest; None once it is too late."""
        try:
            pk, email = SIGNER.unsign_object(token)
        except (BadSignature, ValueError):
            return None
        found = cls.objects.for_desk().filter(pk=pk, guest_email=email, guest_until__gt=timezone.now()).first()
        return (found, Guest(email, confirmed=True)) if found else None

    def reverse(self, *, by, reason, rule=None):
        """Undo the decision: what was taken away comes back, what was kept is removed by `rule`.

        What was decided about the writer because of the comment goes with it. A later decision about the
        comment stands, because nobody has objected to that.
        """
        with transaction.atomic():
            self._undo(by=by, reason=reason, rule=rule)
            with self.moving("reverse", by=by, note=reason):
                pass

    def _undo(self, *, by, reason, rule):
        ruling, comment = self.ruling, self.ruling.comment
        if ruling.is_sanction:
            if ruling.sanction.status != "reversed":  # an objection to the comment's removal may have done it
                ruling.sanction.reverse(by=by, reason=reason)
            return
        comment.refresh_from_db()
        undo = "restore" if ruling.restricts else "remove"
        if comment.ruling_id == ruling.pk and comment.status in COMMENT[undo].sources:
            words = {"rule": rule} if undo == "remove" else {}
            getattr(comment, undo)(by=by, reason=reason, seen=comment.turn, **words)
        for sanction in comment.sanctions.in_force() if ruling.restricts else ():
            sanction.reverse(by=by, reason=reason)

    def let_stand(self, *, by, reason):
        """Confirm the decision."""
        with self.moving("let_stand", by=by, note=reason):
            pass


class AppealEvent(Event):
    """What happened to an objection."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="events")
