"""The loops behind the pages: each goes on whatever happens to it or to the others."""

import os
import signal
import subprocess
import sys
from threading import Event

import pytest
from django.db import OperationalError

from forum import background

PATIENCE = 20


@pytest.fixture(autouse=True)
def _without_a_database(monkeypatch):
    """These loops need none, whether or not an earlier test has left a connection."""
    monkeypatch.setattr(background, "close_old_connections", lambda: None)


class Pausing:
    """Stands for the event that ends a loop: writes down how long the loop would wait, and ends it after a while."""

    def __init__(self, most):
        self.most, self.pauses = most, []

    def is_set(self):
        return len(self.pauses) >= self.most

    def wait(self, seconds):
        self.pauses.append(seconds)


def a_loop(work, pause, *, turns):
    loop = background.Loop("post", work, pause, Pausing(turns))
    loop.run()
    return loop


def test_a_loop_that_always_fails_goes_on_waits_longer_and_says_so_once(caplog):
    def away(until):
        raise OperationalError("the database is away")

    loop = a_loop(away, 1, turns=9)
    assert loop.stopping.pauses == [2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert [record.exc_info[0] for record in caplog.records] == [OperationalError]


def test_a_loop_is_back_by_itself_and_says_that_too(caplog):
    answers = iter([OperationalError("away"), OperationalError("away"), None, None])

    def work(until):
        if failure := next(answers):
            raise failure

    loop = a_loop(work, 1, turns=4)
    assert loop.stopping.pauses == [2, 4, 1, 1]
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_another_failure_is_told_anew(caplog):
    answers = iter([OperationalError("away"), ValueError("a bug"), ValueError("a bug")])

    def work(until):
        raise next(answers)

    a_loop(work, 60, turns=3)
    assert [record.exc_info[0] for record in caplog.records] == [OperationalError, ValueError]


def test_what_hangs_holds_up_no_other_loop(monkeypatch):
    went_on, let_go = Event(), Event()
    works = {"hangs": lambda until: let_go.wait(PATIENCE), "goes on": lambda until: went_on.set()}
    monkeypatch.setattr(background, "LOOPS", {name: (work, 0.01) for name, work in works.items()})
    together = background.Background()
    together.start()
    assert went_on.wait(PATIENCE)
    assert not together.stop(patience=0.01)
    let_go.set()
    assert together.stop(patience=PATIENCE)


@pytest.fixture
def _interruptible():
    """Let what is started be interrupted: a shell ignores that for all it runs beside, and our child would too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_the_command_works_until_it_is_told_to_stop(name, tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none/none.sqlite3"}
    work = subprocess.Popen([sys.executable, "manage.py", "work"], env=environment, stderr=subprocess.PIPE, text=True)
    try:
        said = work.stderr.readline()
        work.send_signal(name)
        assert work.wait(PATIENCE) == 0
    finally:
        work.kill()
        work.wait()
        work.stderr.close()
    assert "goes on" in said


def test_who_is_told_to_stop_before_every_loop_has_begun_stops():
    assert background.Background().stop(patience=0)
