"""A trial of the mail says what the mail server answered, at the desk and on the command line."""

import pytest
from django.core.management import CommandError, call_command

from forum.lib import smtp
from tests.mailserver import a_dead_port, serving

pytestmark = pytest.mark.django_db

PAGE = "/admin/mail/try/"
ADDRESS = "ada@example.net"


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "forum.lib.smtp.EmailBackend", "localhost"
    settings.SITE_URL = "https://forum.example"
    with serving() as running:
        settings.EMAIL_PORT = running.port
        yield running


def tried(capsys):
    """Return what the command says, and its complaint."""
    try:
        call_command("check_mail", ADDRESS)
    except CommandError as complaint:
        return capsys.readouterr().out.splitlines(), str(complaint)
    return capsys.readouterr().out.splitlines(), ""


def test_what_is_no_address_is_not_tried(server):
    with pytest.raises(CommandError, match="rosa is no address"):
        call_command("check_mail", "rosa")
    assert server.letters == []


def test_a_server_that_is_well_is_said_to_be_at_every_step(server, capsys):
    said, complaint = tried(capsys)
    assert complaint == ""
    assert [line.partition(":")[0] for line in said] == [
        "Server", "Name", "Encryption", "Greeting", "Sender", "Recipient", "Letter",
        "The mail server has taken the letter. Whether it arrives, the mailbox shows; look among unwanted mail too.",
    ]  # fmt: skip
    assert said[-2] == "Letter: the server said 250 taken"
    ((to, letter),) = server.letters
    assert (to, letter["Subject"]) == (ADDRESS, "A trial of the mail of International Affairs Forum")
    assert letter["Message-ID"].endswith("@forum.example>")


WRONG = {
    "GREETING": "The mail server turned us away at its greeting: 554 no.",
    "MAIL": "The mail server refused the sender: 554 no.",
    "RCPT": "The mail server refused the recipient: 554 no.",
    "LETTER": "The mail server refused the letter: 554 no.",
}


@pytest.mark.parametrize(("step", "why"), WRONG.items(), ids=WRONG)
def test_a_refusal_is_said_with_its_step_and_the_servers_words(server, capsys, step, why):
    server.says = {step: "554 no"}
    said = tried(capsys)
    assert said[1] == why
    assert [line for line in said[0] if line.endswith(": the server said 554 no")] == said[0][-1:]


def test_a_server_that_is_not_there_is_said_to_be_away(server, settings, capsys):
    settings.EMAIL_PORT = a_dead_port()
    said, why = tried(capsys)
    assert why == "The mail server could not be reached: Connection refused."
    assert said[0] == f"Server: localhost, port {settings.EMAIL_PORT}"


@pytest.mark.parametrize("name", ["mail.invalid", "mail..example"])
def test_a_name_nobody_knows_is_said_to_be_that(server, settings, capsys, name):
    settings.EMAIL_HOST = name
    assert tried(capsys)[1].startswith("The name of the mail server is not known: ")


def test_an_encryption_that_does_not_come_about_is_said(server, settings, capsys, monkeypatch):
    monkeypatch.setattr(smtp, "CONNECTING", 0.5)
    settings.EMAIL_USE_TLS = True
    server.says = {"EHLO": "250-at your service\r\n250 STARTTLS", "STARTTLS": "220 go on"}
    assert tried(capsys)[1].startswith("No encrypted connection to the mail server came about: ")


def test_a_sign_in_that_is_refused_is_said_without_the_password(server, settings, capsys):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "forum", "a long secret"
    server.says = {"EHLO": "250-at your service\r\n250 AUTH PLAIN", "AUTH": "535 wrong password"}
    said, why = tried(capsys)
    assert why == "The mail server did not let us sign in: 535 wrong password."
    assert "secret" not in "".join(said)


def test_an_administrator_tries_it_out_at_the_desk(server, ada, signed_in):
    desk = signed_in(ada)
    assert PAGE in desk.get("/admin/accounts/delivery/").text
    assert server.met == 0
    page = desk.post(PAGE, {"email": ADDRESS})
    assert "The mail server has taken the letter." in page.text
    assert "the server said 250 taken" in page.text
    server.says = {"RCPT": "550 nobody of that name"}
    assert "The mail server refused the recipient: 550 nobody of that name." in desk.post(PAGE, {"email": ADDRESS}).text
    assert "Enter a valid email address." in desk.post(PAGE, {"email": "ada"}).text
    assert server.arrived == [ADDRESS]


def test_nobody_mails_strangers_with_it(server, ada, signed_in, settings):
    settings.THROTTLES = {**settings.THROTTLES, "mail_trial": (1, 60)}
    desk = signed_in(ada)
    assert [desk.post(PAGE, {"email": ADDRESS}).status_code for _ in range(2)] == [200, 429]
    assert server.arrived == [ADDRESS]


def test_a_demonstration_says_that_it_keeps_its_mail(settings, capsys):
    settings.EMAIL_BACKEND = "forum.lib.mail.KeptMail"
    said, complaint = tried(capsys)
    assert (said, complaint) == (
        ["No mail server is spoken to here: the letter was given to forum.lib.mail.KeptMail."], "",
    )  # fmt: skip
