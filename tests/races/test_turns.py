"""On SQLite the writers of a process wait in a queue: who came later writes later, and nobody waits for ever."""

import gc
import os
import signal
import time
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Event, Thread, main_thread

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
    return import_string("forum.lib.sqlite.turns.turns_of")(connection.settings_dict["NAME"])


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
        for number, thread in enumerate(threads, 2):
            thread.start()
            until(lambda number=number: len(turns.line) == number)
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
    assert not turns.line


def test_a_transaction_that_fails_ends_its_turn(turns):
    def fail():
        with suppress(Refused), transaction.atomic():
            wrote("Eno")
            raise Refused("No.")
        wrote("Sami")

    with waiting(turns, fail, lambda: wrote("Mina")):
        pass
    assert written() == ["Ines", "Mina", "Sami"]
    assert not turns.line


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
    assert not turns.line


def test_whoever_has_waited_in_line_waits_for_other_processes_only_as_long_as_is_left(turns):
    said = []

    def listen():
        connection.ensure_connection()
        connection.connection.set_trace_callback(said.append)
        in_a_transaction("Mina")

    with waiting(turns, listen):
        (asked,) = said
    waits = [int(word.rpartition("=")[2]) for word in said if word.startswith("PRAGMA busy_timeout =")]
    usual = connection.settings_dict["OPTIONS"]["timeout"] * 1000
    assert asked == "PRAGMA busy_timeout"
    assert said[2].startswith("BEGIN")
    assert said[3] == f"PRAGMA busy_timeout = {usual}"
    assert waits == [waits[0], usual]
    assert 0 <= waits[0] < usual


@pytest.fixture
def interrupted():
    """Interrupt the main thread as Ctrl-C does."""

    def interrupt(number, frame):
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGUSR1, interrupt)
    yield lambda: signal.pthread_kill(main_thread().ident, signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, before)


def test_whoever_is_interrupted_while_she_waits_leaves_the_line(turns, interrupted):
    begun, over = Event(), Event()

    def write_long():
        with transaction.atomic():
            wrote("Ines")
            begun.set()
            until(lambda: len(turns.line) == 2)
            interrupted()
            over.wait()
        connection.close()

    somebody = Thread(target=write_long)
    somebody.start()
    begun.wait()
    with pytest.raises(KeyboardInterrupt):
        wrote("Sami")
    assert len(turns.line) == 1
    over.set()
    somebody.join()
    assert not turns.line
    in_a_transaction("Mina")
    assert written() == ["Ines", "Mina"]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_the_child_of_a_process_waits_for_none_of_its_writers(turns):
    with waiting(turns, lambda: wrote("Mina")):
        child = os.fork()
        if not child:
            os._exit(0 if turns.stand(SimpleQueue()) else 1)
        assert os.waitpid(child, 0)[1] == 0
    assert written() == ["Ines", "Mina"]


def test_a_thread_that_dies_in_the_middle_ends_its_turn(turns):
    def die():
        connection.cursor().execute("BEGIN IMMEDIATE")

    somebody = Thread(target=die)
    somebody.start()
    somebody.join()
    del somebody
    gc.collect()
    assert not turns.line
    wrote("Mina")
    assert written() == ["Mina"]


def test_whoever_writes_in_one_file_can_write_in_another(turns, tmp_path):
    other = connection.copy()
    other.settings_dict["NAME"] = tmp_path / "other.sqlite3"
    other.settings_dict["OPTIONS"]["timeout"] = 0.05
    with transaction.atomic():
        wrote("Ines")
        with other.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            assert len(turns.line) == 1
    other.close()
    assert written() == ["Ines"]
