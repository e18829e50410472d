"""Pieces in a line each, as an editor's front page tells of them: values, which `awaiting` and `signing` read too."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import BooleanField, Case, Exists, ExpressionWrapper, OuterRef, Q, Subquery, When
from django.db.models.query import ValuesListIterable

from articles.models.private.awaiting import is_undeclared
from articles.models.private.byline import Byline, Consent
from articles.models.private.revision import Revision
from articles.models.private.sign_off import SignOff
from articles.workflow import SUBMISSION
from forum.lib.rows import Beside

OWN = ("pk", "code", "title", "status", "came_from", "due_at", "moved_at", "apologies")
PEOPLE = ("corresponding_author", "corresponding_author__name", "corresponding_author__email", "editor", "editor__name")


class Along(tuple):
    """Rows that came along with a row."""

    __slots__ = ()

    def all(self):
        return self


class NamedAuthor(NamedTuple):
    """An author of a piece as she is named, and who that is as far as we know."""

    name: str
    consent: str
    person_id: int | None
    user_id: int | None

    @property
    def people(self):
        return {self.person_id, self.user_id} - {None}


class Approval(NamedTuple):
    """An approval that holds."""

    by_id: int
    void_at: datetime | None = None


class PieceLine(NamedTuple):
    """A piece in a line; its bylines are told where it may wait for an author, its approvals where it is a proof."""

    pk: int
    code: str
    title: str
    status: str
    came_from: str
    due_at: datetime | None
    moved_at: datetime
    apologies: int
    corresponding_author_id: int
    author_name: str
    author_email: str
    editor_id: int | None
    editor_name: str | None
    proof_at: datetime | None
    is_undeclared: bool
    bylines: Along
    sign_offs: Along

    @property
    def state(self):
        return SUBMISSION.states[self.status]

    def __str__(self):
        return self.title or "Untitled"


class LineIterable(ValuesListIterable):
    """Makes lines of the rows of a query."""

    def __iter__(self):
        for *row, bylines, approvals in super().__iter__():
            named = Along(NamedAuthor(*byline) for byline in bylines)
            yield PieceLine(*row, named, Along(Approval(*approval) for approval in approvals))


@cache  # the same for every query, and not to be had before all models are
def columns():
    """Return what a line is made of."""
    here = {"submission": OuterRef("pk")}
    proofs = Revision.objects.filter(**here, verb="send_proof").order_by("-number").values("made_at")[:1]
    asked = Exists(Byline.objects.filter(**here, consent=Consent.ASKED))
    waits = Q(status__in=SUBMISSION.where(with_authors=True)) | asked | Q(told_undeclared=True)
    bylines = Byline.objects.filter(**here).order_by("order")
    approvals = SignOff.objects.filter(**here, void_at=None).order_by()
    return {
        "told_proof": Case(When(status="proof", then=Subquery(proofs))),
        "told_undeclared": ExpressionWrapper(Q(status="accepted") & is_undeclared(), BooleanField()),
        "told_bylines": Case(When(waits, then=Beside(bylines, "name", "consent", "person", "author__user"))),
        "told_approvals": Case(When(status="proof", then=Beside(approvals, "by"))),
    }
