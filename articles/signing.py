"""What is approved before a piece is printed, who must approve it, and who has not."""

import hashlib
import json
from itertools import chain

BY_HAND = {"publisher": None, "publish_at": None}
"""The fields of a piece whose approval makes it ready and publishes nothing."""


def content_of(piece):
    """Return all that an approval covers, in plain values."""
    declared = piece.declarations.all()
    return {
        **piece.text(),
        "bylines": [[byline.name, byline.biography] for byline in piece.bylines.all()],
        "declarations": [[d.key, d.answer, d.words] for d in declared],
        "printed": declared.printed(),
        "stance": sorted([a.question_id, a.stance] for a in piece.answers.all()),
        "perspective": [piece.perspective, piece.perspective_country, piece.perspective_words],
        "connection": piece.connection,
        "pictures": [[p.key, p.alt, p.credit] for p in piece.pictures.all() if p.key in piece.body],
    }


def digest_of(piece):
    """Return the SHA-256 of the content as canonical JSON (sorted keys, no spaces, UTF-8)."""
    canonical = json.dumps(content_of(piece), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def arrangement(piece):
    """Return what approving the proof does, in short: nothing more, or the time before which it is not printed."""
    if not piece.publisher_id:
        return ""
    return piece.publish_at.isoformat() if piece.publish_at else "at once"


def signers(piece):
    """Return the keys of the people who must approve: whoever sent it in, and who is bylined and known."""
    bylined = [byline.people for byline in piece.bylines.all() if byline.consent != "no"]
    return {piece.corresponding_author_id, *chain.from_iterable(bylined)} - {None}


def unsigned_by(piece):
    """Return the keys of those who have not approved the text as it is now."""
    approvals = piece.sign_offs.filter(digest=digest_of(piece), void_at=None)
    return signers(piece) - set(approvals.values_list("by_id", flat=True))


def is_signed(piece):
    """Say whether everybody who must has approved the text as it is now."""
    return not unsigned_by(piece)
