"""Whose piece it is: found for its author, for the browser that began it, or for who came by a personal link."""

import time
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from articles.eligible import is_with_guest, is_written_by
from articles.models import Invitation, Submission
from articles.models.private import drafting
from articles.permissions import is_author, may_send, may_write
from forum.lib.moves import Guest, IllegalMove
from forum.lib.web.csp import editor
from forum.lib.web.pagecache import private
from forum.lib.web.refusals import NotHere
from forum.lib.web.throttle import allow, prefix

DRAFTS = "drafts"
PASSES = "passes"
MOST_HERE = 20
UNKNOWN = (
    "If a piece of yours was here, you are signed in with another address, or you began it without an account in"
    " another browser, or in this one before its cookies were cleared."
)


def writer(request):
    """Return who acts: somebody signed in, whoever a personal link to this piece was for, or a guest."""
    if request.user.is_authenticated:
        return request.user
    return passed(request, request.resolver_match.kwargs.get("code")) or Guest()


def admit(request, invitation):
    """Let this browser act as the person invited, on that one piece and until her link ends; she is not signed in."""
    passes = {**request.session.get(PASSES, {})}
    passes[invitation.submission.code] = [invitation.pk, invitation.number, invitation.until.timestamp()]
    request.session[PASSES] = dict([*passes.items()][-MOST_HERE:])


def passed(request, code):
    """Return the person whose personal link to this piece was opened here; who is signed in is only ever herself."""
    kept = request.session.get(PASSES, {}).get(code)
    if not kept or request.user.is_authenticated:
        return None
    key, number, until = kept
    if not hasattr(request, "invitation"):
        request.invitation = Invitation.objects.newest(code, key, number)
    is_open = request.invitation and until > time.time() and request.invitation.person.is_active
    return request.invitation.person if is_open else None


def meter(request):
    """Count one file, by account or by network; TooMany when there were many."""
    if request.user.is_authenticated:
        allow("upload", f"account {request.user.pk}")
    else:
        allow("upload_prefix", prefix(request))


def drafts_here(request):
    """Return the codes of the drafts this browser began."""
    return request.session.get(DRAFTS, [])


def remember_draft(request, draft):
    """Let this browser keep a draft that nobody has claimed."""
    request.session[DRAFTS] = [*drafts_here(request), draft.code][-MOST_HERE:]


def visible_submission(request, code):
    """Return the submission if this person may see it, or this browser began it; otherwise 404."""
    user = getattr(request, "user", None)
    piece = Submission.objects.visible_to(user).for_reading().filter(code=code).first()
    if piece is None and (person := passed(request, code)):
        piece = Submission.objects.open_to(person).for_reading().filter(code=code).first()
    if piece is None and code in drafts_here(request):
        piece = Submission.objects.unclaimed().for_reading().filter(code=code).first()
    if piece is None:
        raise NotHere(UNKNOWN)
    return piece


def own(view):
    """For authors: strangers sign in first, editors go to the desk, everybody else meets a 404."""

    @private
    @wraps(view)
    def for_authors(request, code, **kwargs):
        try:
            piece = visible_submission(request, code)
        except Http404:
            if request.user.is_authenticated:
                raise
            response = redirect_to_login(request.get_full_path())
            if "body" in request.POST:  # a message or an answer is no draft
                response.begins = reverse("writing_again")
            return response
        by = writer(request)
        if is_with_guest(by, piece):
            return redirect("submission_read", code)
        if piece.corresponding_author_id and not is_written_by(by, piece):
            return redirect("admin:submission", code)
        return view(request, piece, **kwargs)

    return for_authors


def writable(view):
    """For the one who may write now; whoever signed in meanwhile makes the draft hers by the next press."""
    return _for_whoever(may_write, view)


def sendable(view):
    """For the one who may send a file now: whoever may write, and the author who has the proof."""
    return _for_whoever(may_send, view)


def _for_whoever(permits, view):
    @editor
    @own
    @wraps(view)
    def for_writers(request, piece, **kwargs):
        by = writer(request)
        if permits(by, piece):
            if (
                request.method == "POST"
                and request.user.is_authenticated
                and not piece.corresponding_author_id
            ):
                drafting.claim(piece, by=by)
            return view(request, piece, **kwargs)
        if request.method != "POST":
            return redirect(piece)
        if is_author(by, piece):
            raise IllegalMove(piece, "write")
        raise PermissionDenied("Only the person who sent this piece in can change it.")

    return for_writers
