"""Queued work outlives killed workers, is tried again a few times, and never twice at once."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from forum import background, clock

pytestmark = pytest.mark.django_db

done = []


@task()
def note(word):
    done.append(word)


@task()
def fail():
    raise ValueError("no paper")


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


def the_task():
    return DBTaskResult.objects.get()


def left_running(*, by, ago=timedelta(seconds=5), tries=1):
    """A task that a worker claimed and never finished."""
    note.enqueue("late")
    DBTaskResult.objects.update(
        status="RUNNING", started_at=timezone.now() - ago, worker_ids=[by] * tries
    )


def a_dead_process():
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    return f"{background._host()}:{pid}:0"


def a_living_process():
    return f"{background._host()}:{os.getpid()}:0"


def test_queued_work_is_done_once():
    note.enqueue("hello")
    background.run_queued()
    background.run_queued()
    assert done == ["hello"]


def test_a_task_of_a_killed_worker_runs_again():
    left_running(by=a_dead_process())
    background.due()
    background.run_queued()
    assert done == ["late"]


def test_a_task_still_running_is_left_alone():
    left_running(by=a_living_process())
    background.due()
    background.run_queued()
    assert done == []


def test_a_task_of_another_machine_is_given_time():
    left_running(by="elsewhere:1:0")
    background.due()
    assert the_task().status == "RUNNING"
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    background.due()
    assert the_task().status == "READY"


def test_a_task_that_kills_its_workers_rests_after_three_tries():
    left_running(by="elsewhere:1:0", ago=timedelta(hours=1), tries=3)
    background.due()
    assert the_task().status == "FAILED"
    background.due()
    assert the_task().status == "FAILED"


def test_a_failed_task_is_tried_three_times_with_pauses():
    fail.enqueue()
    background.run_queued()
    background.due()
    assert the_task().status == "FAILED"
    for tries in (2, 3):
        DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(hours=1))
        background.due()
        assert the_task().status == "READY"
        background.run_queued()
        assert len(the_task().worker_ids) == tries
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    background.due()
    assert the_task().status == "FAILED"


def test_old_results_are_swept_up():
    note.enqueue("old")
    background.run_queued()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    background.due()
    assert not DBTaskResult.objects.exists()


def test_one_failing_clock_leaves_the_others_running(monkeypatch):
    ran = []
    monkeypatch.setattr(clock, "import_string", {
        "one": lambda: ran.append("one"), "two": lambda: 1 / 0, "three": lambda: ran.append("three"),
    }.get)
    monkeypatch.setattr(clock, "DUE", ("one", "two", "three"))
    with pytest.raises(ZeroDivisionError):
        clock.tick()
    assert ran == ["one", "three"]


def test_every_clock_function_exists_and_may_run_at_any_time():
    clock.tick()
    clock.tick()
