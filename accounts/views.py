from functools import wraps
from http import HTTPStatus
from tempfile import TemporaryFile

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.address_proof import AddressProof, complain
from accounts.codes import EARLIER, was_sent
from accounts.copy import copy_of, pack
from accounts.forms import DigestForm, NameForm, NewcomerForm
from forum.lib.web.labels import asks
from forum.lib.web.pagecache import never, private
from forum.lib.web.throttle import TooMany, allow, prefix

SHORT_WHILE = 60


def allauthed(view):
    """Make one of allauth's views refuse as we do, and leave `site` to this site's settings."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise TooMany(SHORT_WHILE)
        if getattr(response, "context_data", None):
            response.context_data.pop("site", None)
        return response

    return answered


class EarlierCode:
    """Mix into one of allauth's pages for a code: an earlier code is called that, and costs no try.

    allauth counts tries in the session, where many at once count as one.
    """

    def post(self, request, *args, **kwargs):
        allow("code_try", f"{prefix(request)} {request.session.session_key}")
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form):
        context = self.get_context_data(form=form)
        if "code" in form.fields and was_sent(context["email"] or "", form["code"].data or ""):
            complain(form, "code", EARLIER)
            return self.render_to_response(context)
        return super().form_invalid(form)


class SignInCode(EarlierCode, allauth_views.ConfirmLoginCodeView):
    pass


class PasswordCode(EarlierCode, allauth_views.ConfirmPasswordResetCodeView):
    pass


class AddressCode(EarlierCode, allauth_views.ConfirmEmailVerificationCodeView):
    pass


@private
@require_safe
@login_required
def profile(request):
    """What the account says about its owner, and the way to its parts."""
    return _profile(request, NameForm(person=request.user))


@private
@require_POST
@login_required
@asks(NameForm)
def rename(request):
    """Change the name shown beside what one writes."""
    form = NameForm(request.POST, person=request.user)
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
    if not request.user.is_staff:
        raise PermissionDenied("This mail is for people at the desk.")
    form = DigestForm(request.POST, instance=request.user)
    wanted = form.is_valid() and form.cleaned_data["digest"]
    request.user.choose_digest(wanted=wanted)
    messages.success(request, "You get the daily mail." if wanted else "You get no daily mail any more.")
    return redirect("profile")


@private
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def copy(request):
    """Give somebody all that is kept about her, as a zip."""
    if request.method != "POST":
        return render(request, "accounts/copy.html")
    allow("copy", f"account {request.user.pk}")
    copied = copy_of(request.user)
    packed = TemporaryFile()  # noqa: SIM115 - the response closes it
    pack(copied, packed)
    packed.seek(0)
    return FileResponse(packed, as_attachment=True, filename=f"{slugify(request.user.name) or 'copy'}.zip")


def _profile(request, form):
    """Show the account; people at the desk choose about their daily mail there."""
    mail = DigestForm(instance=request.user) if request.user.is_staff else None
    return render(request, "accounts/profile.html", {"form": form, "digest": mail})


@never
@asks(NewcomerForm)
def sign_up(request):
    """Make an account: a name, an address, and the code that proves it; a password can come later."""
    proof, target = AddressProof(request), next_page(request)
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
