"""What of the pieces and messages waits for somebody."""

from django.utils import timezone

from accounts.permissions import is_editor, is_moderator
from articles import promises
from articles.admin.front import MOST, OTHERS, SCHEDULED, WAITING, Front
from articles.models import Message, Submission
from articles.models.private import questions
from articles.models.private.awaiting import awaited, awaited_names
from articles.signing import signers
from forum.lib.desk import Panel, Row, panel
from forum.lib.desk.month import Entry, dated
from forum.lib.ties import keys_close_to
from forum.lib.web.addresses import address, addresses

LETTER = "A message from the author"
ASKS = {"submitted": "New submission", "accepted": "To edit"}
"""What a state asks for, where its label does not say so."""

CAME_BACK = {
    ("in_review", "with_author"): "New version",
    ("accepted", "proof"): "Proof came back",
}


def kind_of(piece):
    """Return what a piece on the list asks for."""
    if piece.status == "proof" and promises.has_passed(piece.due_at):
        return "The author is silent" if len(signers(piece)) == 1 else "An author is silent"
    return CAME_BACK.get((piece.status, piece.came_from), ASKS.get(piece.status, piece.state.label))


@panel
def submissions(user):
    """Show what this editor is to read, edit or publish, what waits for others, and what comes out by itself."""
    if not is_editor(user):
        return None
    front = Front.of(user)
    return [_waiting(front, user), _others(front), _scheduled(front)]


def _waiting(front, user):
    waiting, page, me = front.rows(WAITING), addresses("admin:submission"), user.pk
    rows = [
        Row(str(piece), page(piece.code), piece.due_at, piece.moved_at, _hands(piece, me),
            late=piece.apologies > 0 or None, kind=kind_of(piece))
        for piece in waiting
        if piece.pk in front.due
    ]  # fmt: skip
    rows += [
        Row(str(piece), f"{page(piece.code)}#letters", front.unread[piece.pk], who=_author(piece), kind=LETTER)
        for piece in waiting
        if piece.pk in front.unread
    ]
    return _panel(front, WAITING, "Submissions", rows, late=front.late)


def _others(front):
    page = addresses("admin:submission")
    rows = [
        Row(str(piece), page(piece.code), piece.due_at, piece.moved_at, _whose(piece), kind=kind_of(piece))
        for piece in front.rows(OTHERS)
    ]
    return _panel(front, OTHERS, "Waiting for others", rows)


def _scheduled(front):
    page = addresses("admin:submission")
    rows = [
        Row(str(piece), page(piece.code), since=piece.moved_at, who=_when(front.coming[piece.pk]), late=False)
        for piece in front.rows(SCHEDULED)
    ]
    return _panel(front, SCHEDULED, "Scheduled", rows)


def _panel(front, pile, title, rows, late=None):
    """Return the panel of a pile; all of it is the part of the list that is called as the pile."""
    count, url = len(front.piles[pile]), f"{address('admin:submissions')}?only={pile}"
    return Panel(title, rows, count, pile == WAITING, url, late, shown=min(count, MOST[pile]))


@panel
def messages(user):
    """Show what readers wrote and nobody answered."""
    if not is_moderator(user):
        return None
    waiting = questions.messages(close=keys_close_to(user, Submission))
    page = addresses("admin:message")
    rows = [
        Row(_about(message), page(message.pk), message.due_at, message.sent_at,
            message.name, kind=Message.Kind(message.kind).label)
        for message in waiting
    ]  # fmt: skip
    count, late = (waiting[0].total, waiting[0].late) if waiting else (0, 0)
    return Panel("Messages", rows, count, late=late, url=f"{address('admin:messages')}?state=open")


@dated
def month(user):
    """Tell what comes out in the next weeks, what is due from the desk, and what from authors."""
    if not is_editor(user):
        return
    page, all_of, me = addresses("admin:submission"), f"{address('admin:submissions')}?day=", user.pk
    for day, shown, others in Front.of(user).month():
        for at, piece in shown:
            yield day, Entry(_what(piece, at, me), str(piece), page(piece.code), _mark(piece))
        if others:
            yield day, Entry("", f"{others} more", f"{all_of}{day}", "more")


def _what(piece, at, me):
    if piece.status == "published":
        return f"Comes out {timezone.localtime(at):%H:%M}"
    if piece.state.with_authors:
        return f"{piece.state.due}, {awaited_names(piece)}"
    if piece.editor_id and not piece.state.approved:
        return f"{piece.state.due}, {'you' if piece.editor_id == me else piece.editor_name}"
    return piece.state.due


def _mark(piece):
    return "out" if piece.status == "published" else "theirs" if piece.state.with_authors else "ours"


def _author(piece):
    return piece.author_name or piece.author_email


def _hands(piece, me):
    """Return who wrote it, which of its authors are awaited, who else has it, and how often the desk apologised."""
    other = f"with {piece.editor_name}" if piece.editor_id not in (None, me) else ""
    late = promises.apologised(piece.apologies)
    return " · ".join(filter(None, [_author(piece), _awaited(piece), other, late]))


def _awaited(piece):
    """Return which of its authors are awaited, and since when; nobody where it waits for none of them."""
    if not awaited(piece):
        return ""
    since = f" since {timezone.localtime(piece.proof_at):%-d %B}" if piece.status == "proof" else ""
    return f"waits for {awaited_names(piece)}{since}"


def _whose(piece):
    if piece.state.with_authors:
        since = piece.proof_at if piece.status == "proof" else piece.moved_at
        return f"{awaited_names(piece)}, since {timezone.localtime(since):%-d %B}"
    return piece.editor_name if piece.editor_id and not piece.state.approved else "A managing editor"


def _when(at):
    return f"{timezone.localtime(at):%A %-d %B, %H:%M}"


def _about(message):
    words = message.text.split()
    return message.article__edition__title or " ".join(words[:10]) + ("…" if len(words) > 10 else "")
