"""The moderators' screens: what waits, one comment with all that helps to decide, and the decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import is_moderator
from comments.forms import DecisionForm
from comments.models import Appeal, Comment, ReportCase, Ruling
from comments.workflow import COMMENT
from forum.lib.desk import screen, shown
from forum.lib.diff import compare

MOST = 50
WRITERS_OWN = {"reword", "withdraw"}
DECISIONS = {verb for verb, move in COMMENT.moves.items() if move.label} - WRITERS_OWN


@require_safe
def queue(request):
    """All comments that wait for a moderator, the worst reports first."""
    cases = ReportCase.objects.on_desk(request.user).waiting().for_desk()[:MOST]
    held = Comment.objects.on_desk(request.user).held()[:MOST]
    waiting = {
        "cases": cases,
        "held": held,
        "appeals": Appeal.objects.waiting_for(request.user).for_desk()[:MOST],
        "own": Appeal.objects.waiting_for_others(request.user).for_desk()[:MOST],
    }
    return shown(request, "admin/comments/queue.html", "Comments", **waiting)


@require_safe
def comment(request, pk):
    """One comment: as it was reported, as it is now, and what stands around it."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    return _screen(request, found, DecisionForm(initial=_first_guess(found)))


@require_POST
def decide(request, pk, verb):
    """Make one decision about one comment, as the moderator saw it."""
    if verb not in DECISIONS:
        raise Http404("There is no such decision.")
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    form = DecisionForm(request.POST, verb=verb)
    if not form.is_valid():
        return _screen(request, found, form)
    getattr(found, verb)(by=request.user, **form.words())
    messages.success(request, f"{found}: {COMMENT[verb].done}.")
    return redirect("admin:comments")


def _screen(request, found, form):
    case = found.open_case
    reported = case.revision if case else found.current
    context = {
        "comment": found,
        "case": case,
        "reports": case.reports.all() if case else [],
        "reported": reported,
        "difference": compare(reported.html, found.current.html) if reported != found.current else "",
        "around": Comment.objects.around(found),
        "decided": found.rulings.select_related("rule", "by").order_by("-pk"),
        "earlier": Ruling.objects.against(found.author).exclude(comment=found),
        "verbs": [verb for verb in found.verbs_for(request.user) if not verb.complaint],
        "form": form,
    }
    return shown(request, "admin/comments/comment.html", f"{found} by {found.author}", **context)


def _first_guess(found):
    case = found.open_case
    rule = DecisionForm.base_fields["rule"].queryset.model.objects.about(case.reason) if case else None
    return {"seen": found.turn, "rule": rule}


screen("comments/", queue, "comments", who=is_moderator)
screen("comments/<int:pk>/", comment, "comment", who=is_moderator)
screen("comments/<int:pk>/<slug:verb>/", decide, "comment_decide", who=is_moderator)
