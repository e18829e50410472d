"""The queue: its tasks run one by one; those of killed workers are taken up again, and failed ones tried again."""

import logging
import os
import socket
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Event, Thread

from django.db import connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from forum.lib.border import failure_of

LEASE = timedelta(seconds=45)  # a running task that nobody has spoken for during so long was left by a killed worker
BEAT = 15  # seconds after which a worker speaks for its task again
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, *[360] * 19)]  # nearly five days in all
MOST_TRIES = len(PAUSES) + 1
KEPT_FOR = timedelta(days=7)
KILLED = "The process that worked on it was killed."

logger = logging.getLogger(__name__)
_numbers = count()


def run_queued(until=lambda: False):
    """Run everything queued now, in this thread, stopping between two tasks when `until` says so."""
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}:{os.getpid()}:{next(_numbers)}",
    )
    while not until() and DBTaskResult.objects.ready().exists() and (task := _claimed(worker)):
        with _spoken_for(task):
            worker.run_task(task)


def _claimed(worker):
    """The next task, taken by this worker alone."""
    ready = DBTaskResult.objects.ready()
    with exclusive_transaction(ready.db):
        if task := ready.get_locked():
            task.claim(worker.worker_id)
        return task


@contextmanager
def _spoken_for(task):
    """Keep the lease of a task fresh as long as this process works on it."""
    done = Event()
    beats = Thread(target=_speak_for, args=(task.pk, task.worker_ids, done), daemon=True)
    beats.start()
    try:
        yield
    finally:
        done.set()
        beats.join()


def _speak_for(pk, worker_ids, done):
    mine = DBTaskResult.objects.running().filter(pk=pk, worker_ids=worker_ids)
    while not done.wait(BEAT):
        if failure := failure_of(lambda: mine.update(started_at=timezone.now())):
            logger.warning("The lease of task %s could not be renewed: %s", pk, failure)
    connections.close_all()


def due():
    """The clock's share: take up what killed workers left, try again what failed, and sweep up its tasks."""
    now = timezone.now()
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LEASE):
        _take_up(task, now)
    for task in DBTaskResult.objects.failed().filter(finished_at__gt=now - KEPT_FOR):
        if again := next_try(task):
            _change(task, status=TaskResultStatus.READY, run_after=again)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()


def next_try(task):
    """Return when a task that failed is tried again, or None where it was tried often enough."""
    if task.status == TaskResultStatus.READY:
        return task.run_after
    tries = len(task.worker_ids)
    return task.finished_at + PAUSES[tries - 1] if tries < MOST_TRIES else None


def _take_up(task, now):
    """Queue a task of a killed worker, at once after the first time; let it rest as failed after its last try."""
    killed = len(task.worker_ids)
    if killed >= MOST_TRIES:
        _change(task, status=TaskResultStatus.FAILED, finished_at=now, traceback=KILLED)
    else:
        pause = PAUSES[killed - 2] if killed > 1 else timedelta()
        _change(task, status=TaskResultStatus.READY, run_after=now + pause, traceback=KILLED)


def _change(task, **columns):
    """Change a task, unless somebody came first: her worker may have spoken for it this moment."""
    DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at).update(**columns)
