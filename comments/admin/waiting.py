"""What waits for moderators on the front page of the desk."""

from accounts.permissions import is_moderator
from articles.models import Article
from comments.admin.queued import APPEAL, HELD, REPORT, due, late_since
from comments.models import Reason
from comments.models.comment import called
from comments.models.questions import first_held, first_objected, first_reported
from forum.lib.desk import Panel, Row, panel
from forum.lib.ties import keys_close_to
from forum.lib.web.addresses import address, addresses


@panel
def held_comments(user):
    """Comments nobody has read yet."""
    return _panel("Comments", user, first_held, _held, HELD)


@panel
def reported_comments(user):
    """Comments readers have reported."""
    return _panel("Reported comments", user, first_reported, _reported, REPORT)


@panel
def appealed_decisions(user):
    """Objections to what other moderators decided."""
    return _panel("Objections", user, first_objected, _appealed, APPEAL)


def _panel(title, user, ask, row, kind):
    if not is_moderator(user):
        return None
    found = ask(person=user.pk, pieces=keys_close_to(user, Article), late_since=late_since(kind))
    page = addresses("admin:appeal" if kind == APPEAL else "admin:comment")
    count, late = (found[0].total, found[0].late) if found else (0, 0)
    rows = [row(line, page) for line in found]
    return Panel(title, rows, count, url=f"{address('admin:comments')}?kind={kind}", late=late)


def _appealed(line, page):
    title = f"Objection about {called(line.number).lower()} on “{line.title}”"
    return _row("Objection", title, page(line.pk), line.submitted_at, APPEAL)


def _held(line, page):
    title = f"{line.pen_name or line.written_as} on “{line.title}”"
    return _row("Comment", title, page(line.pk), line.moved_at, HELD)


def _reported(line, page):
    title = f"{Reason(line.reason).label}: {called(line.number)} on “{line.title}”"
    return _row("Report", title, page(line.comment), line.opened_at, REPORT)


def _row(kind, title, url, since, promise):
    return Row(title, url, due=due(promise, since), since=since, kind=kind)
