"""The buttons with which moderators decide."""

from dataclasses import replace
from functools import cache

from comments.forms.desk.deciding import RuledForm
from comments.workflow import COMMENT
from forum.lib.moves import DESK, buttons_for


def needing(button):
    """Return a button that says which fields of the form it needs, to the script that tells this before the press."""
    return replace(button, needs=_needed(button.verb))


@cache
def _needed(verb):
    return " ".join(name for name, field in RuledForm(verb=verb).fields.items() if field.required)


def together(verbs):
    """Return the buttons that decide about several comments at once."""
    return [needing(COMMENT.button(verb)) for verb in verbs]


def decisions(user, comment):
    """Return what this moderator can decide about a comment now; what was decided for good has no key."""
    found = [needing(button) for button in buttons_for(user, comment, at=DESK) if not button.complaint]
    return [replace(button, key="") for button in found] if comment.state.gone else found
