"""The cast, and what every test may count on."""

import gc
import importlib.util
import os
import shutil

import pytest
from django.core.cache import cache
from django.db import connection
from django_tasks_db.management.commands import db_worker

from accounts.models import User
from forum.background import run_queued
from tests import makers

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
HAS_BROWSER = bool(CHROMIUM and importlib.util.find_spec("playwright"))


def pytest_generate_tests(metafunc):
    """Run each race several times: RACES=100 for a soak."""
    if metafunc.definition.get_closest_marker("race"):
        metafunc.fixturenames.append("round")
        metafunc.parametrize("round", range(int(os.environ.get("RACES", "3"))))


def pytest_collection_finish():
    """Spare the garbage collector what stays loaded to the end: it looks at all of it again and again otherwise."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    if not HAS_BROWSER:
        terminalreporter.write_line("Browser tests were skipped: no Chromium was found (apt install chromium).")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Every test has its own folders and an empty cache."""
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def work(monkeypatch):
    """Run everything queued so far, as the background thread would, but inside the test's own transaction."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return run_queued


def _person(name, *groups, **fields):
    return User.objects.register(f"{name.split()[0].lower()}@example.org", name, groups=groups, **fields)


@pytest.fixture
def rosa(db):
    """A reader with an account."""
    return _person("Rosa Reader")


@pytest.fixture
def sami(db):
    """A student who writes."""
    return _person("Sami Student")


@pytest.fixture
def mina(db):
    """A moderator."""
    return _person("Mina Moderator", "moderator")


@pytest.fixture
def edith(db):
    """An editor."""
    return _person("Edith Editor", "editor")


@pytest.fixture
def eno(db):
    """A second editor."""
    return _person("Eno Editor", "editor")


@pytest.fixture
def maggie(db):
    """The managing editor."""
    return _person("Maggie Manager", "managing editor")


@pytest.fixture
def ada(db):
    """The administrator, who has no editorial verb."""
    return _person("Ada Admin", superuser=True)


@pytest.fixture
def cast(rosa, sami, mina, edith, eno, maggie, ada):
    """Return everybody, by first name."""
    people = [rosa, sami, mina, edith, eno, maggie, ada]
    return {person.email.partition("@")[0]: person for person in people}


@pytest.fixture
def article(sami, edith, maggie):
    """A piece by Sami that readers can see."""
    return makers.an_article(sami, edith, maggie)


@pytest.fixture
def signed_in(client):
    """Sign somebody in and return her browser."""

    def sign_in(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def on_postgresql():
    """Skip where the database is SQLite."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
