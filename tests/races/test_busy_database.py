"""Somebody else holds the database for long: nobody is told anything untrue, and no word is lost."""

from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event, Thread

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection
from django.utils import timezone

from articles.models import Message
from forum.environment import CACHE_TABLE
from forum.lib.forms import Opened
from forum.lib.web.throttle import TooMany, allow
from tests import makers
from tests.races.together import together

SHORT = "雾笛不是多余的东西。"
WAIT = {"sqlite": "PRAGMA busy_timeout = 100", "postgresql": "SET lock_timeout = '100ms'"}
HOLD = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN; LOCK TABLE {} IN EXCLUSIVE MODE"}


@contextmanager
def held_by_somebody_else(table):
    """Hold a table (or all, where that cannot be told apart) in another connection; this one waits for a blink."""
    held, wanted = Event(), Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute(HOLD[connection.vendor].format(table))
            held.set()
            wanted.wait()
            cursor.execute("ROLLBACK")
        connection.close()

    holder = Thread(target=hold)
    with connection.cursor() as cursor:
        cursor.execute(WAIT[connection.vendor])
    holder.start()
    held.wait()
    try:
        yield
    finally:
        wanted.set()
        holder.join()


@pytest.fixture
def kept_in_the_database(db, settings):
    """The cache of a site as it is set up."""
    backend = "forum.lib.cache.Cache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": CACHE_TABLE}}
    yield CACHE_TABLE
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {CACHE_TABLE}")


def said(**more):
    return {"text": SHORT, "name": "Rae", "opened": Opened().format_value(""), **more}


@pytest.mark.usefixtures("db")
def test_whoever_comes_first_while_somebody_writes_finds_a_database_that_can_do_all_it_could():
    with held_by_somebody_else("articles_article"):
        assert type(connection.features)(connection).supports_json_field


@pytest.mark.usefixtures("db")
def test_a_message_that_could_not_be_written_is_on_the_page_with_the_button_that_sends_it(client):
    with held_by_somebody_else("articles_message"):
        refused = client.post("/contact/", said())
    assert refused.status_code == 503
    assert f'name="text" rows="2">{SHORT}</textarea>' in refused.text
    assert "Send it again" in refused.text
    assert not Message.objects.exists()
    assert client.post("/contact/", said(), follow=True).status_code == 200
    assert Message.objects.get().text == SHORT


def test_a_draft_that_could_not_be_saved_is_on_the_page_too(sami, signed_in):
    browser, draft = signed_in(sami), makers.a_draft(sami)
    words = {"version": draft.version, "title": SHORT}
    with held_by_somebody_else("articles_submission"):
        refused = browser.post(f"{draft.get_absolute_url()}write/", words)
    assert (refused.status_code, SHORT in refused.text) == (503, True)


def test_whoever_could_take_no_ticket_is_not_told_that_she_took_too_many(kept_in_the_database, client):
    with held_by_somebody_else(kept_in_the_database):
        with pytest.raises(OperationalError):
            allow("essay", "rosa", limit=3, period=60)
        assert client.post("/contact/", said()).status_code == 503
    allow("essay", "rosa", limit=1, period=60)
    with pytest.raises(TooMany):
        allow("essay", "rosa", limit=1, period=60)


def test_a_ticket_is_taken_by_two_statements_however_many_there_are(
    kept_in_the_database, django_assert_num_queries
):
    for number in range(3):
        with django_assert_num_queries(2) as asked:
            allow("essay", f"member {number}", limit=3, period=60)
        assert not [query for query in asked if "COUNT" in query["sql"]]


def test_what_has_ended_is_there_for_the_first_who_comes_and_what_stands_for_nobody(kept_in_the_database):
    assert [cache.add("place", name, 60) for name in ("rosa", "nadia")] == [True, False]
    assert cache.get("place") == "rosa"
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert cache.get("place") is None
        assert [cache.add("place", name, 60) for name in ("nadia", "rosa")] == [True, False]
        assert cache.get("place") == "nadia"
    cache.set("place", "for ever", None)
    assert cache.get("place") == "for ever"


@pytest.mark.race
def test_of_many_at_once_no_more_get_a_ticket_that_has_just_come_back_than_there_are(round, kept_in_the_database):
    start = timezone.now()

    def ask():
        with suppress(TooMany):
            allow("essay", "rosa", limit=3, period=60)
            return True

    with time_machine.travel(start, tick=False):
        assert together(*[ask] * 3) == [True] * 3
    with time_machine.travel(start + timedelta(seconds=61), tick=False):
        assert together(*[ask] * 8).count(True) == 3


@pytest.fixture
def full(db):
    """A database that takes no further page, as on a full disk."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such limit; tried by hand on a small disk")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_on_a_full_disk_nobody_is_told_that_she_took_too_many(kept_in_the_database, full, client):
    def take_tickets():
        for number in range(1000):
            allow("essay", f"member {number}", limit=1, period=60)

    with pytest.raises(OperationalError, match="full"):
        take_tickets()
    refused = client.post("/contact/", said())
    assert refused.status_code == 503
    assert "There is no room left here to store anything. Nothing was stored." in refused.text
    assert client.get("/about/").status_code == 200
