"""One decision about several comments: each by itself, and only as it was seen."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from accounts.permissions import is_moderator
from comments.admin.queue import TOGETHER, kind_of, list_of
from comments.admin.untold import when_told
from comments.forms.desk.bulk import TogetherForm
from comments.models import Comment
from comments.workflow import COMMENT, TAKEN_AWAY
from forum.lib.desk import screen
from forum.lib.moves import IllegalMove, Refused
from forum.lib.web.addresses import address
from forum.lib.web.labels import asks
from forum.lib.web.refusals import happened

GONE = "It is not here any more, or not yours to decide about."


@dataclass(frozen=True)
class Undone:
    """A comment that was not decided, and why; None for one that is not there for this moderator."""

    comment: Comment | None
    why: str


@require_POST
@asks(TogetherForm)
def decide_together(request, verb):
    """Decide about each ticked comment, and show those that could not be decided."""
    if verb not in [*TOGETHER, "restore"]:
        raise Http404("There is no such decision.")
    form = TogetherForm(request.POST, verb=verb)
    if not form.is_valid():
        return list_of(request, form)
    undone = [left for pk, seen in form.cleaned_data["ticked"].items() if (left := _decide(request, form, pk, seen))]
    number = len(form.cleaned_data["ticked"]) - len(undone)
    if number:
        told = f" {capfirst(when_told())}" if verb in TAKEN_AWAY else ""
        messages.success(request, f"{number} comment{'' if number == 1 else 's'}: {COMMENT[verb].done}.{told}")
    if undone:
        return list_of(request, form, undone)
    kind = kind_of(request)
    return redirect(f"{address('admin:comments')}?kind={kind}" if kind else "admin:comments")


def _decide(request, form, pk, seen):
    """Decide about one comment in a transaction of its own; return None, or what stands against it."""
    found = Comment.objects.on_desk(request.user).for_desk().filter(pk=pk).first()
    try:
        if found is None:
            return Undone(None, GONE)
        getattr(found, form.verb)(by=request.user, seen=seen, **form.said)
    except IllegalMove as late:
        return Undone(found, _first(late, request) if found.turn != seen else _unfit(found, form.verb))
    except Refused as complaint:
        return Undone(found, str(complaint))
    except Http404:
        return Undone(None, GONE)
    return None


def _first(late, request):
    """Say what somebody else did in the meantime, who, and when."""
    said = happened(late, request)
    at = timezone.localtime(said["at"])
    when = f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%-d %B, %H:%M}"
    who = "" if "by its writer" in said["done"] else f" by {said['by']}"
    return f"Something else came first: {said['done']}{who}, {when}. Look again before you decide."


def _unfit(found, verb):
    return f"“{COMMENT[verb].label}” does not fit here. Its state is: {found.label[0].lower()}{found.label[1:]}."


screen("comments/together/<slug:verb>/", decide_together, "comments_together", who=is_moderator)
