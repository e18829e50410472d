"""Part of the submissions' queries: what an editor's front page shows, and what waits for her."""

from typing import NamedTuple

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.query import ValuesListIterable
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_managing_editor
from articles.eligible import ACCEPTING
from articles.models.private.event import SubmissionEvent
from articles.models.private.letter import Letter
from articles.models.private.lines import OWN, PEOPLE, LineIterable, columns
from articles.workflow import SUBMISSION
from forum.lib.asked import NEVER, NOW
from forum.lib.moves import DESK
from forum.lib.rows import Beside
from forum.lib.timestamps import told
from forum.pages.models import SiteSettings

LEFT_TO_THE_DESK = SUBMISSION.where(turn=DESK)
WITH_ITS_EDITOR = SUBMISSION.where(turn=DESK, handled=True, approved=False)
EARLIEST = (F("due_at").asc(nulls_last=True), "pk")


class Lying(NamedTuple):
    """Where everything lies on an editor's front page.

    `places` are what is under way (key, date, whether it is hers to do now, whether it is late), `unread` the letters
    that she is to answer (piece, date), `coming` what comes out (key, moment); each the earliest first.
    """

    places: tuple
    unread: tuple
    coming: tuple


class LyingIterable(ValuesListIterable):
    """Reads the moments that lists beside a row have as texts."""

    def __iter__(self):
        for lists in super().__iter__():
            yield Lying(*(tuple((key, at and told(at), *more) for key, at, *more in some) for some in lists))


class FrontPage(models.QuerySet):
    """What an editor's front page asks of submissions: first where each of them lies, then the rows it shows."""

    def places(self, editor, *, leads):
        """Return of what is under way key and date, whether it is hers to do now, and late; the earliest date first.

        Of an editor by her key: whether she `leads` the desk.
        """
        due, late = map(_said, (self._due_for(editor, leads, NOW), self.is_late(NOW)))
        return Beside(self.under_way().order_by(*EARLIEST), "pk", "due_at", due, late)

    def only(self, which, user):
        """Return the part of the desk that an editor looks for, or all of it for ""."""
        match which:
            case "mine":
                return self.filter(editor=user)
            case "late":
                return self.filter(self.is_late(timezone.now())).under_way()
            case "waiting":
                return self._waiting_for(user)
            case "others":
                return self.under_way().exclude(pk__in=self.model.objects.all()._waiting_for(user).values("pk"))
            case "scheduled":
                return self.filter(article__status="published", article__published_at__gt=timezone.now())
        return self

    def _waiting_for(self, user):
        """Return what is this editor's to do now, and where she is to answer a letter."""
        leads = is_managing_editor(user)
        due = self.model.objects.under_way().filter(self._due_for(user.pk, leads, timezone.now()))
        return self._either(due, to_answer(user.pk, leads=leads), "submission")

    def on_day(self, start, end):
        """Return what is due between two moments, and what comes out, or came out."""
        due = self.model.objects.under_way().filter(due_at__gte=start, due_at__lt=end)
        out = {"article__status": "published", "article__published_at__gte": start, "article__published_at__lt": end}
        return self._either(due, self.model.objects.filter(**out))

    def _either(self, these, those, key="pk"):
        """Return what is among these or those, each found by its own index."""
        return self.filter(pk__in=these.order_by().values("pk").union(those.order_by().values(key)))

    def coming(self, start):
        """Return (key, moment) of what comes out, or came out, from a moment on, the earliest first."""
        stretch = {"article__published_at__gte": start, "article__published_at__lt": NEVER}
        coming = self.filter(article__status="published", **stretch)
        return Beside(coming.order_by("article__published_at", "pk"), "pk", "article__published_at")

    def for_lines(self):
        """Return what is said of each piece in a line."""
        found = self.order_by().annotate(**columns()).values_list(*OWN, *PEOPLE, *columns())
        found._iterable_class = LineIterable
        return found

    def _due_for(self, editor, leads, now):
        """Say what is an editor's to do now; she may `lead` the desk."""
        mine = Q(editor=editor, status__in=WITH_ITS_EDITOR)
        silent = Q(editor=editor, status="proof", due_at__lt=now)
        due = Q(status="submitted") | mine | silent
        if leads:
            due |= self._ready_for(editor) | self.broken_promise(now) | (is_left() & Q(status__in=WITH_ITS_EDITOR))
        return due

    def _ready_for(self, publisher):
        """Say which pieces wait to be published by her: not what, by the rule of the house, another must."""
        accepted = SubmissionEvent.objects.filter(submission=OuterRef("pk"), verb__in=ACCEPTING).order_by("-pk")
        hers = Q(pk__in=self.model.objects.filter(status="ready").annotate(
            accepter=Subquery(accepted.values("actor")[:1])
        ).filter(accepter=publisher).values("pk"))  # fmt: skip
        rule = Q(Exists(SiteSettings.objects.filter(publisher_is_not_accepter=True)))
        return Q(status="ready") & ~(rule & hers & self.has_other_publishers(publisher))

    def has_other_publishers(self, publisher):
        return Q(self.leaves_some(User.objects.managing_editors().exclude(pk=publisher)))

    @staticmethod
    def is_late(now):
        """Say which pieces are late, whoever they wait for."""
        return Q(due_at__lt=now) | Q(apologies__gt=0, status__in=LEFT_TO_THE_DESK)

    @staticmethod
    def broken_promise(now):
        """Say which pieces the desk is late with; an apology moves the date, but what was promised stays broken."""
        broken = Q(due_at__lt=now) | Q(apologies__gt=0)
        return Q(status__in=LEFT_TO_THE_DESK) & broken


def is_left(to=""):
    """Say which pieces are with somebody who is no editor any more."""
    nobodys = ~Q(**{f"{to}editor__in": User.objects.editors().values("pk")})
    return Q(**{f"{to}editor__isnull": False}) & nobodys


def to_answer(editor, *, leads):
    """Return the letters of authors that an editor is to answer: about her pieces, and about those of nobody here."""
    hers = Q(submission__editor=editor) | Q(submission__editor=None)
    if leads:
        hers |= is_left("submission__")
    return Letter.objects.unread().filter(hers, submission__status__in=SUBMISSION.where(open=True))


def front_of(editor, on_desk, letters_on_desk, start, *, leads):
    """Return where everything of a desk lies on the front page of an editor, as one row: hers."""
    letters = to_answer(editor, leads=leads).filter(letters_on_desk).order_by("-pk")
    lists = {
        "places": on_desk.places(editor, leads=leads),
        "unread": Beside(letters, "submission", "due_at"),
        "coming": on_desk.coming(start),
    }
    found = User.objects.filter(pk=editor).order_by().annotate(**lists).values_list(*lists)
    found._iterable_class = LyingIterable
    return found


def _said(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())
