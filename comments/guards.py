"""Why not: each is named for its complaint and returns "" or one sentence fit to show."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User

APPEAL_WITHIN = timedelta(days=183)


def is_closed(by, comment):
    """A closed discussion takes no new comment; reporting and withdrawing still work."""
    return "" if comment.discussion.is_open else "This discussion is closed."


def is_too_close(by, comment):
    """Nobody decides on their own comment or in the discussion of their own piece."""
    if not isinstance(by, User):
        return ""
    if comment.author_id == by.pk:
        return "You wrote this comment; another moderator decides about it."
    if comment.discussion.article.written_by(by):
        return "This discussion is about your own piece; another moderator decides here."
    return ""


def is_unreported(by, comment):
    """Only a report can be answered by keeping the comment."""
    return "" if comment.cases.filter(status="open").exists() else "No report waits for an answer here."


def was_not_asked(by, comment):
    """A comment is reworded when an editor asked for it, and not while it is only hidden for a while."""
    return "The editors have not asked for another wording." if comment.hidden_until else ""


def is_too_close_to_reported(by, case):
    """The same for a report as for the comment it is about."""
    return is_too_close(by, case.comment)


def is_not_shown(by, case):
    """What readers cannot see cannot be reported."""
    return "" if case.comment.is_shown else "This comment is not shown now, so there is nothing to report."


def was_kept(by, case):
    """A text that was read for one complaint and stays is not read for the same complaint again."""
    if case.revision.cases.filter(status="kept", reports__reason=case.reason).exists():
        return "The editors have already read this comment for this reason, and it stays."
    return ""


def is_too_late(by, appeal):
    """A decision can be objected to for half a year."""
    if appeal.ruling.at + APPEAL_WITHIN < timezone.now():
        return "This decision is more than half a year old and stands."
    return ""


def has_objected(by, appeal):
    """One objection to each decision from each person."""
    if appeal.ruling.appeals.filter(objector=by).exclude(pk=appeal.pk).exists():
        return "You have objected to this decision already."
    return ""


def decided_it(by, appeal):
    """Nobody decides about an objection to their own decision, or so close to the discussion."""
    if appeal.ruling.by_id == getattr(by, "pk", None):
        return "You made this decision; somebody else looks at the objection."
    return is_too_close(by, appeal.ruling.comment)
