"""Who must approve a piece before it is printed, and who has not."""

from itertools import chain


def signers(piece):
    """Return the keys of the people who must approve: whoever sent it in, and who is bylined and known."""
    bylined = [byline.people for byline in piece.bylines.all() if byline.consent != "no"]
    return {piece.corresponding_author_id, *chain.from_iterable(bylined)} - {None}


def unsigned_by(piece):
    """Return the keys of those who have not approved the text as it is now."""
    approvals = piece.sign_offs.filter(digest=piece.digest(), void_at=None)
    return signers(piece) - set(approvals.values_list("by_id", flat=True))


def is_signed(piece):
    """Say whether everybody who must has approved the text as it is now."""
    return not unsigned_by(piece)
