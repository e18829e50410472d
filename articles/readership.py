"""Who hears of what happens to a piece: which people a move tells, and where her answer goes."""

from accounts.addressing import called
from accounts.mail import editor, person
from accounts.models import User
from articles.addressees import arranger, desk_about, editors_about, handling_editor, publisher
from articles.eligible import eligible_publishers, is_with_guest
from articles.models.private.authorship import co_authors
from articles.models.private.awaiting import awaited
from articles.workflow import AUTHOR, CO_AUTHOR, EDITOR, FORMER, MANAGING, PERSON, SIGNER, TO_PRINT

TO_AUTHORS = (AUTHOR, CO_AUTHOR)

ASKING = {"remind"}
"""What asks for a step, and so goes only to those who have not taken it."""

HANDING = {"accept", "assign", "hold_back", "reassign", "reconsider"}
"""What may hand a piece to somebody at the desk, whom the event then names."""


def is_moot(event, audience):
    """Say whether a letter is not worth writing: what is out at once is announced, and not sent to print too.

    Nor does anything hold that an earlier step promised, once its author has taken the piece back.
    """
    article = getattr(event.submission, "article", None)
    is_announced = event.verb in TO_PRINT and not (article and not article.is_out)
    return (is_announced and audience in TO_AUTHORS) or (audience in (*TO_AUTHORS, EDITOR) and _is_undone(event))


def _is_undone(event):
    piece = event.submission
    taken = piece.events.filter(verb__in=["take_back", "withdraw"], pk__gt=event.pk)
    return not piece.machine[event.verb].quiet and taken.exists()


def readers(event, audience):
    """Return who is told, each with whom her letter is for.

    Nobody hears from us what she did herself at the desk, nor of a step she has taken.
    """
    people, whom = TOLD[audience]
    return [(reader, whom(event, reader)) for reader in people(event)]


def _first_author(event):
    return _still_asked(event, authors(event.submission, AUTHOR))


def _co_authors(event):
    if event.verb == "take_back":  # by now its author may name others
        return User.objects.filter(pk__in=event.detail["agreed"]).order_by("pk")
    return _still_asked(event, authors(event.submission, CO_AUTHOR))


def _still_asked(event, people):
    if event.verb == "send_proof":
        return [who for who in people if who.pk in event.detail.get("asks", [who.pk])]  # older ones asked everybody
    return people if event.verb not in ASKING else [who for who in people if who.pk in awaited(event.submission)]


def authors(piece, audience):
    """Return the first author, or those beside her who agreed."""
    return [piece.corresponding_author] if audience == AUTHOR else co_authors(piece)


def answers_to(event, audience):
    """Return where an answer goes: at the desk to whoever acted, elsewhere to who handles the piece."""
    piece = event.submission
    by_guest = is_with_guest(piece.editor, piece) or "guest" in event.detail  # whose answer would say who she is
    if audience in (EDITOR, FORMER) and event.actor and not by_guest:
        is_author = event.actor in (piece.corresponding_author, *(byline.person for byline in piece.bylines.all()))
        return f"{called(person if is_author else editor, event.actor)} {called(desk_about, piece)}"
    return editors_about(piece)


def was_guest(piece, reader):
    """Say whether this person was asked as a guest to decide on a piece, and so is written to as one."""
    return piece.events.filter(verb="ask_guest", detail__to=reader.pk).exists()


def _desk(event):
    """Return who at the desk is told: to whom this very move gave something, or else whoever handles the piece."""
    if event.verb in HANDING:
        return _but_the_actor(event, _named(event) if "to" in event.detail else None)
    return _but_the_actor(event, event.submission.editor)


def _named(event):
    return User.objects.get(pk=event.detail["to"])


def _former(event):
    """Return who handled a piece until this move."""
    former = User.objects.filter(pk=event.detail.get("from")).exclude(pk=event.detail.get("to")).first()
    return _but_the_actor(event, former)


def _but_the_actor(event, reader):
    return [reader] if reader and reader.pk != event.actor_id else []


def _publishers(event):
    return eligible_publishers(event.submission)


def _person(event, reader):
    return called(person, reader)


def _at_the_desk(event, reader):
    """An editor gets her letter only while the piece, or the desk, is hers."""
    piece = event.submission
    role = arranger if event.verb == "hold_back" and reader.pk != piece.editor_id else handling_editor
    return called(role, piece, reader)


def _once_at_the_desk(event, reader):
    return called(person if was_guest(event.submission, reader) else editor, reader)


def _publisher(event, reader):
    return called(publisher, event.submission, reader)


TOLD = {
    AUTHOR: (_first_author, _person),
    CO_AUTHOR: (_co_authors, _person),
    EDITOR: (_desk, _at_the_desk),
    FORMER: (_former, _once_at_the_desk),
    MANAGING: (_publishers, _publisher),
    PERSON: (lambda event: [_named(event)], _person),
    SIGNER: (lambda event: [event.actor], _person),
}
"""Of each audience, who is told of an event, and whom the letter to one of them is for."""
