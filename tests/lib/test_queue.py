"""Queued work outlives killed workers, is tried again for days, and never runs twice at once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from forum.lib import queue

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


def left_running(*, ago, tries=1):
    """A task that a worker somewhere claimed, last spoke for a while ago, and never finished."""
    note.enqueue("late")
    started = timezone.now() - ago
    DBTaskResult.objects.update(status="RUNNING", started_at=started, worker_ids=["elsewhere:1:0"] * tries)


def test_queued_work_is_done_once():
    note.enqueue("hello")
    queue.run_queued()
    queue.run_queued()
    assert done == ["hello"]


def test_a_task_of_a_killed_worker_is_taken_up_within_two_minutes_wherever_it_ran():
    with time_machine.travel(timezone.now(), tick=False) as moment:
        left_running(ago=timedelta())
        for _ in range(2):  # the clock runs every minute
            moment.shift(60)
            queue.due()
            queue.run_queued()
        assert done == ["late"]


def test_a_task_that_is_spoken_for_is_left_alone():
    left_running(ago=timedelta(seconds=queue.BEAT * 2))
    queue.due()
    queue.run_queued()
    assert done == []


def test_a_task_that_kills_its_workers_is_taken_up_ever_later_and_rests_in_the_end():
    waits = []
    with time_machine.travel(timezone.now(), tick=False):
        for tries in (1, 2, 3, queue.MOST_TRIES):
            DBTaskResult.objects.all().delete()
            left_running(ago=timedelta(hours=1), tries=tries)
            queue.due()
            waits.append(the_task().run_after - timezone.now())
    assert waits[:3] == [timedelta(), timedelta(minutes=1), timedelta(minutes=5)]
    queue.due()
    assert (the_task().status, the_task().traceback) == ("FAILED", queue.KILLED)


def test_a_failed_task_is_tried_again_with_growing_pauses_for_five_days():
    tried = []
    with time_machine.travel(timezone.now(), tick=False) as moment:
        began = timezone.now()
        fail.enqueue()
        for _ in range(queue.MOST_TRIES + 2):
            queue.run_queued()
            tried.append(timezone.now() - began)
            queue.due()
            if the_task().status == "READY":
                moment.move_to(the_task().run_after)
    minutes = [int(after.total_seconds() / 60) for after in tried]
    assert minutes[:6] == [0, 1, 6, 36, 156, 516]
    assert timedelta(days=4.5) < tried[-1] < timedelta(days=5)
    assert (the_task().status, len(the_task().worker_ids)) == ("FAILED", queue.MOST_TRIES)
    assert "no paper" in the_task().traceback


def test_old_results_are_swept_up():
    note.enqueue("old")
    queue.run_queued()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=8))
    queue.due()
    assert not DBTaskResult.objects.exists()


def test_administrators_see_failing_tasks_and_have_them_tried_now(ada, signed_in):
    fail.enqueue()
    note.enqueue("hello")
    queue.run_queued()
    browser = signed_in(ada)
    assert "ValueError: no paper" in browser.get("/admin/").text
    assert "ValueError: no paper" in browser.get("/admin/failing/").text
    DBTaskResult.objects.filter(status="FAILED").update(worker_ids=["elsewhere:1:0"] * queue.MOST_TRIES)
    assert "Given up" in browser.get("/admin/failing/").text
    assert "1 task will be tried again" in browser.post("/admin/failing/try-again/", follow=True).text
    queue.run_queued()
    assert DBTaskResult.objects.failed().get().worker_ids != []
    assert done == ["hello"]
