"""Who hears of what happens to a piece: which people a move tells, and where her answer goes."""

from accounts.addressees import called
from accounts.mail import editor, person
from accounts.models import User
from articles.addressees import arranger, desk_about, editors_about, handling_editor
from articles.workflow import AUTHOR, CO_AUTHOR, EDITOR, FORMER, PERSON, SIGNER, TO_PRINT

ASKING = {"remind"}
"""What asks for a step, and so goes only to those who have not taken it."""

HANDING = {"accept", "assign", "hold_back", "reassign", "reconsider"}
"""What may hand a piece to somebody at the desk, whom the event then names."""


def authors_should_hear(event):
    """Say whether a move is worth a letter to authors: what is out at once is announced, and not sent to print too."""
    article = getattr(event.submission, "article", None)
    return event.verb not in TO_PRINT or (article and not article.is_out)


def is_undone(event):
    """Say whether its author has taken the piece back since: then nothing holds that an earlier step promised."""
    piece = event.submission
    taken = piece.events.filter(verb__in=["take_back", "withdraw"], pk__gt=event.pk)
    return not piece.machine[event.verb].quiet and taken.exists()


def readers(event, audience):
    """Return who is told: nobody hears from us what she did herself at the desk, nor of a step she has taken."""
    piece = event.submission
    if audience in (AUTHOR, CO_AUTHOR):
        people = authors(piece, audience)
        if event.verb == "take_back":  # by now its author may name others
            return User.objects.filter(pk__in=event.detail["agreed"]).order_by("pk")
        if event.verb == "send_proof":
            return [who for who in people if who.pk in event.detail.get("asks", [who.pk])]  # older ones asked everybody
        return people if event.verb not in ASKING else [who for who in people if piece.waits_for(who)]
    if audience == SIGNER:
        return [event.actor]
    reader = {PERSON: _named, FORMER: _former}.get(audience, _desk)(event)
    return [reader] if reader and (audience == PERSON or reader.pk != event.actor_id) else []


def authors(piece, audience):
    """Return the first author, or those beside her who agreed."""
    return [piece.corresponding_author] if audience == AUTHOR else piece.co_authors()


def whom(event, audience, reader):
    """Return whom a letter is for: an editor gets it only while the piece, or the desk, is hers."""
    piece = event.submission
    if audience == FORMER:
        return called(person if was_guest(piece, reader) else editor, reader)
    if audience != EDITOR:
        return called(person, reader)
    role = arranger if event.verb == "hold_back" and reader.pk != piece.editor_id else handling_editor
    return called(role, piece, reader)


def answers_to(event, audience):
    """Return where an answer goes: at the desk to whoever acted, elsewhere to who handles the piece."""
    piece = event.submission
    is_with_guest = piece.is_with_guest(piece.editor) or "guest" in event.detail  # whose answer would say who she is
    if audience in (EDITOR, FORMER) and event.actor and not is_with_guest:
        is_author = event.actor in (piece.corresponding_author, *(byline.person for byline in piece.bylines.all()))
        return f"{called(person if is_author else editor, event.actor)} {called(desk_about, piece)}"
    return editors_about(piece)


def was_guest(piece, reader):
    """Say whether this person was asked as a guest to decide on a piece, and so is written to as one."""
    return piece.events.filter(verb="ask_guest", detail__to=reader.pk).exists()


def _desk(event):
    """Return who at the desk is told: to whom this very move gave something, or else whoever handles the piece."""
    if event.verb in HANDING:
        return _named(event) if "to" in event.detail else None
    return event.submission.editor


def _named(event):
    return User.objects.get(pk=event.detail["to"])


def _former(event):
    """Return who handled a piece until this move."""
    return User.objects.filter(pk=event.detail.get("from")).exclude(pk=event.detail.get("to")).first()
