"""The load: processes that ask one after the other over a connection that stays open.

It is our own, so that nothing has to be installed. On a machine with few cores it takes time from what it asks; so what
counts is the processor time of whoever answers, and of rates only those of servers that are slower than it.
"""

import multiprocessing
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from statistics import quantiles

from bench.pages import SENT

WHOLE = 65536


@dataclass(frozen=True)
class Sample:
    """What some seconds of asking found: answers, seconds, and how long each answer took."""

    took: list
    seconds: float
    size: int

    @property
    def rate(self):
        """Return how many answers came in a second."""
        return len(self.took) / self.seconds

    def slowest(self, percent):
        """Return the milliseconds within which so many of a hundred answers came."""
        return 1000 * (quantiles(self.took, n=100)[percent - 1] if len(self.took) > 1 else self.took[0])


class Caller:
    """One connection that stays open, and is opened again when it was closed."""

    def __init__(self, port, *, is_secure=False):
        self.port, self.is_secure, self.line = port, is_secure, None

    def ask(self, request):
        """Send the bytes of a request; return the status, the head and the body of its answer."""
        for is_last in (False, True):
            try:
                self.line = self.line or self._open()
                self.line.sendall(request)
                return self._read()
            except ConnectionError:  # a server closes a connection that was idle
                self.close()
                if is_last:
                    raise
        raise AssertionError

    def close(self):
        if self.line:
            self.line.close()
        self.line = None

    def _open(self):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self.is_secure:
            return line
        return ssl._create_unverified_context().wrap_socket(line, server_hostname=SENT["host"])  # noqa: S323

    def _read(self):
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        head, _, body = got.partition(b"\r\n\r\n")
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            while not body.endswith(b"0\r\n\r\n"):
                body += self._more()
            body = b"".join(chunks(body))
        elif b"content-length:" in lower:
            length = int(lower.partition(b"content-length:")[2].split(maxsplit=1)[0])
            parts, have = [body], len(body)
            while have < length:
                parts.append(self._more())
                have += len(parts[-1])
            body = b"".join(parts)
        if b"connection: close" in lower:
            self.close()
        return int(head[9:12]), head, body

    def _more(self):
        if more := self.line.recv(WHOLE):
            return more
        raise ConnectionResetError


def chunks(body):
    """Yield the pieces of a body that comes with the length of each before it."""
    while body:
        size, _, body = body.partition(b"\r\n")
        yield body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]


def request(path, cookie="", *, method="GET", body=b"", **more):
    """Return a request as bytes, sent as nginx would pass it on."""
    headers = SENT | ({"cookie": cookie} if cookie else {}) | more
    if body:
        headers |= {"content-length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def ask(server, path, *, cookie="", callers=1, seconds=1.0):
    """Let so many callers ask for a page for some seconds, each in a process of its own."""
    wanted = request(path, cookie)
    rows = together([(again, (server.port, server.is_secure, wanted, seconds))] * callers)
    return Sample([took for each, _ in rows for took in each], seconds, rows[0][1])


def together(tasks):
    """Run functions with their arguments in a process each; return what each returned."""
    forked = multiprocessing.get_context("fork")
    pipes = []
    for function, arguments in tasks:
        ours, theirs = forked.Pipe(duplex=False)
        forked.Process(target=_send, args=(theirs, function, arguments), daemon=True).start()
        theirs.close()
        pipes.append(ours)
    return [pipe.recv() for pipe in pipes]


def _send(pipe, function, arguments):
    pipe.send(function(*arguments))


def again(port, is_secure, wanted, seconds):
    """Send a request for some seconds; return how long each answer took, and the bytes of the last."""
    took, size, until = [], 0, time.perf_counter() + seconds
    with closing(Caller(port, is_secure=is_secure)) as caller:
        while (start := time.perf_counter()) < until:
            status, _, body = caller.ask(wanted)
            if status != 200:
                raise RuntimeError(f"{wanted.split(maxsplit=2)[1].decode()} answered {status}")
            took.append(time.perf_counter() - start)
            size = len(body)
    return took, size
