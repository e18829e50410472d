"""Readers who come to the pages that are kept in front of the site, as gunicorn lets them in."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory

from forum import fresh
from forum.lib.web.kept import KeptPages, Watch

ROOM = 16 * 1024 * 1024


@dataclass
class Answer:
    """What a reader is sent."""

    status: int
    headers: dict
    body: bytes

    @property
    def text(self):
        return self.body.decode()


class Front:
    """One process of the site with its store; `made` are the addresses that Django was asked for."""

    def __init__(self, site=None, read=fresh.read, room=ROOM):
        self.site, self.made, self.meanwhile = site or WSGIHandler(), [], lambda: None
        self.pages = KeptPages(self._site, Watch(read), room)

    def _site(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        response = self.site(environ, start_response)
        self.meanwhile()
        return response

    def environ(self, path, method="GET", scheme="http", **headers):
        """Return a request as gunicorn hands it over."""
        path, _, question = path.partition("?")
        environ = RequestFactory().generic(method, path, secure=scheme == "https").environ
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return environ | {"QUERY_STRING": question, "HTTP_HOST": headers.get("host", "testserver")}

    def ask(self, path="/", method="GET", **how):
        """Return the answer to one request."""
        environ = self.environ(path, method, **how)
        said = []
        with left_open():
            response = self.pages(environ, lambda *told: said.extend(told))
            body = b"".join(response)
            getattr(response, "close", bool)()
        return Answer(int(said[0][:3]), dict(said[1]), body)

    def read(self, path="/", **headers):
        """Return the text of a page."""
        return self.ask(path, **headers).text


@contextmanager
def left_open():
    """Let Django not close, before or after a request, a connection in whose transaction a test stands."""
    signals = (request_started, request_finished) if connection.in_atomic_block else ()
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
