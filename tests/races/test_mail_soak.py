"""Mail through bad days, with real connections and two postmen at once: each letter arrives, and arrives once."""

import os
import signal
import warnings
from datetime import timedelta
from time import monotonic, sleep

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connections
from django.utils import timezone

from accounts.models import Delivery
from accounts.postman import send_due
from forum.lib import smtp
from tests.mailserver import NEVER, a_dead_port, serving
from tests.races.together import together

pytestmark = [pytest.mark.race, pytest.mark.soak, pytest.mark.usefixtures("db")]

TEN = [f"reader{number}@example.org" for number in range(10)]
PATIENCE = 20


@pytest.fixture
def server(settings, monkeypatch):
    """A mail server of our own, before which nobody waits for long."""
    for limit in ("CONNECTING", "LETTER", "FAREWELL"):
        monkeypatch.setattr(smtp, limit, 0.5)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "forum.lib.smtp.EmailBackend", "127.0.0.1"
    with serving() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def until(time_machine):
    """Let two postmen go their rounds, whenever something is due, until a time has come."""

    def go(end, *, goes=lambda: True):
        while goes() and (letter := Delivery.objects.underway().order_by("again_at", "pk").first()):
            at = max(letter.again_at or letter.due_at, timezone.now())
            if at > end:
                break
            time_machine.move_to(at + timedelta(seconds=1))
            together(send_due, send_due)

    return go


def posted():
    """Post ten letters."""
    for to in TEN:
        Delivery.post(f"accept:{to}", EmailMultiAlternatives("Your piece", "Dear reader,\n", to=[to]))
    return timezone.now()


def test_a_day_without_a_server(round, server, settings, until):
    began = posted()
    settings.EMAIL_PORT = a_dead_port()
    until(began + timedelta(days=1))
    assert timezone.now() > began + timedelta(hours=23)
    assert set(Delivery.objects.values_list("tries", flat=True)) == {0}
    settings.EMAIL_PORT = server.port
    until(began + timedelta(days=1, minutes=40))
    assert sorted(server.arrived) == TEN


def test_a_server_that_takes_the_call_and_never_answers(round, server, until):
    began = posted()
    server.says = {"GREETING": NEVER}
    until(began + timedelta(minutes=2))
    server.says = {}
    until(began + timedelta(hours=1))
    assert sorted(server.arrived) == TEN


def test_a_server_that_refuses_one_and_puts_off_another(round, server, until):
    began, (refused, later) = posted(), (TEN[3], TEN[7])
    server.says = {refused: "550 no such user", later: "450 try later"}
    until(began + timedelta(hours=6))
    assert sorted(server.arrived) == [to for to in TEN if to not in (refused, later)]
    server.says = {refused: "550 no such user"}
    until(began + timedelta(hours=7))
    assert sorted(server.arrived) == [to for to in TEN if to != refused]
    (failed,) = Delivery.objects.failed()
    assert (failed.to, failed.tries) == (refused, 1)
    assert failed.error == "The mail server refused the recipient: 550 no such user"


def test_a_postman_killed_with_a_letter_in_hand(round, server, time_machine):
    posted()
    server.says = {"DATA": NEVER}
    child = a_postman()
    end = monotonic() + PATIENCE
    while not Delivery.objects.exclude(claimed_at=None).exists() and monotonic() < end:
        sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    server.says = {}
    send_due()
    assert len(server.arrived) == 9
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    send_due()
    assert sorted(server.arrived) == TEN


def a_postman():
    """Let a process of its own go one round that would take an hour."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons: the threads of the parent are the server's
        child = os.fork()
    if child:
        return child
    smtp.LETTER = PATIENCE
    send_due()
    os._exit(0)
