"""Personal links: what one is for, the press that lets its person in, and a fresh one for an old one."""

from contextlib import suppress

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.ration import ration
from accounts.tasks import tell_of_second_address
from articles import mail
from articles.models import Invitation
from articles.views.own import admit
from forum.lib.moves import Refused, may
from forum.lib.web.pagecache import never
from forum.lib.web.throttle import TooMany, allow, prefix

PAGES = {"declare", "consent", "sign_off"}


@never
def link(request, code, token, page=""):
    """Say whose link this is and until when it works; only the press, which no scanner of mails makes, lets in."""
    found = Invitation.objects.behind(code, token)
    if not found or not found.is_open:
        return render(request, "articles/links/ended.html", {"code": code, "token": token}, status=410)
    is_other = request.user.is_authenticated and request.user != found.person
    if request.method == "POST" and not is_other:
        admit(request, found)
        return redirect(f"submission_{page}" if page in PAGES else "submission", code)
    context = {"invitation": found, "piece": found.submission, "is_other": is_other, "token": token}
    context["asks_consent"] = page == "consent"
    response = render(request, "articles/links/link.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never
@require_POST
def identify(request, code, token):
    """Let who is signed in say that the person this link is for is herself."""
    found = Invitation.objects.behind(code, token)
    if not found or not found.is_open or not request.user.is_authenticated:
        return redirect("submission_link", code, token)
    address, piece = found.person.email, found.submission
    if found.person == request.user:
        return redirect(piece)
    try:
        piece.identify(by=request.user, invitation=found)
    except Refused as complaint:
        messages.warning(request, str(complaint))
        return redirect("submission_link", code, token)
    tell_of_second_address.enqueue(request.user.pk, address)
    messages.success(request, "Thank you. What we ask you about this piece belongs to your account now.")
    return redirect("submission_consent" if may(request.user, "consent", piece) else "submission", code)


@never
@require_POST
def fresh_link(request, code, token):
    """Mail a fresh link to whom this one was for, and say nothing about who that is or whether there is anybody."""
    allow("link_prefix", prefix(request))
    found = Invitation.objects.behind(code, token)
    if found and found.is_wanted:
        with suppress(TooMany):
            ration(request, found.person.email)
            mail.send_fresh_link(found)
    return render(request, "articles/links/sent.html")
