"""A trial of the mail: one plain letter through the very settings, and what the mail server says at each step."""

import socket
import ssl
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import get_connection

from forum.lib.mail import compose, message_id
from forum.lib.smtp import Cause, EmailBackend

WENT = "The mail server has taken the letter. Whether it arrives, the mailbox shows; look among unwanted mail too."
KEPT = "No mail server is spoken to here: the letter was given to {}."


@dataclass(frozen=True)
class Trial:
    """What came of it: each step with what was found or answered there, the outcome in words, and whether it went."""

    steps: list[tuple[str, str]]
    outcome: str
    went: bool


def try_mail(address):
    """Send one letter now, waiting for the mail server, and return what came of it."""
    connection = get_connection()
    letter = compose("accounts/trial", {}, to=address, headers={"Message-ID": message_id()})
    if not isinstance(connection, EmailBackend):
        connection.send_messages([letter])
        return Trial([], KEPT.format(settings.EMAIL_BACKEND), went=True)
    steps = [("Server", f"{connection.host}, port {connection.port}")]
    try:
        steps.append(("Name", _addresses(connection)))
        connection.open()
        steps.append(("Encryption", _encryption(connection.connection.sock)))
        connection.send_messages([letter])
    except (OSError, ValueError) as error:
        return Trial(steps + _answers(connection), f"{Cause.of(error, connection).words}.", went=False)
    else:
        return Trial(steps + _answers(connection), WENT, went=True)
    finally:
        connection.close()


def _addresses(connection):
    """Return the addresses behind the name of the server."""
    connection.dialogue.step = "name"
    found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    return ", ".join(dict.fromkeys(address[0] for *_, address in found))


def _encryption(sock):
    return sock.version() if isinstance(sock, ssl.SSLSocket) else "none, as the settings say"


def _answers(connection):
    """Return the last answer at each step, in their order."""
    said = {step: f"{code} {text}" for step, code, text in connection.dialogue.answers}
    return [(step.capitalize(), f"the server said {answer}") for step, answer in said.items()]
