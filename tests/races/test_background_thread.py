import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.models import Delivery
from forum import background, clock
from forum.lib import queue
from forum.models import Trouble

PATIENCE = 20


def test_the_thread_does_the_work_and_stops_at_once(db, monkeypatch, mailoutbox):
    monkeypatch.setattr(background, "LOOPS", {name: (work, 0.05) for name, (work, _) in background.LOOPS.items()})
    thread = background.Background()
    letter = EmailMultiAlternatives("Your piece", "Dear Sami,\n", "forum@example.org", ["sami@example.org"])
    delivery = Delivery.post("accept:1", letter)
    thread.start()
    until = monotonic() + 20
    while not Delivery.objects.filter(pk=delivery.pk).exclude(sent_at=None) and monotonic() < until:
        sleep(0.05)
    began = monotonic()
    thread.stop()
    assert [mail.subject for mail in mailoutbox] == ["Your piece"]
    assert monotonic() - began < 1.5
    assert not any(loop.is_alive() for loop in thread.loops)


@task()
def be_long():
    began.set()
    let_go.wait(PATIENCE)


began, let_go = Event(), Event()


def test_a_worker_speaks_for_the_task_in_its_hand(db, monkeypatch):
    began.clear()
    let_go.clear()
    monkeypatch.setattr(queue, "BEAT", 0.05)
    be_long.enqueue()
    worker = Thread(target=work)
    worker.start()
    assert began.wait(PATIENCE)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    until = monotonic() + PATIENCE
    while DBTaskResult.objects.get().started_at < timezone.now() - queue.LEASE and monotonic() < until:
        sleep(0.05)
    queue.due()
    assert DBTaskResult.objects.get().status == "RUNNING"
    let_go.set()
    worker.join()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def work():
    queue.run_queued()
    connection.close()


def test_administrators_read_that_a_loop_fails_until_it_is_well(db):
    stopping, stamps = Event(), []

    def work(until):
        stopping.set()
        if not stamps:
            raise ValueError("no stamps")

    def turn():
        stopping.clear()
        loop = background.Loop("post", work, 0.05, stopping)
        loop.start()
        loop.join(PATIENCE)

    turn()
    assert [(told.name, told.error) for told in Trouble.objects.all()] == [("post loop", "ValueError: no stamps")]
    stamps.append("1d")
    turn()
    assert not Trouble.objects.exists()


@task()
def note():
    """Nothing is left to be done."""


def fails():
    raise ZeroDivisionError


def test_a_clock_function_that_always_fails_holds_up_neither_the_clock_nor_the_queue(db, monkeypatch):
    monkeypatch.setattr(clock, "DUE", {"fails": fails, **clock.DUE})
    monkeypatch.setattr(background, "LOOPS", {name: (work, 0.05) for name, (work, _) in background.LOOPS.items()})
    together = background.Background()
    together.start()
    wait_for(lambda: Trouble.objects.filter(times__gt=1).exists())
    note.enqueue()
    wait_for(lambda: DBTaskResult.objects.successful().exists())
    seen = Trouble.objects.get().times
    wait_for(lambda: Trouble.objects.get().times > seen)
    assert together.stop(PATIENCE)
    assert Trouble.objects.get().error == "ZeroDivisionError: "


def wait_for(condition):
    until = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < until
        sleep(0.02)


def test_a_task_in_the_hand_of_a_worker_that_is_killed_is_taken_up_within_two_minutes(db, tmp_path):
    hold_on.enqueue(str(tmp_path / "let go"))
    address = connection.settings_dict
    database = {"sqlite": "sqlite:///{NAME}", "postgresql": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}"}
    surroundings = {"DATABASE_URL": database[connection.vendor].format(**address), "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "work"]
    worker = subprocess.Popen(command, env={**os.environ, **surroundings, "DEMO": "1"}, stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: DBTaskResult.objects.running().exists())
    finally:
        worker.kill()
        worker.wait()
    (tmp_path / "let go").touch()
    with time_machine.travel(timezone.now(), tick=False) as moment:
        for _ in range(2):  # the clock runs every minute
            moment.shift(60)
            queue.due()
            queue.run_queued()
    taken = DBTaskResult.objects.get()
    assert (taken.status, len(taken.worker_ids)) == ("SUCCESSFUL", 2)


@task()
def hold_on(until):
    """Go on until a file is there."""
    while not Path(until).exists():
        sleep(0.05)


def test_several_workers_run_every_task_once(db):
    for _ in range(30):
        note.enqueue()
    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [(task.status, len(task.worker_ids)) for task in DBTaskResult.objects.all()] == [("SUCCESSFUL", 1)] * 30
