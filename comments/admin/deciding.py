"""One comment with all that helps to decide, and the decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Delivery
from accounts.permissions import is_moderator
from comments.admin.buttons import decisions
from comments.admin.queued import Queue
from comments.admin.sanctions import Record
from comments.admin.untold import when_told
from comments.forms.desk.deciding import DecisionForm
from comments.guards import is_below_nothing
from comments.models import Comment, Rule, Ruling
from comments.workflow import COMMENT, TAKEN_AWAY
from forum.lib.desk import desk_page, screen
from forum.lib.diff.compare import compare
from forum.lib.moves import DESK, IllegalMove, last_event
from forum.lib.web.labels import asks

DECISIONS = COMMENT.verbs_at(DESK)
SIMILAR = 5


@require_safe
def comment(request, pk):
    """One comment: as it was reported, as it is now, and what stands around it."""
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    case = found.open_case
    slug = request.GET.get("rule", "")[:40] or (case.reason if case else "")
    rule = Rule.objects.about(slug) if slug else None
    return _screen(request, found, DecisionForm(comment=found, initial={"seen": found.turn, "rule": rule}), case, rule)


@require_POST
@asks(DecisionForm)
def decide(request, pk, verb):
    """Make one decision about one comment, as the moderator saw it, and go on to the next."""
    if verb not in DECISIONS:
        raise Http404("There is no such decision.")
    found = get_object_or_404(Comment.objects.on_desk(request.user).for_desk(), pk=pk)
    form = DecisionForm(request.POST, comment=found, verb=verb)
    if form.is_stale:
        raise IllegalMove(found, verb)
    if not form.is_valid():
        return _screen(request, found, form, found.open_case, form.cleaned_data.get("rule"))
    here = reverse("admin:comment", args=[found.pk])
    following = Queue(request.user).after(here)
    getattr(found, verb)(by=request.user, **form.said)
    said = '{} by {}: {}.{} <a href="{}">Look at it again</a>'
    done, told = COMMENT[last_event(found).verb].done, f" {capfirst(when_told())}" if verb in TAKEN_AWAY else ""
    messages.success(request, format_html(said, found, found.name, done, told, here))
    return redirect(following)


def _screen(request, found, form, case, rule):
    reported = case.revision if case else found.current
    record, buttons = Record.of(found, request.user), decisions(request.user, found)
    context = {
        "comment": found,
        "stop": Queue(request.user).stop(reverse("admin:comment", args=[found.pk])),
        "reports": case.reports.all() if case else [],
        "reported": reported,
        "difference": compare(reported.html, found.current.html) if reported != found.current else "",
        "around": Comment.objects.around(found),
        "decided": found.rulings.select_related("rule", "by").order_by("-pk"),
        "earlier": Ruling.objects.against(found.author).exclude(comment=found),
        "similar": Ruling.objects.similar(rule.slug).exclude(comment=found)[:SIMILAR] if rule else [],
        "rule": rule,
        "rules": Rule.objects.in_force(),
        "wordings": found.wordings(),
        "record": record,
        "sanction_form": record.form(found, request.user),
        "buttons": buttons,
        "gone": is_below_nothing(request.user, found) if found.status == "pending" else "",
        "when_told": when_told() if any(button.verb in TAKEN_AWAY for button in buttons) else "",
        "leaves_at": Delivery.objects.when_about([found]).get(found.pk),
        "form": form,
    }
    return desk_page(request, "admin/comments/comment.html", f"{found} by {found.name}", **context)


screen("comments/<int:pk>/", comment, "comment", who=is_moderator)
screen("comments/<int:pk>/<slug:verb>/", decide, "comment_decide", who=is_moderator)
