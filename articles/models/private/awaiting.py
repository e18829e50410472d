"""Part of the submissions' queries: whom of its authors a piece waits for. Each is told of her own turn alone.

What is asked here of one piece is answered by its row, by its line on the desk (`lines.py`), and by itself.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.text import get_text_list

from articles.declarations import is_declared, was_commissioned
from articles.models.private.byline import Byline, Consent
from articles.models.private.event import SubmissionEvent
from articles.models.private.sign_off import SignOff
from articles.signing import signers
from articles.workflow import AUTHOR, SUBMISSION

ASKING = SUBMISSION["consent"].sources


class Awaited(models.QuerySet):
    """What waits for its authors, as lists ask for it; `awaited` says the same of one piece."""

    def awaiting(self, person):
        """Return what waits for this author now: her changes, her answer, her declarations or her approval."""
        here = {"submission": OuterRef("pk")}
        asked = Exists(Byline.objects.filter(**here, person=person, consent=Consent.ASKED))
        approved = Exists(SignOff.objects.filter(**here, by=person, void_at=None))
        hers = Q(status="with_author") | Q(status="accepted", is_undeclared=True)
        found = self.by_author(person).annotate(is_undeclared=is_undeclared())
        return found.filter(
            (Q(corresponding_author=person) & hers)
            | (Q(status="proof") & ~approved)
            | (Q(status__in=ASKING) & asked)
        )

    def with_authors(self):
        """Return rows that know, without asking again, whom they wait for."""
        return self.annotate(is_undeclared=is_undeclared()).prefetch_related("bylines", _approvals())

    def for_copy(self):
        """Return pieces with all that a copy of them for their author has, the first begun first."""
        found = self.with_authors().select_related("article").order_by("pk")
        own = ["declarations", "uploads", "pictures", "author_notes", "events", "letters__points"]
        return found.prefetch_related(*own)


def _approvals():
    return Prefetch("sign_offs", SignOff.objects.defer("content"))


def is_undeclared():
    """Say in a query which pieces were asked for by an editor and not yet declared about by their authors."""
    happened = SubmissionEvent.objects.filter(submission=OuterRef("pk"))
    return Exists(happened.filter(verb="commission")) & ~Exists(happened.filter(verb="declare"))


def awaited(piece):
    """Return the keys of the authors who have something to do now: to write, agree, declare or approve."""
    if piece.status == "proof":
        return signers(piece) - approvers(piece)
    is_hers = piece.state.writer == AUTHOR or _asks_to_declare(piece)
    return (asked(piece) | ({piece.corresponding_author_id} if is_hers else set())) - {None}


def asked(piece):
    """Return the keys of the co-authors who can still say whether they agree to be printed, and have not."""
    found = {b.person_id for b in piece.bylines.all() if b.consent == Consent.ASKED}
    return found if piece.status in ASKING else set()


def _asks_to_declare(piece):
    """Say whether its author was asked for it and has not declared yet; the rows of a list know."""
    if piece.status != "accepted":
        return False
    known = getattr(piece, "is_undeclared", None)
    return was_commissioned(piece) and not is_declared(piece) if known is None else known


def approvers(piece):
    """Return the keys of those whose approval holds."""
    return {approval.by_id for approval in piece.sign_offs.all() if approval.void_at is None}


def printed_names(piece):
    """Return how each author whom we know is printed, never who is behind a pen name: {key: name}."""
    names, bylines = {}, list(piece.bylines.all())
    for byline in bylines:
        names |= dict.fromkeys(byline.people - {*names}, byline.name)
    nobodys = next((byline.name for byline in bylines if not byline.people), "the author who sent it in")
    return {piece.corresponding_author_id: nobodys, **names}


def goes_by(piece, person):
    """Return what a piece calls somebody: who was only named by others, as she has agreed to be printed."""
    agreed = {b.person_id: b.name for b in piece.bylines.all() if b.consent == Consent.YES}
    return agreed.get(person.pk, person.name) if person.is_invited else person.name


def names_of(piece, people):
    """Return the names under which these people are printed."""
    return [name for key, name in printed_names(piece).items() if key in people]


def awaited_names(piece):
    """Return the authors who have something to do now, as they are printed, in words."""
    return get_text_list(names_of(piece, awaited(piece)), "and")
