"""Every no in the site's own look: what happened, what was typed, and what to do next."""

import sys
from contextlib import suppress
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from forum.lib.moves import IllegalMove, Refused, last_event
from forum.lib.storage import Missing
from forum.lib.web import unsent
from forum.lib.web.broken import away, broken, is_outage
from forum.lib.web.kept import FAILURE
from forum.lib.web.throttle import TooMany
from forum.lib.web.typed import answered_twice, had_files, sent

READING = ("GET", "HEAD")
GONE = "A file belongs here, but it is missing from our store. This has been written down for those who run the site."


class Gone(Exception):
    """What stood here was taken away; the page that says so stands in its place (410)."""

    def __init__(self, page, **context):
        super().__init__(page)
        self.page, self.context = page, context


def _kept(request, *, resend=False):
    """The context that gives typed text back; with `resend`, as a form to the same address."""
    fields = sent(request)
    return {
        "typed": [field for field in fields if field.is_text],
        "fields": fields if resend else [],
        "had_files": had_files(request),
        "back": _back(request),
    }


def _own_address(back):
    """Return the path and the question of a page of this site, or "" for the front page."""
    parts = urlsplit(back)
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.path != "/" else ""


def _back(request):
    """Where the person came from, if that was a page of this site."""
    came_from = request.headers.get("Referer", "")
    with suppress(DisallowedHost):  # which is what is being refused
        if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
            return came_from
    return "/"


class NotHere(Http404):
    """Nothing is at this address for this person; the sentence says the same whether or not something is there."""


class Refusals:
    """Answers what is raised: 409 with what happened first, 429 with when to try again, 410, 503; and 405.

    A form with two answers to one question is taken for none, so that no view chooses between them.
    A public page is read and nothing else, so that no such view has to say so.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 200 and hasattr(request, "too_many"):
            return _slowed(response, request.too_many)
        if response.status_code != 405 or response.content:
            return response
        allowed = response.headers["Allow"]
        page = render(request, "405.html", {**_kept(request), "is_read": "GET" in allowed}, status=405)
        page.headers["Allow"] = allowed
        return page

    def process_view(self, request, view, args, kwargs):
        failure = request.environ.get(FAILURE)
        if failure and is_outage(failure) and request.cache_class == "public":
            return _away(request, failure)  # it was asked a moment ago and is not waited for twice
        if answered_twice(request):
            return render(request, "400.html", {**_kept(request), "doubled": True}, status=400)
        if request.cache_class == "public" and request.method not in READING:
            return HttpResponseNotAllowed(READING)
        return None

    def process_exception(self, request, exception):
        if isinstance(exception, IllegalMove | Refused):
            is_late = isinstance(exception, IllegalMove)
            said = happened(exception, request) if is_late else {"complaint": str(exception)}
            return render(request, "409.html", {**_kept(request), **said}, status=409)
        if isinstance(exception, TooMany):
            return _too_many(request, exception)
        if isinstance(exception, Missing):
            return not_found(request, NotHere(GONE))
        if is_outage(exception):
            return _away(request, exception)
        if isinstance(exception, Gone):
            return render(request, exception.page, {**_kept(request), **exception.context}, status=410)
        return None


def _too_many(request, refusal):
    until = {"until": refusal.until, "when": refusal.when}
    return _slowed(render(request, "429.html", {**_kept(request), **until}), refusal)


def _slowed(response, refusal):
    response.status_code = 429
    response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def _away(request, trouble):
    """503, with what was sent and the button to send it again where a page of this site sent it."""
    came_from_us = getattr(request, "csrf_processing_done", False) or _own_page(request)
    context = _kept(request, resend=came_from_us)
    if context["fields"]:
        context["csrf_token"] = get_token(request)
    return away(request, trouble, context)


def happened(exception, request):
    """Say what came first: the move in the past tense, when, and by whom as far as this person may know."""
    thing = exception.thing
    event = last_event(thing)
    if event is None:
        return {}
    move = thing.machine.moves.get(event.verb)
    done = (move and move.done) or event.verb.replace("_", " ")
    return {"done": done, "at": event.at, "by": _who(thing, event, request.user)}


def _who(thing, event, person):
    if not event.actor:
        may_be_hers = event.actor_kind == "guest" and not person.is_authenticated
        unknown = "somebody without an account" if may_be_hers else "somebody else"  # a report tells nobody which
        return "the clock" if event.actor_kind == "clock" else unknown
    if event.actor == person:
        return "you"
    return thing.name_of(event.actor) if person.is_authenticated and person.is_staff else "somebody else"


class KeepTypedText:
    """Answers "log in first" after a POST with a page that keeps the text, and puts it back in its form after that.

    A view may keep the text itself and say so by `has_kept_text` on its response.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 500:
            return response
        if request.method == "POST":
            return self._after_post(request, response)
        is_private = getattr(request, "cache_class", "public") != "public"
        if request.method == "GET" and is_private and request.user.is_authenticated:
            return _given_back(request, response)
        return response

    def _after_post(self, request, response):
        if not _to_login(response):
            if request.user.is_authenticated:
                unsent.let_go(request)
            return response
        if getattr(response, "has_kept_text", False):
            return response
        if not request.accepts("text/html"):
            return HttpResponse(status=401)
        context = _kept(request, resend=True)
        return _signed_out(request, response, context) if context["typed"] or context["had_files"] else response


def _signed_out(request, response, context):
    """Keep what was posted for the page it was written on, and lead there by the sign-in."""
    page = _own_address(context["back"]) or request.get_full_path()
    try:
        unsent.keep(request, page)
    except TooMany as refusal:
        return _too_many(request, refusal)
    way = urlsplit(response.headers["Location"]).path
    context |= {"login": f"{way}?{urlencode({'next': page})}", "begins": getattr(response, "begins", "")}
    return render(request, "401.html", context, status=401)


def _given_back(request, response):
    """Put what waits for this page into its form, or show it where the form is not open any more."""
    kept = unsent.waiting(request)
    if not kept or response.status_code in (401, 403, 404) or _to_login(response):
        return response
    if response.status_code == 200 and not response.streaming:
        page = unsent.fill(response.content.decode(), kept)
        if page:
            response.content = page
            return response
    context = {"typed": unsent.texts(kept), "had_files": kept["had_files"]}
    context["on"] = response.headers.get("Location") or unsent.as_it_is(request)
    return render(request, "unsent.html", context)


def _to_login(response):
    if response.status_code not in (302, 303):
        return False
    target = urlsplit(response.headers["Location"])
    return target.path in (reverse(settings.LOGIN_URL), reverse("admin:login")) and "next" in parse_qs(target.query)


def stale(request, reason=""):
    """The page for a form whose token is stale; offers to send again only what this site's own page sent."""
    context = {**_kept(request, resend=_own_page(request)), "has_cookies": bool(request.COOKIES)}
    return render(request, "stale.html", context, status=403)


def _own_page(request):
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def bad_request(request, exception):
    """400, with what was typed; or 413 where the request was too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"megabytes": settings.MAX_BODY // 1024**2}, status=413)
    was_interrupted = isinstance(exception, SessionInterrupted)
    return render(request, "400.html", {**_kept(request), "was_interrupted": was_interrupted}, status=400)


def forbidden(request, exception):
    """403, with what the person typed and the reason if it is fit to show."""
    return render(request, "403.html", {**_kept(request), "reason": str(exception)}, status=403)


def not_found(request, exception):
    """404, for what is not there and for what one may not know of; with a sentence of ours where there is one."""
    reason = str(exception) if isinstance(exception, NotHere) else ""
    return render(request, "404.html", {**_kept(request), "reason": reason}, status=404)


def server_error(request):
    """500, with what was typed as it came; or 503, where the database or the disk broke it."""
    trouble = sys.exception()
    if is_outage(trouble):
        return _away(request, trouble)
    context = _kept(request)
    context["typed"] = [replace(field, is_body=False) for field in context["typed"]]
    return broken(request, trouble, context)
