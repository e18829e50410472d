"""Talking to a mail server that is away, refuses, or never comes to an end."""

from time import monotonic

import pytest
from django.core.mail import EmailMessage, get_connection

from forum.lib import smtp
from forum.lib.smtp import Cause
from tests.mailserver import DRIPS, NEVER, a_dead_port, serving

REFUSED = "The mail server refused the recipient"


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "forum.lib.smtp.EmailBackend", "127.0.0.1"
    with serving() as running:
        settings.EMAIL_PORT = running.port
        yield running


def a_letter(to="sami@example.org"):
    return EmailMessage("Your piece", "Dear Sami,\n", "forum@example.org", [to])


def cause_of(letter=None):
    """Return why a letter does not go out, or None."""
    connection = get_connection()
    try:
        connection.send_messages([letter or a_letter()])
    except (OSError, ValueError) as error:
        return Cause.of(error, connection)
    finally:
        connection.close()


def test_a_server_that_is_well_takes_a_letter(server):
    assert cause_of() is None
    assert server.arrived == ["sami@example.org"]


ANSWERS = {  # what it says to what: the words of the cause, and whether trying again is of no use
    ("GREETING", "554 not here"): ("The mail server turned us away at its greeting: 554 not here", False),
    ("GREETING", "421 too busy"): ("The mail server turned us away at its greeting: 421 too busy", False),
    ("MAIL", "550 who are you"): ("The mail server refused the sender: 550 who are you", False),
    ("MAIL", "552 too big"): ("The mail server refused the sender: 552 too big", True),
    ("RCPT", "550 5.1.1 no such user"): (f"{REFUSED}: 550 5.1.1 no such user", True),
    ("RCPT", "450 try later"): (f"{REFUSED}: 450 try later", False),
    ("RCPT", "530 sign in first"): (f"{REFUSED}: 530 sign in first", False),
    ("RCPT", "554 5.7.1 Relay access denied"): (f"{REFUSED}: 554 5.7.1 Relay access denied", False),
    ("DATA", "451 later"): ("The mail server refused the letter: 451 later", False),
    ("LETTER", "554 looks like spam"): ("The mail server refused the letter: 554 looks like spam", True),
}


@pytest.mark.parametrize(("said", "cause"), ANSWERS.items(), ids=[" ".join(said) for said in ANSWERS])
def test_only_what_is_about_this_letter_is_final(server, said, cause):
    server.says = dict([said])
    found = cause_of()
    assert (found.words, found.is_final) == cause


def test_a_server_that_is_not_there_is_said_to_be_away(server, settings):
    settings.EMAIL_PORT = a_dead_port()
    found = cause_of()
    assert (found.words, found.is_final) == ("The mail server could not be reached: Connection refused", False)


def test_a_name_that_nobody_knows_is_said_to_be_that(server, settings):
    settings.EMAIL_HOST = "mail.invalid"
    assert cause_of().short == "The name of the mail server is not known"


@pytest.mark.parametrize(("named", "short"), [
    ("EMAIL_USE_TLS", "No encrypted connection to the mail server came about"),
    ("EMAIL_HOST_USER", "The mail server did not let us sign in"),
])
def test_what_the_settings_ask_and_the_server_cannot_is_said(server, settings, named, short):
    settings.EMAIL_HOST_PASSWORD = "secret"
    setattr(settings, named, "editor" if named == "EMAIL_HOST_USER" else True)
    found = cause_of()
    assert (found.short, found.is_final) == (short, False)


@pytest.mark.parametrize("step", ["GREETING", "MAIL", "sami@example.org", "DATA", "LETTER"])
@pytest.mark.parametrize("how", [NEVER, DRIPS])
def test_a_server_that_does_not_come_to_an_end_is_left(server, settings, monkeypatch, step, how):
    for limit in ("CONNECTING", "LETTER", "FAREWELL"):
        monkeypatch.setattr(smtp, limit, 0.1)
    server.says = {step: how}
    began = monotonic()
    found = cause_of()
    assert monotonic() - began < 5
    assert found.words.endswith("no answer in time")
    assert (found.is_final, found.is_answer) == (False, False)


def test_an_address_that_no_mail_can_carry_is_the_letters_own_fault(server):
    found = cause_of(a_letter("sämi@example.org\n"))
    assert (found.short, found.is_final) == ("The letter cannot be written as a mail", True)


def test_the_log_names_no_address(server):
    server.says = {"sami@example.org": "550 sami@example.org is unknown here"}
    found = cause_of()
    assert "sami@example.org" in found.words
    assert found.short == f"{REFUSED} (550)"
