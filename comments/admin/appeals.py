"""Objections to decisions, looked at by somebody who did not make them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import is_moderator
from comments.admin.around import around
from comments.admin.queued import Queue
from comments.forms.desk.appeals import AppealDecisionForm
from comments.models import Appeal
from comments.workflow import APPEAL
from forum.lib.desk import desk_page, screen
from forum.lib.moves import DESK, IllegalMove, buttons_for, may
from forum.lib.web.labels import asks

DECISIONS = APPEAL.verbs_at(DESK)


@require_safe
def appeal(request, pk):
    """One objection: the decision, why it is called wrong, and the comment it is about."""
    found = _found(request, pk)
    return _screen(request, found, AppealDecisionForm(appeal=found))


@require_POST
@asks(AppealDecisionForm)
def decide(request, pk, verb):
    """Reverse a decision, or let it stand."""
    if verb not in DECISIONS:
        raise Http404("There is no such decision.")
    found = _found(request, pk)
    if found.status not in APPEAL[verb].sources:
        raise IllegalMove(found, verb)
    APPEAL[verb].permit(request.user, found)
    form = AppealDecisionForm(request.POST, appeal=found, verb=verb)
    if not form.is_valid():
        return _screen(request, found, form)
    following = Queue(request.user).after(_address(found))
    getattr(found, verb)(by=request.user, **form.said)
    messages.success(request, f"Done: you {APPEAL[verb].done}.")
    return redirect(following)


def _found(request, pk):
    return get_object_or_404(Appeal.objects.on_desk(request.user).for_desk(), pk=pk)


def _address(found):
    return reverse("admin:appeal", args=[found.pk])


def _screen(request, found, form):
    context = {
        "appeal": found,
        "stop": Queue(request.user).stop(_address(found)),
        "ruling": found.ruling,
        "comment": found.ruling.comment,
        "around": around(found.ruling.comment),
        "buttons": buttons_for(request.user, found),
        "asks_guest": may(request.user, "ask_guest", found),
        "form": form,
    }
    return desk_page(request, "admin/comments/appeal.html", str(found), **context)


screen("comments/appeals/<int:pk>/", appeal, "appeal", who=is_moderator)
screen("comments/appeals/<int:pk>/<slug:verb>/", decide, "appeal_decide", who=is_moderator)
