"""What waits for moderators on the front page of the desk."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from accounts.permissions import is_moderator
from comments.models import Comment, ReportCase
from forum.lib.desk import Panel, Row, panel

MOST = 50


@panel
def held_comments(user):
    """Comments nobody has read yet."""
    if not is_moderator(user):
        return None
    waiting = Comment.objects.on_desk(user).held()
    rows = [_held(comment) for comment in waiting[:MOST]]
    return Panel("Comments", rows, waiting.count(), url=reverse("admin:comments"))


@panel
def reported_comments(user):
    """Comments readers have reported."""
    if not is_moderator(user):
        return None
    waiting = ReportCase.objects.on_desk(user).waiting()
    rows = [_reported(case) for case in waiting.for_desk()[:MOST]]
    return Panel("Reported comments", rows, waiting.count(), url=reverse("admin:comments"))


def _held(comment):
    title = f"{comment.author} on “{comment.discussion.article.title}”"
    return _row("Comment", title, comment.pk, comment.moved_at, "comment_hours")


def _reported(case):
    title = f"{case.get_reason_display()}: {case.comment} on “{case.comment.discussion.article.title}”"
    return _row("Report", title, case.comment_id, case.opened_at, "report_hours")


def _row(kind, title, comment, since, promise):
    due = since + timedelta(hours=settings.PROMISES[promise])
    return Row(title, reverse("admin:comment", args=[comment]), due=due, since=since, kind=kind)
