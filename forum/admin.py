"""What fails behind the pages, shown to administrators on the desk."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import is_administrator
from forum.lib import tries
from forum.lib.desk import Panel, Row, desk_page, panel, screen
from forum.models import Trouble


@panel
def failing(user):
    """Show administrators what fails, since when; nothing while all is well."""
    if not is_administrator(user):
        return None
    found = [*Trouble.objects.all(), *tries.failing()]
    page = reverse("admin:failing")
    rows = [Row(str(trouble), page, since=trouble.since, who=trouble.error, kind="Fails") for trouble in found]
    return Panel("What fails", rows, len(rows), url=page) if rows else None


def failing_page(request):
    """Say of everything that fails behind the pages since when, and why."""
    context = {"troubles": Trouble.objects.all(), "tasks": tries.failing()}
    return desk_page(request, "admin/failing.html", "What fails", **context)


@require_POST
def try_all_again(request):
    """Let the queue try now what would wait for its next try, and what it had given up."""
    tried = tries.try_again(tries.failed())
    messages.success(request, f"{tried} task{'' if tried == 1 else 's'} will be tried again in the next seconds.")
    return redirect("admin:failing")


screen("failing/", failing_page, "failing", who=is_administrator)
screen("failing/try-again/", try_all_again, "try_all_again", who=is_administrator)
