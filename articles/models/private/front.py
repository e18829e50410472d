"""Part of the submissions' queries: what an editor's front page shows, and what waits for her."""

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery

from accounts.models import User
from articles.eligible import ACCEPTING
from articles.models.private.event import SubmissionEvent
from articles.models.private.lines import OWN, PEOPLE, LineIterable, columns
from articles.workflow import SUBMISSION
from forum.lib.asked import NOW
from forum.lib.moves import DESK

LEFT_TO_THE_DESK = SUBMISSION.where(turn=DESK)
WITH_ITS_EDITOR = SUBMISSION.where(turn=DESK, handled=True, approved=False)
EARLIEST = (F("due_at").asc(nulls_last=True), "pk")


class FrontPage(models.QuerySet):
    """What an editor's front page asks of submissions: first where each of them lies, then the rows it shows."""

    def places(self, editor, *, leads, by_another):
        """Return (key, date, whether it is hers to do now) of what is under way, the earliest date first.

        Of an editor by her key: whether she `leads` the desk, and whether who accepts a piece leaves it to `another`.
        """
        due = ExpressionWrapper(self._due_for(editor, leads, by_another), output_field=BooleanField())
        return self.under_way().order_by(*EARLIEST).values_list("pk", "due_at", due)

    def coming(self, start):
        """Return (key, moment) of what comes out, or came out, from a moment on, the earliest first."""
        coming = self.filter(article__status="published", article__published_at__gte=start)
        return coming.order_by("article__published_at", "pk").values_list("pk", "article__published_at")

    def for_lines(self):
        """Return what is said of each piece in a line."""
        found = self.order_by().annotate(**columns()).values_list(*OWN, *PEOPLE, *columns())
        found._iterable_class = LineIterable
        return found

    def _due_for(self, editor, leads, by_another):
        """Say what is hers to do now."""
        mine = Q(editor=editor, status__in=WITH_ITS_EDITOR)
        silent = Q(editor=editor, status="proof", due_at__lt=NOW)
        due = Q(status="submitted") | mine | silent
        if leads:
            ready = self._ready_for(editor) if by_another else Q(status="ready")
            due |= ready | self.broken_promise(NOW) | (is_left() & Q(status__in=WITH_ITS_EDITOR))
        return due

    def _ready_for(self, publisher):
        """Say which pieces wait to be published by her: not what another must, because she accepted it."""
        accepted = SubmissionEvent.objects.filter(submission=OuterRef("pk"), verb__in=ACCEPTING).order_by("-pk")
        hers = Q(pk__in=self.model.objects.filter(status="ready").annotate(
            accepter=Subquery(accepted.values("actor")[:1])
        ).filter(accepter=publisher).values("pk"))  # fmt: skip
        return Q(status="ready") & ~(hers & self.has_other_publishers(publisher))

    def has_other_publishers(self, publisher):
        return Q(self.leaves_some(User.objects.managing_editors().exclude(pk=publisher)))

    @staticmethod
    def broken_promise(now):
        """Say which pieces the desk is late with; an apology moves the date, but what was promised stays broken."""
        broken = Q(due_at__lt=now) | Q(apologies__gt=0)
        return Q(status__in=LEFT_TO_THE_DESK) & broken


def is_left(to=""):
    """Say which pieces are with somebody who is no editor any more."""
    nobodys = ~Q(**{f"{to}editor__in": User.objects.editors().values("pk")})
    return Q(**{f"{to}editor__isnull": False}) & nobodys
