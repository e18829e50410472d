from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.models.ruling import RESTRICTIVE, Ruling
from comments.workflow import APPEAL, COMMENT
from forum.lib.moves import Event, Moving


class Appeal(Moving):
    """One person's objection to one decision, looked at by somebody who did not make it."""

    machine = APPEAL

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="appeals")
    objector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(max_length=2000)
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            APPEAL.constraint("appeal_status_known"),
            models.UniqueConstraint(fields=["ruling", "objector"], name="appeal_once_for_a_decision"),
        ]

    def __str__(self):
        return f"Objection to {self.ruling}"

    @classmethod
    def submit(cls, ruling, *, by, words):
        """Object to a decision."""
        with (
            ruling.comment.discussion.held(),
            cls.making("submit", by=by, ruling=ruling, objector=by, words=words) as appeal,
        ):
            return appeal

    def reverse(self, *, by, reason, rule=None):
        """Undo the decision: what was taken away comes back, what was kept is removed by `rule`."""
        comment = self.ruling.comment
        with comment.discussion.held():
            undo = "restore" if self.ruling.verb in RESTRICTIVE else "remove"
            comment.refresh_from_db()
            if comment.status in COMMENT[undo].sources:
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
