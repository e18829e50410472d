"""Every view says how its pages may be kept: `public`, `private` or `never`; one middleware makes the headers."""

from datetime import datetime, time, timedelta
from functools import wraps
from math import floor

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

MAX_AGE = 60
STALE = 300
STALE_IF_ERROR = 540  # while the site is away: ten minutes in all
CLASSES = ("public", "private", "never")
KEPT = {200, 301, 308, 410}


def public(view):
    """The same bytes for everyone without a session, kept by any cache for a minute."""
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
    """Sets Cache-Control, Vary and ETag from the view's class, and answers 304.

    A view may put `fresh_until` on its response: the moment of its next dated change.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "cache_class", None) != "public":
            return _kept_nowhere(request, response)
        patch_vary_headers(response, ["Cookie"])
        if request.method not in ("GET", "HEAD") or response.status_code not in KEPT:
            return _kept_nowhere(request, response)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
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


def sets_cookies(request, response):
    """Whether a response would leave a cookie with a reader who came without a session."""
    session = getattr(request, "session", None)
    stored = session is not None and session.modified and not session.is_empty()
    return bool(response.cookies) or stored


def _kept_nowhere(request, response, *, private=False):
    if private or getattr(request, "cache_class", None) == "private":
        response.headers["Cache-Control"] = "private, no-store"
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def _kept(request, response):
    until = min(filter(None, (getattr(response, "fresh_until", None), midnight())))
    left = max(0, floor((until - timezone.now()).total_seconds()))
    age = min(MAX_AGE, left)
    stale = min(STALE, left - age)
    said = [f"public, max-age={age}", f"stale-while-revalidate={stale}" if stale else ""]
    response.headers["Cache-Control"] = ", ".join([*filter(None, said), f"stale-if-error={STALE_IF_ERROR}"])
    if response.streaming or response.status_code != 200:
        return response
    set_response_etag(response)
    return get_conditional_response(request, etag=response.headers["ETag"], response=response)
