"""What waits for moderators on the front page of the desk."""

from django.urls import reverse

from accounts.permissions import is_moderator
from comments.admin.queued import APPEAL, HELD, REPORT, due
from comments.models import Appeal, Comment, ReportCase
from forum.lib.desk import Panel, Row, panel

MOST = 50


@panel
def held_comments(user):
    """Comments nobody has read yet."""
    if not is_moderator(user):
        return None
    waiting = Comment.objects.on_desk(user).held()
    rows = [_held(comment) for comment in waiting.for_lines()[:MOST]]
    return Panel("Comments", rows, _total(rows, waiting), url=reverse("admin:comments"))


@panel
def reported_comments(user):
    """Comments readers have reported."""
    if not is_moderator(user):
        return None
    waiting = ReportCase.objects.on_desk(user).waiting()
    rows = [_reported(case) for case in waiting.for_lines()[:MOST]]
    return Panel("Reported comments", rows, _total(rows, waiting), url=reverse("admin:comments"))


@panel
def appealed_decisions(user):
    """Objections to what other moderators decided."""
    if not is_moderator(user):
        return None
    waiting = Appeal.objects.waiting_for(user)
    rows = [_appealed(appeal) for appeal in waiting.for_lines()[:MOST]]
    return Panel("Objections", rows, _total(rows, waiting), url=reverse("admin:comments"))


def _appealed(appeal):
    title = f"{appeal} on “{appeal.ruling.comment.discussion.article.title}”"
    url = reverse("admin:appeal", args=[appeal.pk])
    return Row(title, url, due=due(APPEAL, appeal.submitted_at), since=appeal.submitted_at, kind="Objection")


def _held(comment):
    title = f"{comment.name} on “{comment.discussion.article.title}”"
    return _row("Comment", title, comment.pk, comment.moved_at, HELD)


def _reported(case):
    title = f"{case.get_reason_display()}: {case.comment} on “{case.comment.discussion.article.title}”"
    return _row("Report", title, case.comment_id, case.opened_at, REPORT)


def _total(rows, waiting):
    return len(rows) if len(rows) < MOST else waiting.count()


def _row(kind, title, comment, since, promise):
    return Row(title, reverse("admin:comment", args=[comment]), due=due(promise, since), since=since, kind=kind)
