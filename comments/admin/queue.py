"""The list of everything that waits for a moderator."""

from django.views.decorators.http import require_safe

from accounts.permissions import is_moderator
from articles.models import Article
from comments.admin.buttons import together
from comments.admin.queued import KINDS, Queue
from comments.admin.untold import untold_by
from comments.forms.desk.bulk import MOST, TogetherForm
from comments.models import Appeal
from comments.models.questions import waiting_for_others
from forum.lib.desk import desk_page, screen
from forum.lib.ties import keys_close_to

TOGETHER = ["approve", "keep", "hide", "mark_spam", "remove"]


@require_safe
def queue(request):
    """Reports, comments to read and objections, in the order in which to look at them."""
    return list_of(request, TogetherForm())


def kind_of(request):
    """Return what kind of thing the list shows alone, or "" for all."""
    kind = request.GET.get("kind", "")
    return kind if kind in KINDS else ""


def list_of(request, form, undone=()):
    """Show the list with a form for several comments, and what could not be decided just now."""
    waiting, kind = Queue(request.user), kind_of(request)
    rows = waiting.rows(MOST, form.ticks, kind)
    context = {
        "rows": rows,
        "counts": waiting.counts,
        "kind": kind,
        "total": len(waiting.places),
        "late": waiting.late,
        "more": len(waiting.of_kind(kind)) - len(rows),
        "own": _own(request.user),
        "form": form,
        "buttons": together(TOGETHER),
        "most": MOST,
        "undone": undone,
        "untold": untold_by(request.user),
    }
    return desk_page(request, "admin/comments/queue.html", "Comments", **context)


def _own(user):
    """Return the objections that somebody else decides about, since one or the other is this moderator's."""
    keys = waiting_for_others(person=user.pk, pieces=keys_close_to(user, Article))[:MOST] if is_moderator(user) else []
    found = Appeal.objects.for_desk().in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


screen("comments/", queue, "comments", who=is_moderator)
