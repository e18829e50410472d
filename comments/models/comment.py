from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Overtaking
from comments.models.discussion import Discussion
from comments.models.in_discussion import InDiscussion
from comments.models.inviting import start_letter
from comments.models.rule import Rule
from comments.models.ruling import Ruling
from comments.models.scopes import CommentQuerySet
from comments.models.screened import screened
from comments.models.trust import Trust
from comments.screening import REWORDED, reason_to_hold
from comments.workflow import COMMENT
from forum.lib.asked import Given, changed
from forum.lib.moves import CLOCK, Event, Guest, Moving, Refused
from forum.lib.text.prose import normalise

HIDDEN_FOR = timedelta(hours=48)
DECIDED = models.Index("discussion", name="comment_decided", condition=Q(ruling__isnull=False))


class Comment(InDiscussion, Overtaking, Moving):
    """One place in a discussion. Its number is given when it first appears and is never given again."""

    machine = COMMENT

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    written_as = models.CharField(max_length=80, editable=False)
    key = models.UUIDField(editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    hidden_until = models.DateTimeField(null=True, editable=False)
    current = models.OneToOneField(
        "comments.CommentRevision", models.PROTECT, null=True, editable=False, related_name="current_of"
    )
    answers = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="answered_by")
    quoted = models.ForeignKey(
        "comments.CommentRevision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    quote_start = models.PositiveIntegerField(null=True, editable=False)
    quote_length = models.PositiveIntegerField(null=True, editable=False)
    speaks_as = models.ForeignKey("articles.Author", models.PROTECT, null=True, editable=False, related_name="+")
    letter = models.OneToOneField(
        "articles.Submission", models.SET_NULL, null=True, editable=False, related_name="invited_by"
    )
    shown_from = models.PositiveIntegerField(default=1, editable=False)
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, editable=False, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "moved_at"]), DECIDED]
        constraints = [
            COMMENT.constraint("comment_status_known"),
            models.UniqueConstraint(fields=["discussion", "number"], name="comment_number_once"),
            models.UniqueConstraint(fields=["discussion", "author", "key"], name="comment_sent_once"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, published_at__isnull=True)
                | Q(number__isnull=False, published_at__isnull=False),
                name="comment_numbered_when_it_appears",
            ),
            models.CheckConstraint(
                condition=Q(quoted=None, quote_start=None, quote_length=None)
                | Q(quoted__isnull=False, answers__isnull=False, quote_start__gte=0, quote_length__gte=1),
                name="comment_quotes_what_it_answers",
            ),
        ]

    def __str__(self):
        return called(self.number)

    @contextmanager
    def moving(self, verb, **words):
        """Make a move while the discussion is locked, so that its numbers and its count stay right."""
        with self.discussion.locked(), super().moving(verb, **words):
            yield self

    @classmethod
    def write(cls, discussion, *, by, text, key, waits="", speaks_as=None, answers=None, quote=None):
        """Write a comment in a discussion that the caller has locked; `waits` is the rule that holds it, or ""."""
        place = {} if waits else {"number": discussion.grow(), "published_at": discussion.now}
        if answers and quote:
            place |= {"quoted": answers.current, "quote_start": quote[0], "quote_length": quote[1]}
        said = {"author": by, "written_as": by.name, "key": key, "written_at": discussion.now}
        said |= {"speaks_as": speaks_as, "answers": answers}
        verb = "hold" if waits else "post"
        with cls.making(verb, by=by, is_within=True, discussion=discussion, **said, **place) as comment:
            comment._say(text, waits)
        return comment

    def sent_again(self, text):
        """Return this comment where the same words come again from the page that posted it."""
        if self.revisions.earliest("number").text == normalise(text):
            return self
        raise Refused("You have posted a comment from this page already. Edit that one, or write this as a new one.")

    def edit(self, text, *, by, seen=None):
        """Say it in other words soon after writing; what would have waited as a new comment waits now."""
        waits = self.current.held_for if self.is_held else self.reason_to_hold(text, by)
        verb = "edit_to_wait" if waits and not self.is_held else "edit"
        with self.moving(verb, by=by, seen=seen):
            self._say(text, waits)

    def reason_to_hold(self, text, by):
        """Return which rule would make these words wait here, or ""."""
        return reason_to_hold(by, text, self.discussion, known=screened.get(writer=by.pk))

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
            self._decide("keep", "keep", by=by, rule=Rule.objects.about(self.open_case.reason), reason=reason)

    def hide(self, *, by, rule, reason="", seen=None, quote=""):
        """Take the comment out of sight for 48 hours at most; it comes back by itself."""
        until = timezone.now() + HIDDEN_FOR
        with self.moving("hide", by=by, note=reason, seen=seen):
            self._decide("hide", by=by, rule=rule, reason=reason, quote=quote, hidden_until=until)

    def restore(self, *, by, reason="", seen=None):
        """Put the comment back: in its place, or, where nobody has approved its words, to wait to be read.

        A guest decides where nobody at the desk may approve, so what a guest puts back appears.
        """
        verb = "restore" if self.was_shown or isinstance(by, Guest) else "restore_to_wait"
        with self.moving(verb, by=by, note=reason, seen=seen):
            self._return(verb)
            if by is not CLOCK:
                self._decide(verb, "keep", by=by, rule=self.ruling and self.ruling.rule, reason=reason)

    def ask_to_reword(self, *, by, rule, reason, seen=None, quote=""):
        """Hide the comment until its writer says it in other words."""
        with self.moving("ask_to_reword", by=by, note=reason, seen=seen):
            self._decide("ask_to_reword", "remove", by=by, rule=rule, reason=reason, quote=quote, hidden_until=None)

    def remove(self, *, by, rule, reason="", seen=None, quote=""):
        """Leave a tombstone in its place that names the rule."""
        with self.moving("remove", by=by, note=reason, seen=seen):
            self._decide("remove", "remove", by=by, rule=rule, reason=reason, quote=quote, hidden_until=None)

    def mark_spam(self, *, by, rule, reason="", seen=None, quote=""):
        """Remove the comment as spam."""
        with self.moving("mark_spam", by=by, note=reason, seen=seen):
            self._decide("mark_spam", "remove", by=by, rule=rule, reason=reason, quote=quote, hidden_until=None)

    def withhold(self, *, by, seen=None):
        """Show no wording any more that stood here before the present one."""
        with self.moving("withhold", by=by, seen=seen):
            self.record(shown_from=self.current.number)

    def reword(self, text, *, by):
        """Say it in other words, once, in the same place; an editor reads it before it appears again."""
        with self.moving("reword", by=by):
            self._say(text, REWORDED)

    def withdraw(self, *, by):
        """Take back one's own comment; a report about it has nothing left to decide."""
        with self.moving("withdraw", by=by):
            if case := self.open_case:
                case.settle("lapse", by=by)

    def invite(self, *, by):
        """Ask its writer to make a letter of it, and return the letter: the same one however often it is asked."""
        with self.discussion.locked():
            self.refresh_from_db()
            COMMENT["invite"].permit(by, self)
            if self.letter is None:
                with super().moving("invite", by=by):  # the discussion is locked already
                    self.record(letter=start_letter(self, by=by))
        return self.letter

    def _return(self, verb):
        if self.machine[verb].target == "published":
            self._appear()
        else:
            self.record(hidden_until=None)

    def _appear(self):
        place = {}
        if self.number is None:
            place = {"number": self.discussion.take_number(), "published_at": timezone.now()}
        self.record(hidden_until=None, **place)

    def _say(self, text, waits=""):
        number = self.current.number + 1 if self.current else 1
        self.current = self.revisions.create(number=number, text=text, held_for=waits)
        worded(pk=self.pk, current=self.current_id)

    def _decide(self, verb, settles="", *, by, rule=None, reason="", quote="", **fields):
        case, reopened = self.open_case, None
        if case is None:
            case = reopened = self._reopen(by=by)
        ruling = Ruling.give(self, verb, by=by, rule=rule, reason=reason, case=case, quote=quote)
        if ruling.took_away:
            fields["shown_from"] = self.current.number + 1
        self.record(ruling=ruling, **fields)
        if case and settles and not (reopened and settles == "keep"):
            case.settle(settles, by=by, note=reason)

    def _reopen(self, *, by):
        """Open again, and return, the report that the last decision settled, where nobody has heard of that.

        Whoever objected to it has heard, and the answer to her decides about the report as well.
        """
        case = self.ruling.case if self.ruling else None
        is_slip = case and (self.untold or case.is_untold) and not self.ruling.appeals.exists()
        return case.reopen(by=by) if is_slip else None


def called(number):
    """Return what a comment of this number is called; before it appears, it has none."""
    return f"Comment #{number}" if number else "Comment"


@changed
def worded():
    """Let a comment say what one of its wordings says."""
    return Comment.objects.filter(pk=Given("pk")), {"current": Given("current")}


class CommentEvent(Event):
    """What happened to a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="events")
