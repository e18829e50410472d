"""Who may: each answers for `(user, thing)`; machines and guests are nobody unless named."""

from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_managing_editor, is_moderator
from comments.screening import held_because
from forum.lib.moves import CLOCK, Guest


def is_anyone(by, thing):
    """Everybody may, with or without an account."""
    return isinstance(by, User | Guest)


def is_member(by, comment):
    """Somebody whose address is confirmed and whose account is open."""
    return isinstance(by, User) and by.is_active


def posts_at_once(by, comment):
    """A member whose comments need not wait."""
    return is_member(by, comment) and not held_because(by)


def is_writer(by, comment):
    """The person who wrote this comment."""
    return is_member(by, comment) and comment.author_id == by.pk


def may_amend(by, rule):
    """The managing editors say what the rules are."""
    return is_managing_editor(by, rule)


def may_restore(by, comment):
    """A moderator; and time itself, when a comment was hidden only until now."""
    if by is CLOCK:
        return bool(comment.hidden_until and comment.hidden_until <= timezone.now())
    return is_moderator(by, comment)


def is_reported_writer(by, case):
    """The person whose comment was reported."""
    return is_writer(by, case.comment)


def is_party(by, appeal):
    """The person a decision is about, or somebody who had asked for one."""
    if not is_member(by, appeal):
        return False
    ruling = appeal.ruling
    if ruling.comment.author_id == by.pk:
        return True
    return bool(ruling.case_id) and ruling.case.reports.filter(reporter=by).exists()


__all__ = [
    "is_anyone",
    "is_member",
    "is_moderator",
    "is_party",
    "is_reported_writer",
    "is_writer",
    "may_amend",
    "may_restore",
    "posts_at_once",
]
