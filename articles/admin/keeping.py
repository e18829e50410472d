"""Letters and notes keep themselves: what stands in a form of the desk waits there until it is sent."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.permissions import is_moderator
from articles.forms.desk.keeping import KeepingForm, is_worth_keeping, recall
from articles.models import Kept
from forum.lib.desk import screen


def keeping(request, form):
    """Let a form keep what is typed in it, and begin with what was kept; forms without a text keep nothing."""
    if not is_worth_keeping(form):
        return form
    form.place = _place_of(request)
    mine = Kept.objects.of(request.user).filter(place=form.place)
    kept = None if request.method == "POST" else mine.first()
    if kept:
        form.kept_at = kept.at
        recall(form, kept)
    return form


def let_go(request):
    """Forget what was kept of the form that has just been sent."""
    Kept.let_go(by=request.user, place=_place_of(request))


@require_POST
def keep(request):
    """Keep a form as it stands, for the script that does so by itself or for whoever pressed."""
    form = _placed(request)
    kept = Kept.keep(by=request.user, place=form.cleaned_data["place"], said=form.said)
    if not request.accepts("text/html"):
        return JsonResponse({})
    messages.success(request, "Kept for you. Nobody else reads it, and it waits here until you send it.")
    return redirect(kept.place)


@require_POST
def discard(request):
    """Throw away what was kept of a form."""
    place = _placed(request).cleaned_data["place"]
    Kept.let_go(by=request.user, place=place)
    messages.success(request, "What you had kept is gone.")
    return redirect(place)


def _place_of(request):
    """Return the address of a form; which template begins it makes no other form of it."""
    return request.path if "template" in request.GET else request.get_full_path()


def _placed(request):
    form = KeepingForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form


screen("kept/", keep, "keep", who=is_moderator)
screen("kept/discard/", discard, "discard_kept", who=is_moderator)
