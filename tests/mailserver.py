"""A mail server that speaks SMTP on loopback, and misbehaves where it is told to."""

from contextlib import contextmanager
from email import message_from_bytes, policy
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread

NEVER = "never"  # an answer that does not come
DRIPS = "drips"  # one that comes letter by letter


class MailServer(ThreadingTCPServer):
    """`says` holds what it answers out of the ordinary: to a command, or to RCPT for one recipient."""

    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, port=0):
        self.says, self.letters, self.met, self.closing = {}, [], 0, Event()
        super().__init__(("127.0.0.1", port), Dialogue)

    @property
    def port(self):
        return self.server_address[1]

    @property
    def arrived(self):
        """Return the recipients of what it has accepted, in their order."""
        return [recipient for recipient, _ in self.letters]

    def handle_error(self, request, client_address):
        """Say nothing: clients that have had enough hang up."""


class Dialogue(StreamRequestHandler):
    """One client."""

    def handle(self):
        self.server.met += 1
        self.answer("GREETING", "220 at your service")
        while line := self.rfile.readline().decode().strip():
            command, recipient = line.split()[0].upper(), line.partition("<")[2].partition(">")[0]
            if command == "RCPT":
                self.recipient = recipient
            self.answer(recipient if recipient in self.server.says else command, self.usual(command))
            if command == "QUIT":
                return
            if command == "DATA" and "DATA" not in self.server.says:
                self.take()

    def usual(self, command):
        return {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")

    def take(self):
        lines = iter(self.rfile.readline, b".\r\n")
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.letters.append((self.recipient, letter))
        self.answer("LETTER", "250 taken")

    def answer(self, to, usual):
        said = self.server.says.get(to, usual)
        while said in (NEVER, DRIPS) and not self.server.closing.wait(0.02):
            if said == DRIPS:
                self.wfile.write(b"2")
        self.wfile.write(f"{said}\r\n".encode())


@contextmanager
def serving(port=0):
    """Let a mail server run."""
    with MailServer(port) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.closing.set()
        server.shutdown()


def a_dead_port():
    """Return a port of this machine on which nothing listens."""
    with MailServer() as server:
        return server.port
