"""A real Chromium in front of a real server; every page must keep the policy and leave the console silent."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from tests.conftest import CHROMIUM, HAS_BROWSER
from tests.races.conftest import db  # what a browser is to see must really be committed

__all__ = ["db"]

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in the thread of the tests
collect_ignore_glob = [] if HAS_BROWSER else ["test_*.py"]
SIZES = {"phone": (360, 780), "tablet": (768, 1024), "desktop": (1280, 900)}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds; two cores may be busy, and a machine may stand still for a while
HARMLESS = ("Failed to load resource",)  # a page of ours that is meant to be a 4xx; broken ones are caught below


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """One server for all tests."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()
    with django_db_blocker.unblock():
        _hang_up()


def _hang_up():
    """End the connections of requests that a closing browser cut off; PostgreSQL drops no database in use."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        connection.close()


@pytest.fixture
def open_browser(chromium, site, db):
    """Open a window: `open_browser("phone", javascript=False, dark=True)` gives a page."""
    windows, problems = [], []

    def opened(size="desktop", *, javascript=True, dark=False):
        width, height = SIZES[size]
        window = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        window.set_default_timeout(PATIENCE)
        windows.append(window)
        window.on("console", lambda said: _listen(said, problems))
        window.on("weberror", lambda error: problems.append(str(error.error)))
        window.on("response", lambda response: _look(response, problems))
        return window.new_page()

    yield opened
    for window in windows:
        window.close()
    assert problems == []


def _listen(said, problems):
    if said.type in ("error", "warning") and not said.text.startswith(HARMLESS):
        problems.append(f"{said.type}: {said.text}")


def _look(response, problems):
    is_part = urlsplit(response.url).path.startswith(("/static/", "/pictures/"))
    if response.status >= 500 or (is_part and response.status >= 400):
        problems.append(f"{response.status}: {response.url}")


@pytest.fixture
def page(open_browser):
    """A window on a desk."""
    return open_browser()


@pytest.fixture
def phone(open_browser):
    """A window 360 pixels wide."""
    return open_browser("phone")


@pytest.fixture
def without_js(open_browser):
    """A window on a phone whose browser runs no scripts."""
    return open_browser("phone", javascript=False)


@pytest.fixture(params=SIZES)
def any_size(request, open_browser):
    """The same test at 360, 768 and 1,280 pixels."""
    return open_browser(request.param)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request):
    """The same test with JavaScript and without."""
    return request.param


@pytest.fixture
def sign_in(client, site):
    """Let a window be signed in as a person: `sign_in(page, edith)`."""

    def signed_in(page, person):
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        client.cookies.clear()
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
        return page

    return signed_in
