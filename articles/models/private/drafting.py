"""What becomes of a draft: it is filled in, claimed, sent in, thrown away, or begun from a piece that is over."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404

from articles.models.private.byline import Byline
from articles.models.private.declaration import Declaration
from articles.models.private.picturing import copy_pictures
from articles.models.private.submission import check_pen
from articles.models.public.taxonomy import PLACE
from articles.models.public.text import StaleText
from articles.permissions import is_author
from forum.lib.moves import CLOCK, IllegalMove


@transaction.atomic
def fill_in(piece, *, by, version, byline, about, declarations, co_authors=None, **text):
    """Save text, byline and declarations together, or none of them; raises StaleText as `write` does."""
    piece.write(by=by, version=version, **text)
    piece.record(**about)
    Declaration.keep(piece, by=by, said=declarations)
    piece.bylines.print_first(**byline)
    if co_authors is not None and piece.status == "draft":
        piece.bylines.name_others(co_authors)


def claim(draft, *, by):
    """Give a guest's draft to the person who has now proven her address."""
    mine = type(draft).objects.filter(pk=draft.pk, status="draft", corresponding_author=None)
    if not mine.update(corresponding_author=by):
        raise PermissionDenied("This draft belongs to somebody else.")
    draft.refresh_from_db()


@transaction.atomic
def claim_and_submit(draft, *, by):
    """Submit a draft; one begun without an account becomes its writer's by this."""
    if draft.corresponding_author_id is None:
        claim(draft, by=by)
    draft.submit(by=by)


def discard(draft, *, by, version=None):
    """Throw a draft away with all its files, if it is still the `version` its writer saw; or else StaleText."""
    if draft.status != "draft":
        raise IllegalMove(draft, "discard")
    if not (by is CLOCK and draft.corresponding_author_id is None):
        check_pen(by, draft)
    files = [upload.file.name for upload in draft.uploads.all()]
    for picture in draft.pictures.all():
        files += [picture.original.name, *picture.paths()]
    with transaction.atomic():
        row = type(draft).objects.filter(pk=draft.pk, status="draft", turn=draft.turn)
        if not row.update(turn=draft.turn + 1):
            get_object_or_404(type(draft), pk=draft.pk)
            draft.refresh_from_db()
            raise IllegalMove(draft, "discard")
        if version is not None and not row.model.objects.filter(pk=draft.pk, version=version).exists():
            raise StaleText(row.model.objects.get(pk=draft.pk))
        draft.revisions.all().delete()
        draft.delete()
    for name in files:
        default_storage.delete(name)


def copy(piece, *, by):
    """Begin a new draft with this text, its pictures and name; letters, declarations and co-authors stay behind."""
    if piece.state.under_way:
        raise IllegalMove(piece, "copy")
    if not is_author(by, piece):
        raise PermissionDenied("Only the person who sent this piece in can begin a new draft from it.")
    own = [b for b in piece.bylines.all() if b.person_id in (None, by.pk)]  # whoever was asked is asked anew
    with transaction.atomic():
        draft = type(piece).begin(by=by, **piece.text())
        draft.record(**{name: getattr(piece, name) for name in PLACE})
        if own:
            draft.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(submission=draft, order=order, name=b.name, biography=b.biography, author=b.author)
            for order, b in enumerate(own, 1)
        )
        copy_pictures(piece, draft, by=by)
    return draft
