"""The list of everything that waits for a moderator."""

from django.views.decorators.http import require_safe

from accounts.permissions import is_moderator
from comments.admin.buttons import together
from comments.admin.queued import Queue
from comments.admin.untold import untold_by
from comments.forms.desk.bulk import MOST, TogetherForm
from comments.models import Appeal
from forum.lib.desk import desk_page, screen

TOGETHER = ["approve", "keep", "hide", "mark_spam", "remove"]


@require_safe
def queue(request):
    """Reports, comments to read and objections, in the order in which to look at them."""
    return list_of(request, TogetherForm())


def list_of(request, form, undone=()):
    """Show the list with a form for several comments, and what could not be decided just now."""
    waiting = Queue(request.user)
    rows = waiting.rows(MOST, form.ticks)
    context = {
        "rows": rows,
        "counts": waiting.counts,
        "late": waiting.late,
        "more": len(waiting.places) - len(rows),
        "own": Appeal.objects.waiting_for_others(request.user).for_desk()[:MOST],
        "form": form,
        "buttons": together(TOGETHER),
        "most": MOST,
        "undone": undone,
        "untold": untold_by(request.user),
    }
    return desk_page(request, "admin/comments/queue.html", "Comments", **context)


screen("comments/", queue, "comments", who=is_moderator)
