from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.forms import DigestForm, NameForm
from accounts.proof import Proof
from forum.lib.pagecache import never, private
from forum.lib.throttle import TooMany

SHORT_WHILE = 60


def allauthed(view):
    """Make one of allauth's views refuse as we do, and leave `site` to this site's settings."""

    @wraps(view)
    def shown(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooMany(SHORT_WHILE)
        if getattr(response, "context_data", None):
            response.context_data.pop("site", None)
        return response

    return shown


@private
@require_safe
@login_required
def profile(request):
    """What the account says about its owner, and the way to its parts."""
    return _profile(request, NameForm(instance=request.user))


@private
@require_POST
@login_required
def rename(request):
    """Change the name shown beside what one writes."""
    form = NameForm(request.POST, instance=request.user)
    if not form.is_valid():
        return _profile(request, form)
    request.user.rename(form.cleaned_data["name"])
    messages.success(request, "Your name was changed.")
    return redirect("profile")


@private
@require_POST
@login_required
def digest(request):
    """Switch the daily mail about the desk on or off."""
    if not request.user.is_moderator:
        raise PermissionDenied("This mail is for people at the desk.")
    form = DigestForm(request.POST, instance=request.user)
    wanted = form.is_valid() and form.cleaned_data["digest"]
    request.user.choose_digest(wanted=wanted)
    messages.success(request, "You get the daily mail." if wanted else "You get no daily mail any more.")
    return redirect("profile")


def _profile(request, form):
    """Show the account; people at the desk choose about their daily mail there."""
    mail = DigestForm(instance=request.user) if request.user.is_moderator else None
    return render(request, "accounts/profile.html", {"form": form, "digest": mail})


@never
def sign_up(request):
    """Make an account: a name, an address, and the code that proves it; a password can come later."""
    proof, target = Proof(request), next_page(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(target)
    if proof.signs_in:
        return proof.to_sign_in(target)
    if request.method == "POST" and proof.person():
        return HttpResponseRedirect(target)
    return render(request, "account/signup.html", {"proof": proof})


def next_page(request):
    """Return where the visitor wanted to go, if that is a page of this site, or else the profile."""
    target = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else reverse("profile")
