"""One ration of letters for a mailbox, whatever form of the site they are asked for with."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.mailboxes import mailbox
from accounts.models import Delivery
from accounts.views import SignInCode
from forum.lib.forms import Opened
from tests.comments.making import a_published

pytestmark = pytest.mark.django_db
STRANGER = "nadia@example.org"
A_DAYS_SHARE = 8
OPENED = {"opened": Opened().format_value("")}


@pytest.fixture
def asking(article, rosa, mina):
    """The forms that write to whatever address a stranger types, each pressed by a fresh browser of one network."""
    comment = a_published(article, rosa, mina)
    report = f"/comments/{comment.pk}/report/"

    def press(path, said, network):
        return Client(REMOTE_ADDR=network).post(path, said)

    return {
        "/accounts/password/reset/": lambda to, network: press("/accounts/password/reset/", {"email": to}, network),
        "/accounts/login/code/": lambda to, network: press("/accounts/login/code/", {"email": to}, network),
        "/accounts/signup/": lambda to, network: press(
            "/accounts/signup/", {"step": "send", "email": to, "name": "Nadia Newcomer"}, network
        ),
        "/alerts/": lambda to, network: press("/alerts/", {"email": to, **OPENED}, network),
        "report": lambda to, network: press(
            report, {"reason": "attack", "email": to, "revision": comment.current_id, **OPENED}, network
        ),
    }


def letters(box=STRANGER):
    return [letter for letter in Delivery.objects.all() if mailbox(letter.to) == box]


def test_all_forms_together_write_to_a_stranger_no_more_than_a_days_share(asking, work):
    for number in range(12):
        for form in asking.values():
            form(f"nadia+{number}@example.org", "192.0.2.7")
    work()
    assert len(letters()) == A_DAYS_SHARE


def test_quotes_and_letters_that_nobody_sees_make_no_new_mailbox(asking, work):
    unseen = [f"nadia@e{chr(0xAD) * number}xample.org" for number in range(1, 9)]
    for address in [STRANGER, '"nadia"@example.org', r'"na\dia"@example.org', r'"\nadia"@example.org', *unseen]:
        asking["/alerts/"](address, "192.0.2.7")
    work()
    assert len(letters()) == A_DAYS_SHARE


@pytest.mark.parametrize("path", ["/accounts/password/reset/", "/accounts/login/code/", "/accounts/signup/"])
def test_each_form_says_when_it_may_be_tried_again(path, asking):
    answers = [asking[path](STRANGER, "192.0.2.7") for _ in range(A_DAYS_SHARE + 1)]
    assert 429 not in {answer.status_code for answer in answers[:-1]}
    assert answers[-1].status_code == 429
    assert 80_000 < int(answers[-1].headers["Retry-After"]) <= 24 * 60 * 60
    assert STRANGER in answers[-1].text


def test_a_stranger_uses_up_nobodys_share_on_another_network(asking):
    for _ in range(12):
        asking["/accounts/login/code/"](STRANGER, "192.0.2.7")
    assert asking["/accounts/login/code/"](STRANGER, "198.51.100.7").status_code == 302
    assert len(letters()) == A_DAYS_SHARE + 1


def test_all_networks_together_have_an_end_too(asking, settings):
    settings.THROTTLES = {**settings.THROTTLES, "letter": (10, 24 * 60 * 60)}
    for network in range(20):
        asking["/accounts/login/code/"](STRANGER, f"198.51.{network}.7")
        asking["/accounts/password/reset/"](STRANGER, f"198.51.{network}.7")
    assert len(letters()) == 10


def test_the_next_day_has_a_new_share(asking, time_machine):
    for _ in range(9):
        asking["/accounts/login/code/"](STRANGER, "192.0.2.7")
    time_machine.move_to(timezone.now() + timedelta(days=1, seconds=1))
    assert asking["/accounts/login/code/"](STRANGER, "192.0.2.7").status_code == 302


def test_wrong_tries_on_one_network_close_no_door_on_another(client, rosa):
    rosa.set_password("a night train to Narvik")
    rosa.save()
    away, wrong = Client(REMOTE_ADDR="192.0.2.7"), {"login": rosa.email, "password": "not hers at all"}
    tries = [away.post("/accounts/login/", wrong) for _ in range(6)]
    assert [answer.status_code for answer in tries] == [200] * 5 + [429]
    assert int(tries[-1].headers["Retry-After"]) <= 300
    home = Client(REMOTE_ADDR="198.51.100.7")
    right = {"login": rosa.email, "password": "a night train to Narvik"}
    assert home.post("/accounts/login/", right).status_code == 302


def test_a_code_is_not_guessed_by_many_tries_at_once(asking, rosa, monkeypatch):
    monkeypatch.setattr(SignInCode, "form_invalid", lambda *_: HttpResponse("wrong"))  # as if no try had been counted
    browser = Client(REMOTE_ADDR="192.0.2.7")
    browser.post("/accounts/login/code/", {"email": rosa.email})
    tries = [browser.post("/accounts/login/code/confirm/", {"code": "000000"}).status_code for _ in range(16)]
    assert tries == [200] * 15 + [429]


def test_searching_is_slowed_by_network_and_says_for_how_long(client, settings):
    settings.THROTTLES = {**settings.THROTTLES, "search": (2, 20)}
    answers = [client.get("/search/?q=fog") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 20
    assert client.get("/search/").status_code == 200
    assert Client(REMOTE_ADDR="198.51.100.7").get("/search/?q=fog").status_code == 200
