"""What the queue's failed tasks have to say: why, since when, when they are tried again; and how to try them now."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.lib.queue import next_try
from forum.lib.storage import FULL, NO_FILES, NO_ROOM, NO_STORE

OURS = "Something went wrong on our side."


@dataclass(frozen=True)
class Failing:
    """The tasks of one kind whose last try failed: how many, since when, why, when the next is tried."""

    name: str
    tasks: int
    since: datetime
    error: str
    again_at: datetime | None

    def __str__(self):
        return self.name if self.tasks == 1 else f"{self.name} ({self.tasks} tasks)"


@dataclass(frozen=True)
class Setback:
    """Why something is not done yet, in words for whoever waits for it, and when it is tried again."""

    cause: str
    again_at: datetime | None

    def __str__(self):
        if self.again_at is None:
            return f"{self.cause} We have stopped trying."
        at = timezone.localtime(self.again_at)
        day = "" if at.date() == timezone.localdate() else f" on {at:%-d %B}"
        return f"{self.cause} We try again{day} at {at:%H:%M}."


def failed():
    """Return the tasks whose last try failed and that nobody is working on."""
    waiting = [TaskResultStatus.READY, TaskResultStatus.FAILED]
    return DBTaskResult.objects.exclude(traceback="").filter(status__in=waiting).order_by("task_path", "enqueued_at")


def failing():
    """Return what fails, by kind of task."""
    kinds = groupby(failed(), lambda task: task.task_path)
    return [_failing(name, list(tasks)) for name, tasks in kinds]


def _failing(name, tasks):
    again = min(filter(None, map(next_try, tasks)), default=None)
    return Failing(name, len(tasks), tasks[0].enqueued_at, last_words(tasks[-1]), again)


def setbacks(task, keys):
    """Return what keeps a task that was queued for each of these keys, where its last try failed."""
    mine = failed().filter(task_path=task, args_kwargs__args__0__in=[*keys])
    return {found.args_kwargs["args"][0]: Setback(in_words(found), next_try(found)) for found in mine}


def in_words(task):
    """Return the cause of a failure as people outside read it: what the disk says, or that it is our mistake."""
    number = re.search(r"\[Errno (\d+)\]", last_words(task))
    if number and int(number[1]) in NO_ROOM | NO_STORE:
        return FULL if int(number[1]) in NO_ROOM else NO_FILES
    return OURS


def last_words(task):
    """Return what a failed task said in the end, without its traceback."""
    return task.traceback.strip().splitlines()[-1][:300]


def try_again(tasks):
    """Queue failed tasks for now, with all their tries before them; return how many."""
    now = {"status": TaskResultStatus.READY, "run_after": timezone.now(), "worker_ids": []}
    return tasks.update(**now)


def again(task, *arguments):
    """Have a task done now: the one that failed, or where there is none left a new one; never two beside each other."""
    mine = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs__args=[*arguments])
    if not mine.running().exists() and not try_again(mine.exclude(status=TaskResultStatus.SUCCESSFUL)):
        task.enqueue(*arguments)
