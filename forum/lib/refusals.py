"""Every no in the site's own look: what happened, what was typed, and what to do next."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .moves import IllegalMove, Refused
from .throttle import TooMany

MACHINERY = ("website", "opened", "seen", "next", "key", "digest", "version", "revision", "step")
SECRETS = ("password", "token", "code", "otp", "credential", "secret")
LONG = 30
SHORT = ("Name", "Email", "Title")  # typed however short


@dataclass(frozen=True)
class Sent:
    """One field of a form that was not accepted."""

    name: str
    text: str

    @property
    def label(self):
        return self.name.rpartition("-")[2].replace("_", " ").capitalize()

    @property
    def is_text(self):
        """Whether a person typed it, rather than chose it or had it filled in by the page."""
        words = len(self.text) > LONG or " " in self.text.strip() or "\n" in self.text
        is_short = self.label in SHORT and self.text != ""
        return (words or is_short) and self.name not in MACHINERY


def sent(request):
    """Return the fields posted, without the token and without secrets."""
    try:
        return [Sent(name, text) for name, texts in request.POST.lists() if _may_return(name) for text in texts]
    except (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []


def typed(request):
    """Return what a person typed into the form just posted, as pairs of label and text."""
    return [(field.label, field.text) for field in sent(request) if field.is_text]


def _may_return(name):
    return not any(word in name.casefold() for word in SECRETS)


def _kept(request, *, resend=False):
    """The context that gives typed text back; with `resend`, as a form to the same address."""
    fields = sent(request)
    return {
        "typed": [(field.label, field.text) for field in fields if field.is_text],
        "fields": fields if resend else [],
        "had_files": bool(fields) and bool(request.FILES),
        "back": _back(request),
    }


def _back(request):
    """Where the person came from, if that was a page of this site."""
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return came_from if safe else "/"


class Refusals:
    """Answers what verbs and throttles raise: 409 with what happened first, 429 with when to try again; and 405."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = render(request, "405.html", _kept(request), status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request, exception):
        if isinstance(exception, IllegalMove):
            return render(request, "409.html", {**_kept(request), **happened(exception, request)}, status=409)
        if isinstance(exception, Refused):
            return render(request, "409.html", {**_kept(request), "complaint": str(exception)}, status=409)
        if isinstance(exception, TooMany):
            response = render(request, "429.html", {**_kept(request), "until": exception.until}, status=429)
            response.headers["Retry-After"] = str(exception.retry_after)
            return response
        return None


def happened(exception, request):
    """Say what came first: the move in the past tense, when, and by whom as far as this person may know."""
    thing = exception.thing
    event = thing.last_event()
    if event is None:
        return {}
    move = thing.machine.moves.get(event.verb)
    done = (move and move.done) or event.verb.replace("_", " ")
    return {"done": done, "at": event.at, "by": _who(thing, event, request.user)}


def _who(thing, event, person):
    if not event.actor:
        return "the clock" if event.actor_kind == "clock" else "somebody else"
    if event.actor == person:
        return "you"
    return thing.name_of(event.actor) if person.is_authenticated and person.is_staff else "somebody else"


class KeepTypedText:
    """Turns "log in first" after a POST into a page that gives the text back, unless the view kept it itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        has_kept_text = getattr(response, "has_kept_text", False)
        if request.method != "POST" or has_kept_text or not _to_login(response) or not typed(request):
            return response
        context = {**_kept(request, resend=True), "login": response.headers["Location"]}
        return render(request, "401.html", context, status=401)


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
    """400, or 413 where the request was too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"megabytes": settings.MAX_BODY // 1024**2}, status=413)
    return render(request, "400.html", status=400)


def forbidden(request, exception):
    """403, with what the person typed and the reason if it is fit to show."""
    return render(request, "403.html", {**_kept(request), "reason": str(exception)}, status=403)


def not_found(request, exception):
    """404, for what is not there and for what one may not know of."""
    return render(request, "404.html", _kept(request), status=404)


def server_error(request):
    """500, from a page that needs nothing that could be broken."""
    return HttpResponse(get_template("500.html").render(), status=500)
