"""The cast, and what every test may count on."""

import gc
import importlib.util
import io
import logging
import os
import shutil
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings
from django_tasks_db.management.commands import db_worker

from accounts.models import User
from accounts.postman import send_due
from forum.lib.queue import run_queued
from tests import makers

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
HAS_BROWSER = bool(CHROMIUM and importlib.util.find_spec("playwright"))


def pytest_generate_tests(metafunc):
    """Run each race several times: RACES=100 for a soak."""
    if metafunc.definition.get_closest_marker("race"):
        metafunc.fixturenames.append("round")
        metafunc.parametrize("round", range(int(os.environ.get("RACES", "3"))))


def pytest_collection_modifyitems(config, items):
    """Leave out what takes minutes, unless `-m` asks for it."""
    if "soak" not in config.option.markexpr:
        items[:] = [item for item in items if not item.get_closest_marker("soak")]


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
    keep_files(settings, tmp_path)
    cache.clear()


def keep_files(settings, folder):
    """Let all files lie in a folder."""
    settings.VAR_DIR, settings.MEDIA_ROOT = folder, folder / "media"


@contextmanager
def standing(blocker, folder):
    """Let what is made now stand for several tests, each of which is rolled back to it."""
    with blocker.unblock(), override_settings(VAR_DIR=folder, MEDIA_ROOT=folder / "media"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def queued(monkeypatch):
    """Run everything queued so far, as its loop would, but inside the test's own transaction; no letter is sent."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    return run_queued


@pytest.fixture
def work(queued):
    """Run everything queued so far, then send what is due."""

    def go():
        queued()
        send_due()

    return go


# a reader with an account, a student who writes, a moderator, an editor, a second one, the managing editor, and the
# administrator, who has no editorial verb
CAST = {
    "Rosa Reader": {}, "Sami Student": {}, "Mina Moderator": {"groups": ["moderator"]},
    "Edith Editor": {"groups": ["editor"]}, "Eno Editor": {"groups": ["editor"]},
    "Maggie Manager": {"groups": ["managing editor"]}, "Ada Admin": {"superuser": True},
}  # fmt: skip


def registered(name):
    """Return one of the cast, registered unless she stands there for several tests already."""
    email = f"{name.split()[0].lower()}@example.org"
    return User.objects.filter(email=email).first() or User.objects.register(email, name, **CAST[name])


def everybody():
    """Return the whole cast, by first name."""
    return {name.split()[0].lower(): registered(name) for name in CAST}


@pytest.fixture
def rosa(db):
    return registered("Rosa Reader")


@pytest.fixture
def sami(db):
    return registered("Sami Student")


@pytest.fixture
def mina(db):
    return registered("Mina Moderator")


@pytest.fixture
def edith(db):
    return registered("Edith Editor")


@pytest.fixture
def eno(db):
    return registered("Eno Editor")


@pytest.fixture
def maggie(db):
    return registered("Maggie Manager")


@pytest.fixture
def ada(db):
    return registered("Ada Admin")


@pytest.fixture
def cast(db):
    """Return everybody, by first name."""
    return everybody()


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
def log(monkeypatch):
    """What the site writes on standard error, as operators read it."""
    (console,) = [handler for handler in logging.root.handlers if type(handler) is logging.StreamHandler]
    monkeypatch.setattr(logging.root.manager, "disable", logging.NOTSET)
    monkeypatch.setattr(console, "stream", io.StringIO())
    return console.stream.getvalue


@pytest.fixture
def on_postgresql():
    """Skip where the database is SQLite."""
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
