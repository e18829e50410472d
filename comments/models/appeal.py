from django.conf import settings
from django.db import models, transaction
from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils import timezone

from comments.models.comment import Comment
from comments.models.ruling import Ruling
from comments.workflow import APPEAL, COMMENT
from forum.lib.moves import Event, Moving


class AppealQuerySet(models.QuerySet):
    """Objections, as the desk asks for them."""

    def on_desk(self, user):
        """Return the objections a moderator may read; who made the decision reads them too."""
        return self.filter(ruling__comment__in=Comment.objects.on_desk(user))

    def waiting(self):
        """Return what waits to be looked at again, longest first."""
        return self.filter(status="submitted").order_by("submitted_at", "pk")

    def waiting_for(self, user):
        """Return what this moderator can decide: objections to the decisions of others."""
        return self.on_desk(user).waiting().exclude(ruling__by=user)

    def waiting_for_others(self, user):
        """Return the objections to this moderator's own decisions."""
        return self.on_desk(user).waiting().filter(ruling__by=user)

    def for_desk(self):
        """Return objections with the decision and the comment they are about."""
        return self.select_related(
            "ruling__rule",
            "ruling__by",
            "ruling__revision",
            "ruling__comment__author",
            "ruling__comment__current",
            "ruling__comment__discussion__article__edition",
            "ruling__comment__discussion__article__submission",
        )

    def answers_by_year(self):
        """Return (year, state, number) of the objections made in each year."""
        found = self.order_by().annotate(of_year=ExtractYear("submitted_at"))
        return found.values_list("of_year", "status").annotate(number=Count("pk"))


class Appeal(Moving):
    """One person's objection to one decision, looked at by somebody who did not make it."""

    machine = APPEAL

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="appeals")
    objector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            APPEAL.constraint("appeal_status_known"),
            models.UniqueConstraint(fields=["ruling", "objector"], name="appeal_once_for_a_decision"),
        ]

    def __str__(self):
        return f"Objection about {str(self.ruling.comment).lower()}"

    @property
    def is_by_writer(self):
        """Whether the writer of the comment objects; otherwise a reader who had reported it."""
        return self.objector_id == self.ruling.comment.author_id

    @property
    def answer(self):
        """Return the reason given with the decision about it, or ""."""
        decided = self.events.exclude(verb="submit").last()
        return decided.note if decided else ""

    @classmethod
    def submit(cls, ruling, *, by, words):
        """Object to a decision."""
        with (
            ruling.comment.discussion.held(),
            cls.making("submit", by=by, ruling=ruling, objector=by, words=words) as appeal,
        ):
            return appeal

    def reverse(self, *, by, reason, rule=None):
        """Undo the decision: what was taken away comes back, what was kept is removed by `rule`.

        A later decision stands, because nobody has objected to that.
        """
        comment = self.ruling.comment
        with transaction.atomic():
            undo = "restore" if self.ruling.restricts else "remove"
            comment.refresh_from_db()
            if comment.ruling_id == self.ruling_id and comment.status in COMMENT[undo].sources:
                getattr(comment, undo)(by=by, reason=reason, **({"rule": rule} if undo == "remove" else {}))
            with self.moving("reverse", by=by, note=reason):
                pass

    def let_stand(self, *, by, reason):
        """Confirm the decision."""
        with self.moving("let_stand", by=by, note=reason):
            pass


class AppealEvent(Event):
    """What happened to an objection."""

    appeal = models.ForeignKey(Appeal, models.CASCADE, related_name="events")
