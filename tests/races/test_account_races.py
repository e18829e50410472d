from threading import Barrier, Thread

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connections

from accounts.models import Delivery, User
from accounts.postman import send_due

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("db")]


def at_once(*actions):
    """Let each action happen in its own thread, all started together; return what they returned."""
    results, start = [], Barrier(len(actions))

    def run(action):
        start.wait()
        try:
            results.append(action())
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def a_letter():
    return EmailMultiAlternatives("Your piece", "Dear Sami,\n", "forum@example.org", ["sami@example.org"])


def test_four_workers_send_a_letter_once(mailoutbox):
    Delivery.post("accept:1", a_letter())
    at_once(*[send_due] * 4)
    assert len(mailoutbox) == 1


def test_a_letter_posted_twice_at_once_is_one_delivery():
    posted = at_once(*[lambda: Delivery.post("accept:1", a_letter()).pk] * 4)
    assert len(posted) == 4
    assert Delivery.objects.count() == 1


def test_two_proofs_of_one_address_at_once_make_one_account():
    people = at_once(*[lambda: User.objects.of_address("new@example.org", "Nadia").pk] * 4)
    assert len(people) == 4
    assert User.objects.count() == 1
