"""On SQLite the writers of a process wait in a queue: who came later writes later, and nobody waits for ever."""

import time
from contextlib import contextmanager, suppress
from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from django.utils.module_loading import import_string

from articles.models import Question
from forum.lib.moves import Refused
from forum.lib.web.stored import SQLITE_BUSY, code_of

pytestmark = [
    pytest.mark.usefixtures("db"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets them write at the same time"),
]


@pytest.fixture
def turns():
    """Whose turn it is, as the connections of this process know it."""
    return import_string("forum.lib.sqlite.base.turns")


def wrote(name):
    Question.objects.create(title=name, slug=name.lower())


def written():
    return list(Question.objects.order_by("pk").values_list("title", flat=True))


def in_a_transaction(name):
    with transaction.atomic():
        wrote(name)


@contextmanager
def waiting(turns, *writers):
    """Let writers come one after the other while somebody writes; they write when she is done."""
    threads = [Thread(target=_and_close, args=(writer,)) for writer in writers]
    with transaction.atomic():
        wrote("Ines")
        for number, thread in enumerate(threads, 1):
            thread.start()
            until(lambda number=number: len(turns._waiting) == number)
        yield
    for thread in threads:
        thread.join()


def _and_close(write):
    write()
    connection.close()


def until(is_so):
    for _ in range(2000):
        if is_so():
            return
        time.sleep(0.005)
    raise AssertionError("It never came to that.")


def test_whoever_came_first_writes_first_with_a_transaction_or_without_one(turns):
    names = ["Rosa", "Sami", "Mina", "Edith", "Eno"]
    ways = [in_a_transaction, wrote] * 3
    with waiting(
        turns, *(lambda name=name, way=way: way(name) for name, way in zip(names, ways, strict=False))
    ):
        assert written() == ["Ines"]
    assert written() == ["Ines", *names]
    assert turns.writer is None


def test_a_transaction_that_fails_ends_its_turn(turns):
    def fail():
        with suppress(Refused), transaction.atomic():
            wrote("Eno")
            raise Refused("No.")
        wrote("Sami")

    with waiting(turns, fail, lambda: wrote("Mina")):
        pass
    assert written() == ["Ines", "Mina", "Sami"]
    assert turns.writer is None


def test_whoever_waits_too_long_is_told_that_the_database_is_busy_and_keeps_nobody_waiting(turns):
    told = []

    def in_vain():
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(OperationalError) as trouble:
            wrote("Sami")
        told.append(code_of(trouble.value))

    with waiting(turns, in_vain, lambda: wrote("Mina")):
        until(lambda: told)
    assert told == [SQLITE_BUSY]
    assert written() == ["Ines", "Mina"]


def test_a_connection_that_is_closed_in_the_middle_ends_its_turn(turns):
    def leave():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")

    with waiting(turns, leave, lambda: wrote("Mina")):
        pass
    assert written() == ["Ines", "Mina"]
    assert turns.writer is None
