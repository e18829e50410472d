from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comments.models.discussion import Discussion
from comments.models.ruling import Ruling
from comments.models.scopes import CommentQuerySet
from comments.models.standing import Standing
from comments.models.trust import Trust
from comments.permissions import posts_at_once
from comments.workflow import COMMENT
from forum.lib.moves import Event, Moving

HIDDEN_FOR = timedelta(hours=48)


class Comment(Standing, Moving):
    """One place in a discussion. Its number is given when it first appears and is never given again."""

    machine = COMMENT

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    key = models.UUIDField(editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_until = models.DateTimeField(null=True, editable=False)
    current = models.OneToOneField(
        "comments.CommentRevision", models.PROTECT, null=True, editable=False, related_name="current_of"
    )
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "moved_at"])]
        constraints = [
            COMMENT.constraint("comment_status_known"),
            models.UniqueConstraint(fields=["discussion", "number"], name="comment_number_once"),
            models.UniqueConstraint(fields=["discussion", "author", "key"], name="comment_sent_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, published_at__isnull=True)
                | Q(number__isnull=False, published_at__isnull=False),
                name="comment_numbered_when_it_appears",
            ),
        ]

    def __str__(self):
        return f"Comment #{self.number}" if self.number else "Comment"

    @property
    def open_case(self):
        """Return the report that waits for a decision, or None."""
        return self.cases.filter(status="open").first()

    def earlier_wording(self, revision):
        """Return the other wording that readers saw and may still be shown, or None."""
        earlier = self.revisions.filter(pk=revision).exclude(pk=self.current_id).first()
        return earlier if earlier and earlier.may_be_quoted else None

    @contextmanager
    def moving(self, verb, **words):
        """Make a move while the discussion is held, so that its numbers and its count stay right."""
        with self.discussion.held(), super().moving(verb, **words):
            yield self

    @classmethod
    def write(cls, discussion, *, by, text, key):
        """Write a comment in a discussion that the caller holds."""
        verb = "post" if posts_at_once(by, None) else "hold"
        place = {"number": discussion.take_number(), "published_at": timezone.now()} if verb == "post" else {}
        with cls.making(verb, by=by, discussion=discussion, author=by, key=key, **place) as comment:
            comment._say(text)
        return comment

    def approve(self, *, by, seen=None):
        """Let a held comment appear."""
        with self.moving("approve", by=by, seen=seen):
            self._appear()

    def approve_and_trust(self, *, by, seen=None):
        """Let a held comment appear, and its writer's later ones at once."""
        with self.moving("approve_and_trust", by=by, seen=seen):
            self._appear()
            Trust.give(self.author, by=by)

    def keep(self, *, by, reason="", seen=None):
        """Answer a report by leaving the comment as it is."""
        with self.moving("keep", by=by, note=reason, seen=seen):
            self._decide("keep", "keep", by=by, reason=reason)

    def hide(self, *, by, rule, reason="", seen=None):
        """Take the comment out of sight for 48 hours at most; it comes back by itself."""
        with self.moving("hide", by=by, note=reason, seen=seen):
            self._decide("hide", by=by, rule=rule, reason=reason, hidden_until=timezone.now() + HIDDEN_FOR)

    def restore(self, *, by, reason="", seen=None):
        """Put the comment back in its place, or give it one."""
        with self.moving("restore", by=by, note=reason, seen=seen):
            self._appear()
            if getattr(by, "kind", "user") == "user":
                self._decide("restore", "keep", by=by, reason=reason)

    def ask_to_reword(self, *, by, rule, reason, seen=None):
        """Hide the comment until its writer says it in other words."""
        with self.moving("ask_to_reword", by=by, note=reason, seen=seen):
            self._decide("ask_to_reword", "remove", by=by, rule=rule, reason=reason, hidden_until=None)

    def remove(self, *, by, rule, reason="", seen=None):
        """Leave a tombstone in its place that names the rule."""
        with self.moving("remove", by=by, note=reason, seen=seen):
            self._decide("remove", "remove", by=by, rule=rule, reason=reason, hidden_until=None)

    def mark_spam(self, *, by, rule, reason="", seen=None):
        """Remove the comment as spam."""
        with self.moving("mark_spam", by=by, note=reason, seen=seen):
            self._decide("mark_spam", "remove", by=by, rule=rule, reason=reason, hidden_until=None)

    def reword(self, text, *, by):
        """Say it in other words, once, in the same place; an editor reads it before it appears again."""
        with self.moving("reword", by=by):
            self._say(text)

    def withdraw(self, *, by):
        """Take back one's own comment; a report about it has nothing left to decide."""
        with self.moving("withdraw", by=by):
            if case := self.open_case:
                case.settle("lapse", by=by)

    def _appear(self):
        place = {}
        if self.number is None:
            place = {"number": self.discussion.take_number(), "published_at": timezone.now()}
        self.record(hidden_until=None, **place)

    def _say(self, text):
        self.record(current=self.revisions.create(number=self.revisions.count() + 1, text=text))

    def _decide(self, verb, settles="", *, by, rule=None, reason="", **fields):
        case = self.open_case
        ruling = Ruling.give(self, verb, by=by, rule=rule, reason=reason, case=case)
        self.record(ruling=ruling, **fields)
        if case and settles:
            case.settle(settles, by=by, note=reason)


class CommentEvent(Event):
    """What happened to a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="events")
