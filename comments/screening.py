"""What makes a comment wait for an editor. Nothing here ever removes one."""

ENOUGH = 3


def is_trusted(author):
    """Whether a moderator said so, or an editor has let enough of this person's comments stand."""
    return hasattr(author, "trust") or author.comments.filter(status="published").count() >= ENOUGH


def held_because(author):
    """Return the sentence that says why this author's next comment waits, or ""."""
    if author.is_moderator or is_trusted(author):
        return ""
    return "The editors read the first comments of everybody before they appear."
