"""Who hears of a piece, as it is when a letter leaves: whoever handles it, and only for as long as she does."""

from django.urls import reverse

from accounts.addressing import Nobody, addressee, called, find_any
from accounts.models import User
from articles.eligible import eligible_publishers, is_with_guest
from articles.models import Invitation, SafetyRequest, Submission
from articles.permissions import is_handling_editor
from articles.signing import signers
from forum.pages.models import SiteSettings


@addressee
def handling_editor(piece, person):
    """The editor or the guest a letter was written to, as long as she handles the piece; or else whoever does.

    Others are told that something waits and not what: the desk's own address is read by people too close to a piece.
    """
    piece = _piece(piece)
    if piece.editor_id == person and _handles(piece):
        return piece.editor.email
    raise Nobody("She does not handle the piece any more.", **_instead(piece))


@addressee
def answers_about(piece):
    """Whoever handles the piece, except a guest, whose address is hers alone; the desk's own address otherwise."""
    piece = _piece(piece)
    if _handles(piece) and not is_with_guest(piece.editor, piece):
        return piece.editor.email
    return _address_for(piece)


@addressee
def desk_about(piece):
    """The desk's own address, unless it is that of one of the authors, who would read what others write about her."""
    return _address_for(_piece(piece))


@addressee
def publisher(piece, person):
    """A managing editor, as long as she is one and not too close to the piece."""
    found = eligible_publishers(_piece(piece)).reached(person)
    if not found:
        raise Nobody("She may not publish this piece any more.")
    return found


@addressee
def arranger(piece, person):
    """The managing editor who arranged a publication, as long as she may; others hear that it waits."""
    piece = _piece(piece)
    found = eligible_publishers(piece).reached(person)
    if not found:
        raise Nobody("She may not publish this piece any more.", **_instead(piece))
    return found


@addressee
def safety_officer(request, person):
    """One of those who may answer a request about safety, as long as she may."""
    found = SafetyRequest.objects.filter(pk=request).first()
    found = found and User.objects.filter(pk__in=found.officers).reached(person)
    if not found:
        raise Nobody("She may not answer this request any more.")
    return found


def _piece(key):
    piece = Submission.objects.filter(pk=key).first()
    if piece is None:
        raise Nobody("The piece was discarded.")
    return piece


def _handles(piece):
    return piece.editor_id is not None and is_handling_editor(piece.editor, piece) and piece.editor.is_active


def _address_for(piece):
    """Return the desk's address that is none of its authors'; for a guest's piece rather the one for readers."""
    settings, authors = SiteSettings.get(), User.objects.filter(pk__in=signers(piece)).addresses()
    ours = [settings.desk, settings.office][:: -1 if is_with_guest(piece.editor, piece) else 1]
    found = next((address for address in ours if address and address.lower() not in authors), None)
    if not found:
        raise Nobody("The editors have given no address that is not an author's.")
    return found


def editors_about(piece):
    """Return where answers about a piece go: to whoever handles it, or else to the desk."""
    return f"{called(answers_about, piece)} {called(desk_about, piece)}"


def at_the_desk(piece):
    """Return who hears of a piece that nobody handles: the desk by its own address, or else the managing editors."""
    if find_any(called(desk_about, piece)):
        return [called(desk_about, piece)]
    return [called(publisher, piece, reader) for reader in eligible_publishers(piece)]


def _instead(piece):
    """Return who hears that something waits, and where: whoever handles the piece now, or else the desk."""
    path = reverse("admin:submission", args=[piece.code])
    if not _handles(piece):
        return {"instead": at_the_desk(piece), "path": path}
    if is_with_guest(piece.editor, piece):
        path = Invitation.to(piece, piece.editor).path()
    return {"instead": [called(handling_editor, piece, piece.editor)], "path": path}
