"""The database is away: every address says so within three seconds, in the site's look, and gives the words back."""

import socket
from collections import defaultdict
from contextlib import contextmanager
from time import monotonic

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test import Client

from tests import access

SITE = access.addresses()
WORDS = "Treaties outlive those who sign them."
NEEDS_NONE = {"robots", "security"}
QUICK = 3  # seconds


@contextmanager
def database_at(port):
    """Let this thread's database be a PostgreSQL that should be at a port."""
    away = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": port, "NAME": "forum", "USER": "u"}
    limits = {"connect_timeout": 2}
    before = connections["default"]
    connections["default"] = DatabaseWrapper(before.settings_dict | away | {"OPTIONS": limits}, "default")
    try:
        yield
    finally:
        connections["default"] = before


@pytest.fixture
def _away(django_db_setup, django_db_blocker):
    """Let nobody listen where the database should be."""
    with socket.socket() as nobody, django_db_blocker.unblock():
        nobody.bind(("127.0.0.1", 0))
        with database_at(nobody.getsockname()[1]):
            yield


def stranger():
    return Client(raise_request_exception=False)


def person():
    browser = stranger()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    return browser


def path_of(address):
    usual = defaultdict(lambda: "1", code="a" * 10, year="2026", month="11", wait="1-" + "a" * 20)
    return address.path(usual)


@pytest.mark.usefixtures("_away")
@pytest.mark.parametrize(("browser", "method"), [(stranger, "get"), (person, "get"), (person, "post")])
def test_every_address_says_so_at_once_and_none_that_it_broke(browser, method):
    wrong = []
    for name, address in SITE.items():
        began, visitor = monotonic(), browser()
        answer = getattr(visitor, method)(path_of(address), {"text": WORDS} if method == "post" else None)
        if answer.status_code == 503 and "healthz" not in name:
            is_ours = "does not answer at the moment" in answer.text and "css/site.css" in answer.text
            words_are_there = method == "get" or WORDS in answer.text
            if not (is_ours and words_are_there and answer.headers["Retry-After"] == "60"):
                wrong.append((name, "a poor 503", answer.text[:600]))
            if method == "get" and answer.cookies:
                wrong.append((name, "leaves a cookie", answer.cookies))
        if answer.status_code in (200, 500) and name not in NEEDS_NONE:
            wrong.append((name, answer.status_code, method))
        if monotonic() - began > QUICK:
            wrong.append((name, "took long", monotonic() - began))
    assert wrong == []


@pytest.mark.usefixtures("_away")
def test_who_sends_something_is_told_that_nothing_was_stored(client):
    client.raise_request_exception = False
    page = client.post("/contact/", {"text": WORDS, "name": "Rae"}).text
    assert "Nothing was stored." in page
    assert "Send it again" in page


def test_a_database_that_is_silent_is_away_too(django_db_setup, django_db_blocker):
    with socket.socket() as silent, django_db_blocker.unblock():
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with database_at(silent.getsockname()[1]):
            began = monotonic()
            assert stranger().get("/").status_code == 503
            assert monotonic() - began < QUICK


@pytest.mark.usefixtures("_away")
def test_a_script_is_told_in_one_sentence():
    answer = stranger().post("/contact/", {"text": WORDS}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (
        503, {"message": "Not saved. Our database does not answer at the moment."}
    )


@pytest.mark.usefixtures("_away")
def test_the_log_names_the_cause_in_one_line(log):
    stranger().get("/about/")
    (line,) = log().splitlines()
    assert "Service Unavailable: /about/ (OperationalError: connection" in line
