"""What each author of a piece has said: to being printed, and to the exact text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signer:
    """One author in words."""

    name: str
    address: str
    consent: str
    approval: str


def signers(piece):
    """Return the co-authors who were asked, each with her answer; nobody where there are none."""
    bylines = [byline for byline in piece.bylines.all() if byline.person]
    digest = piece.digest() if bylines else ""
    signed = {approval.by_id for approval in piece.sign_offs.all() if approval.digest == digest}
    return [_signer(byline, byline.person_id in signed) for byline in bylines]


def _signer(byline, has_signed):
    approval = "has approved the text as it is now" if has_signed else "has not approved the text as it is now"
    return Signer(byline.name, byline.person.email, byline.get_consent_display(), approval)
