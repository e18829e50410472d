"""The postman before a mail server that is away, hangs, or refuses: nothing is lost, and nothing goes out twice."""

import logging
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError
from django.utils import timezone

from accounts.models import Delivery
from accounts.models.deliveries import LONGEST_PAUSE, PATIENCE
from accounts.postman import Round, send_due
from forum.lib import smtp
from tests.mailserver import NEVER, a_dead_port, serving

pytestmark = pytest.mark.django_db

TEN = [f"reader{number}@example.org" for number in range(10)]


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "forum.lib.smtp.EmailBackend", "127.0.0.1"
    with serving() as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def impatient(monkeypatch):
    """Let a letter be in hand for a moment only."""
    for limit in ("CONNECTING", "LETTER", "FAREWELL"):
        monkeypatch.setattr(smtp, limit, 0.3)


def posted(*readers):
    letters = [EmailMultiAlternatives("Your piece", "Dear reader,\n", to=[to]) for to in readers]
    return [Delivery.post(f"accept:{letter.to[0]}", letter) for letter in letters]


def outcomes():
    """Return what became of all letters so far, by recipient: the first word, and how often each was tried."""
    return {letter.to: (letter.outcome.split()[0], letter.tries) for letter in Delivery.objects.all()}


def test_ten_letters_go_over_one_connection(server):
    posted(*TEN)
    send_due()
    assert (server.arrived, server.met) == (TEN, 1)


def test_where_nothing_is_due_nobody_is_called(server):
    send_due()
    assert server.met == 0


def test_a_server_that_is_not_there_costs_no_letter_a_try_and_gets_them_all_later(server, settings, caplog):
    settings.EMAIL_PORT = a_dead_port()
    posted(*TEN)
    send_due()
    assert set(outcomes().values()) == {("Put", 0)}
    assert set(Delivery.objects.values_list("error", flat=True)) == {
        "The mail server could not be reached: Connection refused"
    }
    assert [(entry.levelno, entry.getMessage()) for entry in caplog.records] == [
        (logging.WARNING, "The mail server could not be reached; letters put off: 10")
    ]
    settings.EMAIL_PORT = server.port
    send_due()
    assert server.arrived == []
    Delivery.objects.send_again()
    send_due()
    send_due()
    assert server.arrived == TEN


@pytest.mark.parametrize("tried_before", [False, True])
def test_a_site_that_was_off_for_a_week_sends_although_the_server_comes_back_after_it(
    server, settings, time_machine, tried_before
):
    settings.EMAIL_PORT, began = a_dead_port(), timezone.now()
    posted(*TEN)
    if tried_before:
        send_due()
    time_machine.move_to(began + timedelta(days=7))
    send_due()
    assert set(outcomes().values()) == {("Put", 0)}
    settings.EMAIL_PORT = server.port
    time_machine.move_to(began + timedelta(days=7, minutes=2))
    send_due()
    assert server.arrived == TEN


def test_what_finds_no_server_for_five_days_is_not_sent(server, settings, time_machine):
    settings.EMAIL_PORT = a_dead_port()
    (letter,) = posted("sami@example.org")
    send_due()
    end = timezone.now() + PATIENCE
    while timezone.now() < end and not letter.failed_at:
        time_machine.move_to(timezone.now() + LONGEST_PAUSE + timedelta(seconds=1))
        send_due()
        letter.refresh_from_db()
    assert (letter.outcome, timezone.now() >= end) == ("Not sent", True)


def test_what_was_put_off_by_an_earlier_version_counts_on():
    late, new = posted("rosa@example.org", "sami@example.org")
    late.put_off("450 later")
    Delivery.objects.update(due_at=timezone.now() - timedelta(days=4), put_off_since=None)
    import_module("accounts.migrations.0011_put_off_since").count_on(apps, None)
    late.refresh_from_db()
    new.refresh_from_db()
    assert (late.put_off_since, new.put_off_since) == (late.due_at, None)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("answer", [NEVER, "421 too many", "554 not here"])
def test_a_server_that_does_not_begin_is_asked_once_a_round(server, answer):
    server.says = {"GREETING": answer}
    posted(*TEN)
    send_due()
    assert (server.met, set(outcomes().values())) == (1, {("Put", 0)})


def test_of_ten_one_is_refused_and_one_waits(server, caplog):
    refused, later = TEN[3], TEN[7]
    server.says = {refused: f"550 {refused} has left", later: "450 try later"}
    posted(*TEN)
    send_due()
    assert server.arrived == [to for to in TEN if to not in (refused, later)]
    became = outcomes()
    assert (became[refused], became[later]) == (("Not", 1), ("Put", 1))
    assert Delivery.objects.get(to=refused).error == f"The mail server refused the recipient: 550 {refused} has left"
    assert not any("@" in entry.getMessage() for entry in caplog.records)
    server.says = {}
    Delivery.objects.send_again()
    send_due()
    assert sorted(server.arrived) == sorted(TEN)


@pytest.mark.usefixtures("impatient")
def test_a_letter_that_hangs_holds_up_no_other(server):
    server.says = {TEN[0]: NEVER}
    posted(*TEN)
    send_due()
    assert server.arrived == TEN[1:]
    assert outcomes()[TEN[0]] == ("Put", 1)


@pytest.mark.usefixtures("impatient")
def test_a_server_that_answers_no_letter_is_left_after_two(server):
    server.says = {"MAIL": NEVER}
    posted(*TEN)
    send_due()
    assert server.met == 2
    assert sorted(outcomes().values()) == [("Put", 0)] * 8 + [("Put", 1)] * 2


def test_a_server_that_says_goodbye_ends_the_round(server):
    server.says = {"RCPT": "421 closing down"}
    posted(*TEN)
    send_due()
    assert sorted(outcomes().values()) == [("Put", 0)] * 9 + [("Put", 1)]


def test_a_server_that_says_goodbye_after_some_gets_the_rest_in_the_next_round(server):
    server.says = {TEN[5]: "421 five are enough"}
    posted(*TEN)
    send_due()
    server.says = {}
    assert server.arrived == TEN[:5]
    send_due()
    assert server.arrived == TEN[:5] + TEN[6:]


@pytest.mark.parametrize("name", ["<ines@example.org>", "<INES@EXAMPLE.ORG>", "<ines@new.example.net>", "user ines"])
@pytest.mark.parametrize("code", [550, 450, 421])
def test_what_the_server_says_of_a_reader_in_confidence_is_kept_nowhere(server, code, name):
    letter = EmailMultiAlternatives("Your report", "Dear reader,\n", to=["ines@example.org"])
    Delivery.post("comments.report:1", letter, in_confidence=True)
    posted("sami@example.org")
    server.says = {"RCPT": f"{code} {name} is not here"}
    send_due()
    hers, his = Delivery.objects.order_by("pk").values_list("error", flat=True)
    assert hers == f"The mail server refused the recipient ({code})"
    assert his == (hers if code == 421 else f"The mail server refused the recipient: {code} {name} is not here")


def test_what_servers_had_said_of_readers_is_forgotten_with_the_new_version():
    hers, his, away = posted("ines@example.org", "sami@example.org", "rosa@example.org")
    Delivery.objects.filter(pk=hers.pk).update(in_confidence=True, error="The letter was refused: 550 user ines")
    Delivery.objects.filter(pk=his.pk).update(error="The letter was refused: 421 ines@example.org")
    Delivery.objects.filter(pk=away.pk).update(error="No connection: Connection refused")
    import_module("accounts.migrations.0010_words_of_servers").forget_whom_they_name(apps, None)
    errors = list(Delivery.objects.order_by("pk").values_list("error", flat=True))
    assert errors == ["The letter was refused", "The letter was refused", "No connection: Connection refused"]


def test_a_goodbye_that_names_a_reader_names_her_with_her_own_letter_alone(server):
    posted("rosa@example.org", "sami@example.org")
    server.says = {"rosa@example.org": "421 too much for rosa@example.org"}
    send_due()
    assert [letter.error for letter in Delivery.objects.order_by("pk")] == [
        "The mail server refused the recipient: 421 too much for rosa@example.org",
        "The mail server refused the recipient (421)",
    ]


def test_a_sender_nobody_wants_ends_no_letter(server):
    server.says = {"MAIL": "550 who are you"}
    posted(*TEN)
    send_due()
    assert set(outcomes().values()) == {("Put", 1)}


def test_the_postman_leaves_off_between_two_letters(server):
    posted(*TEN)
    send_due(until=lambda: len(server.arrived) == 3)
    assert server.arrived == TEN[:3]


def test_a_round_that_breaks_leaves_no_connection_open(server):
    posted(*TEN)
    going = Round()

    def breaks():
        if server.arrived:
            raise OperationalError("the database is gone")

    with pytest.raises(OperationalError):
        going.go(until=breaks)
    assert (server.arrived, going.connection.connection) == (TEN[:1], None)


def test_all_tries_of_a_letter_carry_one_name(server):
    (letter,) = posted(TEN[0])
    for _ in range(2):  # killed between the server's yes and our writing it down
        send_due()
        Delivery.objects.update(sent_at=None, claimed_at=None)
    names = {mail["Message-ID"] for _, mail in server.letters}
    assert (len(server.letters), names) == (2, {letter.headers["Message-ID"]})
