"""Part of the submissions' queries: what an editor's front page shows, and what waits for her."""

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_managing_editor
from articles.eligible import ACCEPTING, is_published_by_another
from articles.models.private.counting import UNDER_WAY
from articles.models.private.event import SubmissionEvent
from articles.models.private.letter import Letter
from articles.workflow import SUBMISSION
from forum.lib.moves import DESK

LEFT_TO_THE_DESK = SUBMISSION.where(turn=DESK)
WITH_ITS_EDITOR = SUBMISSION.where(turn=DESK, handled=True, approved=False)


class FrontPage(models.QuerySet):
    """What an editor's front page asks of submissions: first where each of them lies, then the rows it shows."""

    def waiting_for(self, user):
        """Return what is this editor's to do or to answer now, the oldest promise first."""
        waiting = self._due_for(user) | Q(pk__in=self.unread_by(user))
        return self.on_desk(user).filter(waiting).order_by("due_at", "pk")

    def unread_by(self, user):
        """Return until when this editor has promised an answer to what authors wrote: {piece: date}."""
        here = {"submission__status__in": SUBMISSION.where(open=True)}
        hers = Q(submission__editor=user) | Q(submission__editor=None)
        if is_managing_editor(user):
            hers |= _left("submission__")
        unread = Letter.objects.unread().filter(hers, **here).order_by("-pk")
        return dict(unread.values_list("submission", "due_at"))

    def for_front_page(self, user, unread):
        """Return (key, date, whether it is hers to do now) of what is under way on this desk, or `unread`."""
        due = ExpressionWrapper(self._due_for(user), output_field=BooleanField())
        found = self.on_desk(user).filter(Q(status__in=UNDER_WAY) | Q(pk__in=unread))
        return found.order_by().values_list("pk", "due_at", due)

    def coming(self, start):
        """Return (key, moment) of what comes out, or came out, from a moment on."""
        coming = self.filter(article__status="published", article__published_at__gte=start)
        return coming.order_by().values_list("pk", "article__published_at")

    def for_rows(self):
        """Return the rows of the front page: what is said of a piece in a line, and of its people their names."""
        people = [f"{person}__{field}" for person in ("corresponding_author", "editor") for field in ("name", "email")]
        own = ["code", "title", "status", "came_from", "moved_at", "due_at", "apologies"]
        return super().only(*own, *people).select_related("corresponding_author", "editor")

    def _due_for(self, user):
        """Say what is hers to do now."""
        mine = Q(editor=user, status__in=WITH_ITS_EDITOR)
        silent = Q(editor=user, status="proof", due_at__lt=timezone.now())
        due = Q(status="submitted") | mine | silent
        if is_managing_editor(user):
            left = _left() & Q(status__in=WITH_ITS_EDITOR)
            due |= self._ready_for(user) | self.broken_promise() | left
        return due

    def _ready_for(self, publisher):
        """Say which pieces wait to be published by her: not what another must, because she accepted it."""
        ready = Q(status="ready")
        if not is_published_by_another():
            return ready
        accepted = SubmissionEvent.objects.filter(submission=OuterRef("pk"), verb__in=ACCEPTING).order_by("-pk")
        hers = Q(pk__in=self.model.objects.filter(status="ready").annotate(
            accepter=Subquery(accepted.values("actor")[:1])
        ).filter(accepter=publisher.pk).values("pk"))  # fmt: skip
        return ready & ~(hers & self.has_other_publishers(publisher))

    def has_other_publishers(self, publisher):
        return Q(self.leaves_some(User.objects.managing_editors().exclude(pk=publisher.pk)))

    @staticmethod
    def broken_promise():
        """Say which pieces the desk is late with; an apology moves the date, but what was promised stays broken."""
        broken = Q(due_at__lt=timezone.now()) | Q(apologies__gt=0)
        return Q(status__in=LEFT_TO_THE_DESK) & broken


def _left(to=""):
    """Say which pieces are with somebody who is no editor any more."""
    nobodys = ~Q(**{f"{to}editor__in": User.objects.editors().values("pk")})
    return Q(**{f"{to}editor__isnull": False}) & nobodys
