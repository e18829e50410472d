"""Every view says how its pages may be kept: `public`, `private` or `never`; one middleware makes the headers."""

from datetime import datetime, time, timedelta
from functools import wraps

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag

from forum.lib.web.kept import KEEP

CLASSES = ("public", "private", "never")
KEPT = {200, 301, 304, 308, 410}


def public(view):
    """The same bytes for everyone without a session, kept in front of Django (`kept.py`) and asked for by browsers.

    It is only read: who asks in another way than GET and HEAD is told so (405, `refusals.py`).
    """
    view.cache_class = "public"
    return view


def private(view):
    """For one person: kept nowhere, not even by the browser."""
    view.cache_class = "private"
    return view


def never(view):
    """Kept nowhere, whoever asks: forms, receipts, machines."""
    view.cache_class = "never"
    return view


def declare(cache_class, patterns):
    """Give every view of somebody else's URL patterns its class; returns the patterns."""
    if cache_class not in CLASSES:
        raise ImproperlyConfigured(f"{cache_class!r} is not one of {CLASSES}.")
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = _declared(cache_class, pattern.callback)
        else:
            declare(cache_class, pattern.url_patterns)
    return patterns


def _declared(cache_class, view):
    if hasattr(view, "cache_class"):
        return view

    @wraps(view)
    def declared(request, *args, **kwargs):
        return view(request, *args, **kwargs)

    declared.cache_class = cache_class
    return declared


def midnight():
    """The next midnight in the site's zone, when the date on the masthead changes."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time()))


class PageCache:
    """Sets Cache-Control and ETag from the view's class, answers 304, and says which pages may be kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "cache_class", None) != "public":
            return _kept_nowhere(request, response)
        if request.method not in ("GET", "HEAD") or response.status_code not in KEPT:
            return _kept_nowhere(request, response)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not is_file(response):
            return _kept_nowhere(request, response, private=True)
        if sets_cookies(request, response):
            if not settings.PRODUCTION:
                raise ImproperlyConfigured(f"The public page {request.path} sets a cookie.")
            return _kept_nowhere(request, response, private=True)
        return _kept(request, response)

    def process_view(self, request, view, args, kwargs):
        request.cache_class = getattr(view, "cache_class", None)
        if request.cache_class is None and not settings.PRODUCTION:
            raise ImproperlyConfigured(f"The view of {request.path} declares no cache class.")


def is_file(response):
    """Whether a view answers with a file, or that the browser has it; such is the same for everybody."""
    return response.streaming or response.status_code == 304


def sets_cookies(request, response):
    """Whether a response would leave a cookie with a reader who came without a session."""
    session = getattr(request, "session", None)
    stored = session is not None and session.modified and not session.is_empty()
    return bool(response.cookies) or stored


def is_for_one(request):
    """Whether a page made without a session says what the next reader's would not: a nonce, or a message."""
    nonce, messages = getattr(request, "csp_nonce", None), getattr(request, "_messages", None)
    return bool(nonce) or bool(messages and messages.added_new)


def is_spelled_as_ours(request):
    """Whether its address is the one that our links have: with noughts before a number there are any more."""
    found = request.resolver_match
    return reverse(found.view_name, args=found.args, kwargs=found.kwargs) == request.path


def _kept_nowhere(request, response, *, private=False):
    if private or getattr(request, "cache_class", None) == "private":
        response.headers["Cache-Control"] = "private, no-store"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _kept(request, response):
    """Let browsers ask each time whether it changed, and let the layer in front keep what is at hand as a whole."""
    response.headers["Cache-Control"] = "no-cache"
    if response.status_code != 200:
        return response
    if not is_for_one(request) and is_spelled_as_ours(request):
        request.environ[KEEP] = not response.streaming
    if not response.streaming:
        set_response_etag(response)
    etag = response.headers.get("ETag")
    return get_conditional_response(request, etag=etag, response=response) if etag else response
