"""Talking to a mail server: every dialogue has an end, and what went wrong is said in words.

`EMAIL_TIMEOUT` bounds one answer of the server. A server that drips its answers would hold a letter for hours all the
same, so the whole of a dialogue has an end too.
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader, RawIOBase
from time import monotonic

from django.conf import settings
from django.core.mail.backends import smtp

CONNECTING = 30  # seconds until we have signed in
LETTER = 30  # seconds for one letter
FAREWELL = 3  # seconds for a goodbye that nothing depends on

STEPS = {
    "ehlo": "greeting",
    "helo": "greeting",
    "starttls": "encryption",
    "auth": "sign-in",
    "mail": "sender",
    "rcpt": "recipient",
    "data": "letter",
}
FAULTS = {
    "": "The mail could not be handed on",
    "name": "The name of the mail server is not known",
    "connection": "The mail server could not be reached",
    "greeting": "The mail server turned us away at its greeting",
    "encryption": "No encrypted connection to the mail server came about",
    "sign-in": "The mail server did not let us sign in",
    "sender": "The mail server refused the sender",
    "recipient": "The mail server refused the recipient",
    "letter": "The mail server refused the letter",
    "writing": "The letter cannot be written as a mail",
}
OF_A_LETTER = ("", "sender", "recipient", "letter")
BROKEN_OFF = ("greeting", "sender", "recipient", "letter")
GOODBYE = 421
TOO_BIG = 552
OF_THE_SETTINGS = {500, 501, 502, 503, 504, 521, 530, 534, 535, 538}
"""Answers about us and not about the letter, at whichever step they come: no command, no sign-in, no encryption."""


@dataclass
class Dialogue:
    """What is said to a mail server: at which step, what it answered there, and when all must be over."""

    step: str = ""
    ends: float = 0
    answers: list = field(default_factory=list)
    is_over: bool = False

    def within(self, seconds):
        """Let everything from here on take these seconds at most."""
        self.ends = monotonic() + seconds

    def patience(self):
        """Return how long the next answer may take."""
        left = self.ends - monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return min(left, settings.EMAIL_TIMEOUT)

    def say(self, command):
        """Be at the step to which a command leads; a second greeting after the encryption belongs to that."""
        self.is_over = command.lower() == "rset"  # what is said to it is no answer to the letter
        step = STEPS.get(command.lower())
        if step and not (step == "greeting" and self.step == "encryption"):
            self.step = step

    def hear(self, code, text):
        """Keep an answer."""
        if not self.is_over:
            self.answers.append((self.step, code, _decoded(text)))


class Ear(RawIOBase):
    """What a server says, for as long as its dialogue may last."""

    def __init__(self, sock, dialogue):
        super().__init__()
        self.sock, self.dialogue = sock, dialogue

    def readable(self):
        return True

    def readinto(self, buffer):
        self.sock.settimeout(self.dialogue.patience())
        return self.sock.recv_into(buffer)


class Punctual:
    """Mix into smtplib's clients: they keep to their dialogue's end, and write down what is said."""

    def __init__(self, *args, dialogue, **kwargs):
        self.dialogue = dialogue
        super().__init__(*args, **kwargs)

    def putcmd(self, cmd, args=""):
        self.dialogue.say(cmd)
        super().putcmd(cmd, args)

    def send(self, s):
        if self.sock:
            self.sock.settimeout(self.dialogue.patience())
        super().send(s)

    def getreply(self):
        if self.dialogue.step == "connection":
            self.dialogue.step = "greeting"
        if self.file is None:
            self.file = BufferedReader(Ear(self.sock, self.dialogue))
        code, text = super().getreply()
        self.dialogue.hear(code, text)
        return code, text


class Client(Punctual, smtplib.SMTP):
    pass


class EncryptedClient(Punctual, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """Django's own, with an end to everything."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dialogue = Dialogue()

    @property
    def connection_class(self):
        return partial(EncryptedClient if self.use_ssl else Client, dialogue=self.dialogue)

    def open(self):
        if self.connection is None:
            self.dialogue.step = "connection"
            self.dialogue.within(CONNECTING)
        return super().open()

    def _send(self, email_message):
        self.dialogue.step = ""
        self.dialogue.within(LETTER)
        return super()._send(email_message)

    def close(self):
        client = self.connection or self._partial_connection
        self.dialogue.within(FAREWELL)
        with suppress(OSError):  # what it accepted it has accepted, however it says goodbye
            super().close()
        if client:
            client.close()


@dataclass(frozen=True)
class Cause:
    """Why a letter did not go out, in `words` that may name its reader, or `short` without; and whose fault it is."""

    words: str
    short: str
    is_answer: bool = False
    is_final: bool = False
    is_goodbye: bool = False

    @classmethod
    def of(cls, error, connection):
        """Return what an error of a connection means."""
        step, (code, answer) = _step(error, connection), _answer(error)
        said = FAULTS[step] if code or step not in BROKEN_OFF else f"The mail server broke off at the {step}"
        is_final = step == "writing" or _is_final(error, code, answer)
        short = f"{said} ({code})" if code else said
        return cls(f"{said}: {answer}", short, code is not None, is_final, code == GOODBYE)


def _step(error, connection):
    """Return the step at which an error arose; the error itself knows best."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return "sender"
    if isinstance(error, smtplib.SMTPConnectError):
        return "greeting"
    if isinstance(error, socket.gaierror):
        return "name"
    if isinstance(error, ssl.SSLError):
        return "encryption"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "encryption" if "STARTTLS" in str(error) else "sign-in"
    step = connection.dialogue.step if isinstance(connection, EmailBackend) else ""
    return "writing" if isinstance(error, ValueError) and step in OF_A_LETTER else step


def _answer(error):
    """Return the code of the server's answer, or None, and its words, or what the machine says of the connection."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return code, f"{code} {_decoded(text)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code, f"{error.smtp_code} {_decoded(error.smtp_error)}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return None, "no answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return None, "it hung up"
    return None, getattr(error, "strerror", None) or str(error) or type(error).__name__


def _is_final(error, code, answer):
    """Say whether trying again is of no use: a 5xx about this recipient or this letter, and not about our settings."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return code == TOO_BIG
    if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return False
    is_ours = code in OF_THE_SETTINGS or "relay" in answer.lower()  # no code of its own says that we may not relay
    return 500 <= code <= 599 and not is_ours


def _decoded(text):
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(said.split())
