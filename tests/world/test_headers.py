"""Every answer carries the headers that docs/operations.md lists, whoever asks, and whatever the answer is."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import access

SITE = access.addresses()
OPERATIONS = Path(settings.BASE_DIR, "docs/operations.md").read_text(encoding="utf-8")
SECTION = OPERATIONS.partition("## What browsers are told")[2].partition("\n## ")[0]
LISTED = dict(re.findall(r"^\| `([\w-]+)` \| `(.+)` \|$", SECTION, re.MULTILINE))
HTTPS_ALONE = "Strict-Transport-Security"  # over http it counts for nothing and is not sent (RFC 6797, 7.2)
ADDED = re.compile(r" 'nonce-[\w-]{22}'(?=; style-src)| data:(?=; script-src)")


@pytest.fixture(autouse=True)
def _in_production(settings):
    settings.SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def other_headers(headers):
    """Return what the headers of an answer say otherwise than is listed."""
    said = {name: headers.get(name, "") for name in LISTED}
    said["Content-Security-Policy"] = ADDED.sub("", said["Content-Security-Policy"])
    return {name: value for name, value in said.items() if value != LISTED[name]}


def test_the_list_is_what_the_site_is_told_to_say():
    assert LISTED.keys() == {*settings.SECURE_HEADERS, "Content-Security-Policy", "Strict-Transport-Security"}


@pytest.mark.parametrize("person", ["nobody", "maggie"])
def test_every_address_says_all_of_them(person, world, cast):
    browser, wrong = access.browser_of(cast.get(person)), {}
    for name, address in SITE.items():
        met = world.opened(name, address, person, browser)
        if (found := other_headers(met.headers)) != {HTTPS_ALONE: ""}:
            wrong[name] = (met.status, found)
    assert wrong == {}


def strange(method="get", path="/", **extra):
    return lambda: getattr(Client(raise_request_exception=False), method)(path, secure=True, **extra)


ANSWERS = {
    "a refusal of the host": (400, strange(headers={"Host": "elsewhere.example"})),
    "a stale form": (403, lambda: Client(enforce_csrf_checks=True).post("/contact/", {"text": "a"}, secure=True)),
    "nothing there": (404, strange(path="/nowhere/")),
    "a form that is put": (405, strange("put", "/robots.txt")),
    "a request without its length": (
        411, strange("post", "/contact/", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    ),
    "a request too large": (413, strange("post", "/contact/", headers={"Content-Length": "99999999"})),
    "a missing slash": (301, strange(path="/about")),
    "a static file": (200, strange(path="/static/css/site.css")),
    "a static file that is not there": (404, strange(path="/static/css/nowhere.css")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ANSWERS)
def test_so_does_whatever_is_no_page(answer):
    status, ask = ANSWERS[answer]
    response = ask()
    response.getvalue()  # a file is closed when it has been read
    assert (response.status_code, other_headers(response.headers)) == (status, {})


@pytest.mark.django_db
@pytest.mark.urls("tests.lib.addresses")
def test_so_does_a_page_that_broke():
    response = strange(path="/broken/")()
    assert (response.status_code, other_headers(response.headers)) == (500, {})


@pytest.mark.django_db
def test_so_does_the_way_from_http_to_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/about/")
    assert (response.status_code, other_headers(response.headers)) == (301, {HTTPS_ALONE: ""})
