from django.http import HttpResponse
from django.test import RequestFactory

from forum.lib.web.csp import NONCE, ContentSecurityPolicy, csp_update

HEADER = "Content-Security-Policy"


def said(view):
    return ContentSecurityPolicy(view)(RequestFactory().get("/"))


def test_every_page_carries_the_policy_and_nothing_unsafe():
    policy = said(lambda request: HttpResponse())[HEADER]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_a_nonce_appears_only_where_it_was_used():
    @csp_update({"script-src": [NONCE]})
    def editor(request):
        return HttpResponse(f"<script nonce={request.csp_nonce}>")

    @csp_update({"script-src": [NONCE]})
    def unused(request):
        return HttpResponse()

    response = said(editor)
    nonce = response.content.decode().removeprefix("<script nonce=").removesuffix(">")
    assert f"script-src 'self' 'nonce-{nonce}'" in response[HEADER]
    assert NONCE not in response[HEADER]
    assert "script-src 'self';" in said(unused)[HEADER]


def test_a_nonce_read_on_a_page_that_allows_none_opens_nothing():
    response = said(lambda request: HttpResponse(str(request.csp_nonce)))
    assert "nonce" not in response[HEADER]


def test_each_request_has_its_own_nonce():
    pages = {said(lambda request: HttpResponse(str(request.csp_nonce))).content for _ in range(5)}
    assert len(pages) == 5


def test_a_view_may_add_sources_and_leaves_the_rest(settings):
    @csp_update({"img-src": ["data:"]})
    def qr(request):
        return HttpResponse()

    assert "img-src 'self' data:;" in said(qr)[HEADER]
    assert settings.SECURE_CSP["img-src"] == ["'self'"]


def test_two_additions_add_up():
    @csp_update({"img-src": ["data:"]})
    @csp_update({"img-src": ["blob:"], "style-src": ["'sha256-x'"]})
    def both(request):
        return HttpResponse()

    policy = said(both)[HEADER]
    assert "img-src 'self' blob: data:;" in policy
    assert "style-src 'self' 'sha256-x'" in policy
