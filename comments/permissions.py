"""Who may: each answers for `(user, thing)`; machines and guests are nobody unless named."""

from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_administrator, is_editor, is_managing_editor, is_moderator
from forum.lib.moves import CLOCK, SCREEN, Guest


def is_anyone(by, thing):
    """Everybody may, with or without an account."""
    return isinstance(by, User | Guest)


def is_member(by, comment):
    """Somebody whose address is confirmed and whose account is open."""
    return isinstance(by, User) and by.is_active


def is_writer(by, comment):
    """The person who wrote this comment."""
    return is_member(by, comment) and comment.author_id == by.pk


def may_amend(by, rule):
    """The managing editors say what the rules are."""
    return is_managing_editor(by, rule)


def may_hide(by, comment):
    """A moderator; and the screen, when enough readers have reported a comment."""
    return by is SCREEN or is_moderator(by, comment)


def may_restore(by, comment):
    """A moderator; a guest who decides about an objection; time itself, when a comment was hidden until now."""
    if by is CLOCK:
        return bool(comment.hidden_until and comment.hidden_until <= timezone.now())
    return is_moderator(by, comment) or is_asked_about(by, comment)


def may_remove(by, comment):
    """A moderator; and a guest who decides about an objection."""
    return is_moderator(by, comment) or is_asked_about(by, comment)


def is_asked_about(by, comment):
    """A guest who was asked to decide about an objection to a decision about this comment."""
    if not isinstance(by, Guest):
        return False
    asked = comment.rulings.filter(appeals__guest_email=by.email, appeals__guest_until__gt=timezone.now())
    return by.confirmed and bool(by.email) and asked.exists()


def may_settle(by, case):
    """Whoever decides about the comment: a moderator, or a guest who was asked about an objection."""
    return is_moderator(by, case) or is_asked_about(by, case.comment)


def decides_appeals(by, appeal):
    """A moderator, or the guest who was asked while nobody at the desk may decide."""
    if isinstance(by, Guest):
        is_asked = by.confirmed and bool(by.email) and by.email == appeal.guest_email
        return is_asked and appeal.guest_until > timezone.now()
    return is_moderator(by, appeal)


def asks_guests(by, appeal):
    """Who may ask a guest: a moderator or an administrator."""
    return is_moderator(by, appeal) or is_administrator(by)


def bans(by, sanction):
    """An editor: the last step is not a moderator's alone."""
    return is_editor(by, sanction)


def may_lift(by, sanction):
    """A moderator, and for a ban an editor."""
    return bans(by, sanction) if sanction.level == "ban" else is_moderator(by, sanction)


def may_reverse(by, sanction):
    """Whoever decides about an objection to a decision about the same comment."""
    return is_moderator(by, sanction) or is_asked_about(by, sanction.comment)


def is_clock(by, thing):
    """Only time itself may."""
    return by is CLOCK


def keeps_discussions(by, discussion):
    """An editor who did not write the piece above."""
    return is_editor(by, discussion) and not discussion.article.written_by(by)


def is_reported_writer(by, case):
    """The person whose comment was reported."""
    return is_writer(by, case.comment)


def is_party(by, appeal):
    """The person a decision is about, or somebody who had asked for one, known by her receipt where she is a guest."""
    ruling, report = appeal.ruling, appeal.report
    if report is not None:
        return isinstance(by, Guest) and report.reporter_id is None and report.case_id == ruling.case_id
    if not is_member(by, appeal):
        return False
    if ruling.comment.author_id == by.pk:
        return True
    return bool(ruling.case_id) and ruling.case.reports.filter(reporter=by).exists()


__all__ = [
    "asks_guests",
    "bans",
    "decides_appeals",
    "is_anyone",
    "is_clock",
    "is_editor",
    "is_member",
    "is_moderator",
    "is_party",
    "is_reported_writer",
    "is_writer",
    "keeps_discussions",
    "may_amend",
    "may_hide",
    "may_lift",
    "may_remove",
    "may_restore",
    "may_reverse",
    "may_settle",
]
