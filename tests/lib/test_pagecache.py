from datetime import UTC, datetime

import pytest
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import include, path, resolve
from django.utils import timezone

from forum.lib.web.csp import LazyNonce
from forum.lib.web.kept import KEEP
from forum.lib.web.pagecache import PageCache, declare, midnight, never, private, public


def said(view=None, *, method="get", cookies=None, **headers):
    """Let the middleware answer with `view`, as Django would."""
    request = getattr(RequestFactory(), method)("/about/", headers=headers)
    request.resolver_match = resolve(request.path)
    request.session = SessionStore()
    request.COOKIES.update(cookies or {})
    view = view or public(lambda request: HttpResponse("the page"))

    def get_response(request):
        middleware.process_view(request, view, (), {})
        return view(request)

    middleware = PageCache(get_response)
    return middleware(request)


def with_session(settings):
    return {settings.SESSION_COOKIE_NAME: "x"}


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    """The clock stands at noon, far from midnight."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 1, 12, tzinfo=UTC))


def test_a_browser_asks_each_time_whether_a_public_page_has_changed():
    response = said()
    assert response["Cache-Control"] == "no-cache"
    assert response["ETag"]


def test_a_public_page_is_not_kept_for_somebody_with_a_session(settings):
    response = said(cookies=with_session(settings))
    assert response["Cache-Control"] == "private, no-store"
    assert "ETag" not in response


def test_other_cookies_do_not_matter():
    assert said(cookies={"theme": "dark"})["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("decorator", "header"), [(private, "private, no-store"), (never, "no-store")])
def test_private_and_never_are_kept_nowhere(decorator, header):
    assert said(decorator(lambda request: HttpResponse()))["Cache-Control"] == header


def test_an_undeclared_view_is_refused():
    with pytest.raises(ImproperlyConfigured, match="no cache class"):
        said(lambda request: HttpResponse())


def test_an_undeclared_view_is_kept_nowhere_in_production(settings):
    settings.PRODUCTION = True
    assert said(lambda request: HttpResponse())["Cache-Control"] == "no-store"


def test_midnight_is_that_of_the_sites_zone():
    with timezone.override("Asia/Tokyo"):
        assert midnight() == datetime(2026, 3, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize("is_used", [False, True])
def test_a_page_with_a_nonce_is_nobody_elses(is_used):
    requests = []

    @public
    def view(request):
        requests.append(request)
        request.csp_nonce = LazyNonce()
        return HttpResponse(str(request.csp_nonce) if is_used else "the page")

    said(view)
    assert requests[0].environ.get(KEEP, False) is not is_used


def test_a_page_with_a_message_is_nobody_elses():
    requests = []

    @public
    def view(request):
        requests.append(request)
        request._messages = SessionStorage(request)
        messages.info(request, "You are told.")
        return HttpResponse([str(message) for message in messages.get_messages(request)])

    said(view)
    assert KEEP not in requests[0].environ


def test_a_copy_that_is_still_right_is_answered_304():
    first = said()
    again = said(**{"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Cache-Control"] == first["Cache-Control"]


def test_a_public_page_that_sets_a_cookie_is_refused():
    @public
    def view(request):
        response = HttpResponse()
        response.set_cookie("csrftoken", "x")
        return response

    with pytest.raises(ImproperlyConfigured, match="sets a cookie"):
        said(view)


def test_a_public_page_that_writes_a_session_is_refused():
    @public
    def view(request):
        request.session["seen"] = True
        return HttpResponse()

    with pytest.raises(ImproperlyConfigured, match="sets a cookie"):
        said(view)


def test_a_cookie_that_slipped_through_in_production_is_never_shared(settings):
    settings.PRODUCTION = True

    @public
    def view(request):
        response = HttpResponse()
        response.set_cookie("csrftoken", "x")
        return response

    assert said(view)["Cache-Control"] == "private, no-store"


def test_an_answer_to_a_post_is_kept_nowhere():
    assert said(method="post")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [404, 500, 302])
def test_what_may_change_any_moment_is_kept_nowhere(status):
    response = said(public(lambda request: HttpResponse("x", status=status)))
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", [301, 410])
def test_what_is_settled_is_asked_for_again(status):
    response = said(public(lambda request: HttpResponse("x", status=status)))
    assert response["Cache-Control"] == "no-cache"


def test_any_callable_can_be_declared():
    class Feed:
        def __call__(self, request):
            return HttpResponse("<feed/>")

    assert said(public(Feed()))["Cache-Control"] == "no-cache"


def test_somebody_elses_patterns_can_be_declared():
    def plain(request, word):
        return HttpResponse(word)

    def own(request):
        return HttpResponse()

    inner = [path("<word>/", plain), path("own/", private(own))]
    outer = declare("never", [path("there/", include((inner, "there")))])
    callbacks = [pattern.callback for pattern in outer[0].url_patterns]
    assert [callback.cache_class for callback in callbacks] == ["never", "private"]
    assert callbacks[0](None, word="hello").content == b"hello"
    assert not hasattr(plain, "cache_class")


def test_a_misspelt_class_is_refused():
    with pytest.raises(ImproperlyConfigured):
        declare("sometimes", [])
