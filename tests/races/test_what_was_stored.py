"""Whoever could not be answered is told that nothing was stored only where that is certain."""

from contextlib import contextmanager
from datetime import date
from threading import Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from forum.lib.web.refusals import server_error
from forum.lib.web.stored import Accounts
from forum.pages.models import Holiday
from tests.races.test_busy_database import held_by_somebody_else

pytestmark = pytest.mark.usefixtures("db")


def is_said(does):
    """Let a request do something that fails; return whether it is told that nothing was stored."""
    request, failed = RequestFactory().post("/"), []

    def view(request):
        try:
            does()
        except (DatabaseError, ValueError) as trouble:
            failed.append(trouble)

    Accounts(view)(request)
    return request.account.has_nothing_of(failed[0])


def store():
    Holiday.objects.bulk_create([Holiday(first=date(2026, 12, 24), last=date(2026, 12, 31))])


def stop():
    raise ValueError


def store_nothing_and_stop():
    with transaction.atomic():
        store()
        stop()


def store_and_stop():
    store()
    stop()


def test_what_was_undone_was_not_stored_and_what_came_before_it_was():
    assert is_said(stop)
    assert is_said(store_nothing_and_stop)
    assert not is_said(store_and_stop)


def shown_by_what_broke(does, accepts):
    """Let a request do something that breaks, and return the page or the sentence that answers it."""

    def view(request):
        try:
            does()
        except ValueError:
            return server_error(request)

    return Accounts(view)(RequestFactory(headers={"Accept": accepts}).post("/")).text


def test_a_page_that_broke_says_not_saved_only_where_that_is_so():
    for does in (stop, store_nothing_and_stop):
        assert '"Not saved: something broke' in shown_by_what_broke(does, "application/json")
        assert "may have been stored" not in shown_by_what_broke(does, "text/html")
    assert '"Perhaps not saved: something broke' in shown_by_what_broke(store_and_stop, "application/json")
    assert "Part of what you sent may have been stored" in shown_by_what_broke(store_and_stop, "text/html")


def store_what_somebody_holds():
    with held_by_somebody_else(Holiday._meta.db_table):
        store()


def test_what_the_database_refused_was_not_stored():
    assert is_said(store_what_somebody_holds)
    assert not Holiday.objects.exists()


def store_and_then_what_somebody_holds():
    store()
    store_what_somebody_holds()


def test_a_refusal_undoes_only_its_own_part():
    assert not is_said(store_and_then_what_somebody_holds)
    assert Holiday.objects.count() == 1


def hang_up():
    """Let the database end this connection, as when it restarts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()

    def end():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
        connection.close()

    other = Thread(target=end)
    other.start()
    other.join()


def lose_the_answer_to_a_commit():
    with transaction.atomic():
        store()
        hang_up()


def lose_the_connection_before_it():
    with transaction.atomic():
        store()
        hang_up()
        store()


@contextmanager
def reconnecting():
    try:
        yield
    finally:
        connection.close()


def test_a_commit_whose_answer_was_lost_may_have_stored_it(on_postgresql):
    with reconnecting():
        assert not is_said(lose_the_answer_to_a_commit)


def test_a_connection_lost_before_the_commit_stored_nothing(on_postgresql):
    with reconnecting():
        assert is_said(lose_the_connection_before_it)


def test_a_request_waits_for_a_busy_database_once():
    refusals = []

    def store_two_things_that_somebody_holds():
        with held_by_somebody_else(Holiday._meta.db_table):
            for _ in range(2):
                try:
                    store()
                except DatabaseError as trouble:
                    refusals.append(trouble)
        raise refusals[0]

    assert is_said(store_two_things_that_somebody_holds)
    assert refusals[0] is refusals[1]
