"""The work behind the pages: queued tasks and the clock, in one thread of a web process.

Larger sites run `manage.py db_worker` and `manage.py tick` instead and set BACKGROUND=0.
"""

import os
import socket
from datetime import timedelta
from itertools import count
from threading import Event, Thread
from time import monotonic

from django.contrib.sessions.models import Session
from django.db import close_old_connections, connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from .clock import tick

POLL = 1  # seconds between looks at the queue
MINUTE = 60
TRIES = 3
LONGEST = timedelta(minutes=15)  # no task takes longer; one still running then was killed
PAUSE = timedelta(minutes=1)  # before a failed task is tried again, times its tries squared
KEPT_FOR = timedelta(days=7)

_numbers = count()


class Background:
    """A thread that runs what is queued every second and what is due every minute, until told to stop.

    A bug ends the inner thread with its traceback; the outer one starts another a minute later.
    """

    def __init__(self):
        self.stopping = Event()
        self.thread = Thread(target=self._keep_going, name="background", daemon=True)

    def start(self):
        self.thread.start()

    def stop(self, patience=1):
        """Give the task in hand `patience` seconds; say whether everything has ended."""
        self.stopping.set()
        self.thread.join(patience)
        return not self.thread.is_alive()

    def _keep_going(self):
        while not self.stopping.is_set():
            loop = Thread(target=self._loop, name="background-loop", daemon=True)
            loop.start()
            loop.join()
            self.stopping.wait(MINUTE)

    def _loop(self):
        ticked = None
        try:
            while not self.stopping.is_set():
                close_old_connections()
                if ticked is None or monotonic() - ticked >= MINUTE:
                    ticked = monotonic()
                    tick()
                if DBTaskResult.objects.ready().exists():
                    run_queued(until=self.stopping.is_set)
                self.stopping.wait(POLL)
        finally:
            connections.close_all()


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
        worker_id=f"{_host()}:{os.getpid()}:{next(_numbers)}",
    )
    while not until() and (task := _claimed(worker)):
        worker.run_task(task)


def _claimed(worker):
    """The next task, taken by this worker alone; its name says which process it lives in."""
    ready = DBTaskResult.objects.ready()
    with exclusive_transaction(ready.db):
        if task := ready.get_locked():
            task.claim(worker.worker_id)
        return task


def due():
    """The clock's share here: put tasks of killed workers and failed tasks back, and sweep up."""
    now = timezone.now()
    for task in DBTaskResult.objects.running():
        if task.started_at < now - LONGEST or _is_orphan(task):
            _put_back(task)
    for task in DBTaskResult.objects.failed().filter(finished_at__gt=now - KEPT_FOR):
        tries = len(task.worker_ids)
        if tries < TRIES and task.finished_at < now - PAUSE * tries**2:
            _put_back(task)
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()
    Session.objects.filter(expire_date__lt=now).delete()


def _put_back(task):
    """Queue a task again, or let it rest as failed after its last try; whoever comes second changes nothing."""
    spent = len(task.worker_ids) >= TRIES
    DBTaskResult.objects.filter(pk=task.pk, status=task.status, started_at=task.started_at).update(
        status=TaskResultStatus.FAILED if spent else TaskResultStatus.READY,
        finished_at=timezone.now() if spent else None,
    )


def _is_orphan(task):
    """Whether the process that ran it was on this machine and is gone."""
    host, _, process = task.worker_ids[-1].rpartition(":")[0].rpartition(":")
    if host != _host() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _host():
    return socket.gethostname()[:40]
