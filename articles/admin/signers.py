"""What each author of a piece has said: to being printed, and to the exact text; and who is awaited since when."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from articles import signing
from articles.models.private.awaiting import asked, awaited, printed_names

APPROVED, NOT_APPROVED = "has approved the text as it is now", "has not approved the text as it is now"


@dataclass(frozen=True)
class Signer:
    """One author: how she is printed, her address, and what she has said, in words."""

    name: str
    address: str
    said: str


def signers(piece):
    """Return the authors of a piece that several people wrote, each with what she has said; nobody otherwise."""
    names, consents = printed_names(piece), {b.person_id: b for b in piece.bylines.all() if b.person_id}
    people = User.objects.in_bulk({*names} - {None}) if consents or len(signing.signers(piece)) > 1 else {}
    signed = signing.signers(piece) - signing.unsigned_by(piece) if people else set()
    return [
        Signer(name, people[key].email, _said(piece, key, consents.get(key), key in signed))
        for key, name in names.items()
        if key in people
    ]


def _said(piece, key, byline, has_signed):
    parts = [byline.get_consent_display()] if byline else []
    if key in asked(piece):
        parts.append(f"awaited since {_date(piece.invitations.get(person=key).made_at)}")
    elif has_signed:
        parts.append(APPROVED)
    elif key in awaited(piece) and piece.status == "proof":
        parts.append(f"awaited since {_date(proof_sent_at(piece))}, until {piece.due}")
    elif key in signing.signers(piece):
        parts.append(NOT_APPROVED)
    return "; ".join(parts)


def proof_sent_at(piece):
    """Return when the proof was sent that waits for its authors, or None."""
    sent = [event.at for event in piece.events.all() if event.verb == "send_proof"]
    return sent[-1] if sent and piece.status == "proof" else None


def _date(at):
    return f"{timezone.localtime(at):%-d %B}"
