"""Whole pages kept in front of Django, and served as long as the database is of the version that they show.

A page is labelled with the version that was read *before* it was made, so it may be newer than its label and never
older. It is served while that is still the version, and before the moment at which it would change by itself; the
version is asked for again after half a second, and when a second is over, so that what nginx keeps for the rest of a
second is from that second.
"""

import gzip
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil, floor
from threading import Lock
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import brotli
from django.conf import settings
from django.db import Error, connection
from django.utils.http import parse_etags

from forum.lib.lately import Lately

HALF_A_SECOND = 0.5
PATIENCE = 1  # seconds that a request waits for another one to read the version
SAFE = {"GET", "HEAD"}
KNOWN = {"after", "before", "comments", "from"}  # the only questions in an address of which pages are kept
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
SMALL = 600  # bytes that are not worth packing
LARGE = 250_000  # bytes that nginx is not told to keep: what it may keep is bounded by the number of pages

WATCH, FAILURE = "forum.watch", "forum.failure"
"""What the site finds in a request's environment: the watch, and why the version could not be read."""
KEEP = "forum.keep"
"""What the site answers there where its page is the same for everybody: whether it is at hand as a whole."""
ANSWERED = "forum.answered"
"""The question in an address that the site answered there: under any other one it keeps no page."""


@dataclass(frozen=True)
class Label:
    """The version of the database, when that was asked (before the answer), and when pages change by themselves."""

    at: float
    version: int
    until: float

    @property
    def counts(self):
        """Whether it still says how things are."""
        now = time.time()
        return floor(now) == floor(self.at) and 0 <= now - self.at <= HALF_A_SECOND and now < self.until

    @property
    def expires(self):
        """Return until which second nginx may keep what is served by it: `@` and the last one, as it wants it."""
        return f"@{min(floor(self.at), ceil(self.until) - 2)}"


class Watch:
    """Knows the version of the database, and what was made from it besides pages. `read` asks for it.

    `read` returns the version, or None where it is not counted, and the first moment to come at which pages change.
    """

    def __init__(self, read):
        self._read, self._asking = read, Lock()
        self._label, self._forgotten_at, self._remembered = None, 0, {}

    def now(self):
        """Return a Label that counts, or None where there is none; raises what the database raises."""
        if self._label and self._label.counts:
            return self._label
        if connection.in_atomic_block or not self._asking.acquire(timeout=PATIENCE):
            return None
        try:
            if self._label and self._label.counts:
                return self._label
            forgotten_at, label = self._forgotten_at, self._ask()
            if forgotten_at == self._forgotten_at:  # else this process wrote meanwhile, and the next one asks again
                self._label = label
            return label
        finally:
            self._asking.release()

    def _ask(self):
        self._label, at = None, time.time()
        connection.close_if_unusable_or_obsolete()
        version, until = self._read()
        return None if version is None else Label(at, version, until)

    def forget(self):
        """Let the next request ask again, as this process has just written; while many write, twice a second.

        Else each page would be made once for each of them, and readers cost as much as who writes.
        """
        now = time.time()
        if not 0 <= now - self._forgotten_at < HALF_A_SECOND:
            self._label, self._forgotten_at = None, now

    def remember(self, name, make):
        """Return what `make` makes of the database, made once for each version."""
        label = self.now()
        if label is None:
            return make()
        earlier, made = self._remembered.get(name, (None, None))
        if earlier is None or earlier.version != label.version or earlier.until <= time.time():
            made = make()
            self._remembered[name] = (label, made)
        return made


def remembered(request, name, make):
    """Return what `make` makes for every reader alike, which may be remembered from an earlier page."""
    watch = getattr(request, "environ", {}).get(WATCH)
    if watch is None or request.method not in SAFE or connection.in_atomic_block:
        return make()
    return watch.remember(name, make)


def answers(request, **question):
    """Say which question in its address a page answers, spelled as our own links spell it."""
    request.environ[ANSWERED] = urlencode(question)


@dataclass
class KeptPage:
    """One page as it is sent: its status is 200, its bytes are packed once for each way of packing."""

    headers: list
    body: bytes
    until: float
    packed: dict = field(default_factory=dict)

    PACKED = 1.4  # a page with what is packed of it, as a multiple of its bytes

    @property
    def size(self):
        """Return the memory that it takes."""
        return int(len(self.body) * self.PACKED) + 2000

    def answer(self, environ, start_response, expires):
        """Send it, or that the browser has it."""
        coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", "")) if len(self.body) > SMALL else ""
        body, headers = self.packed.get(coding) or self._pack(coding)
        said = [*_kept_until(expires, headers), *headers]
        if _has(environ, headers[0][1]):
            start_response("304 Not Modified", said[:-1])
            return []
        start_response("200 OK", said)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _pack(self, coding):
        body = PACK[coding](self.body)
        headers = [(name, value) for name, value in self.headers if name not in ("ETag", "Content-Length", "Vary")]
        etag = next(value for name, value in self.headers if name == "ETag")
        if coding:
            etag = f'{etag[:-1]}-{coding}"'
            headers.append(("Content-Encoding", coding))
        headers = [("ETag", etag), *headers, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
        self.packed[coding] = (body, headers)
        return self.packed[coding]


PACK = {
    "": bytes,
    "br": lambda body: brotli.compress(body, quality=4),
    "gzip": lambda body: gzip.compress(body, 5, mtime=0),
}


def _kept_until(expires, headers):
    """Return what tells nginx until when it may keep an answer with these headers, if it may."""
    return [] if int(dict(headers).get("Content-Length", 0)) > LARGE else [("X-Accel-Expires", expires)]


def _has(environ, etag):
    """Say whether the browser has these bytes (RFC 9110, 13.1.2)."""
    asked = environ.get("HTTP_IF_NONE_MATCH")
    return bool(asked and etag) and (asked == "*" or etag in [had.removeprefix("W/") for had in parse_etags(asked)])


def _coding(accepted):
    wanted = [part.strip() for part in accepted.split(",")]
    return next((coding for coding in ("br", "gzip") if coding in wanted), "")


class Store:
    """The pages of one version; those under addresses that can be made up have a quarter of the room to themselves.

    Anybody can make up as many as she likes, and so push out only what is kept under such.
    """

    def __init__(self, room):
        self.room, self.version = room, None
        self._ours, self._made_up = Lately(room - room // 4), Lately(room // 4)
        self._known, self._making, self._lock = set(), {}, Lock()

    @property
    def pages(self):
        """Return all of them by their keys."""
        return {**self._ours.things, **self._made_up.things}

    def get(self, key, label):
        """Return the page that was kept, or None where none is right now."""
        with self._lock:
            self._turn_to(label.version)
            page = self._kept_with(key).get(key)
            return page if page and page.until > time.time() else None

    def put(self, key, page, label):
        """Keep a page that was made from what was read, unless there has been a later version since."""
        with self._lock:
            if label.version == self.version and page.size <= self.room // 8:
                self._kept_with(key).keep(key, page, page.size)

    @contextmanager
    def one_maker(self, key):
        """Let others wait, though not for long, while one thread makes a page that was kept until the last change."""
        if key not in self._known:
            yield
            return
        with self._lock:
            making = self._making.setdefault(key, Lock())
        is_alone = making.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            with self._lock:
                self._making.pop(key, None)
            if is_alone:
                making.release()

    def _kept_with(self, key):
        return self._made_up if key.is_made_up else self._ours

    def _turn_to(self, version):
        if version != self.version:
            self._known = set(self.pages)
            self._ours.clear()
            self._made_up.clear()
            self.version = version


class KeptPages:
    """The WSGI application in front of the site's own.

    It asks the site for a page that it does not have, and keeps the answer where the site says in the environment
    (`KEEP`) that it is the same for everybody.
    """

    def __init__(self, application, watch, room):
        self.application, self.watch, self.store = application, watch, Store(room)

    def __call__(self, environ, start_response):
        environ[WATCH] = self.watch
        if environ["REQUEST_METHOD"] not in SAFE:
            try:
                return self.application(environ, start_response)
            finally:
                self.watch.forget()
        key = key_of(environ)
        label, page = self._found(key, environ)
        if label and not page:
            with self.store.one_maker(key):
                label, page = self._found(key, environ)
                if label and not page:
                    return self._made(key, label, environ, start_response)
        if page:
            return page.answer(environ, start_response, label.expires)
        return self.application(environ, start_response)

    def _found(self, key, environ):
        """Return the label of this moment, or None where nothing is kept, and the page that was kept, or None."""
        try:
            label = self.watch.now() if key else None
        except Error as failure:
            environ[FAILURE], label = failure, None
        return label, label and self.store.get(key, label)

    def _made(self, key, label, environ, start_response):
        asked, said = dict(environ), []
        for name in CONDITIONS:  # a page can be kept, that the browser has it cannot
            environ.pop(name, None)
        environ["REQUEST_METHOD"] = "GET"
        response = self.application(environ, lambda *told: said.extend(told))
        status, headers, *_ = said
        is_asked_as_ours = environ.get(ANSWERED, "") == key.question
        if environ.get(KEEP) and status == "200 OK" and is_asked_as_ours:
            page = KeptPage(headers, b"".join(response), label.until)
            response.close()
            self.store.put(key, page, label)
            return page.answer(asked, start_response, label.expires)
        if KEEP in environ and is_asked_as_ours:
            headers = [*_kept_until(label.expires, headers), *(pair for pair in headers if pair[0] != "Vary")]
        if is_had := status == "200 OK" and _has(asked, dict(headers).get("ETag", "")):
            status, headers = "304 Not Modified", [pair for pair in headers if pair[0] != "Content-Length"]
        start_response(status, headers)
        if is_had or asked["REQUEST_METHOD"] == "HEAD":
            response.close()
            return []
        return response


class KeptUnder(NamedTuple):
    """What a page is kept under."""

    scheme: str
    is_secure: bool
    host: str
    root: str
    path: str
    question: str

    @property
    def is_made_up(self):
        """Whether there is no end of such: anybody writes what question she likes, and what port behind a host."""
        return bool(self.question) or self.host != urlsplit(settings.SITE_URL).netloc


def key_of(environ):
    """Return what a page may be kept under, or None where this request is for the site itself."""
    if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ:
        return None
    path, question = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if path.startswith(settings.STATIC_URL) or environ.get("CONTENT_LENGTH") not in (None, "", "0"):
        return None
    if question and any(part.partition("=")[0] not in KNOWN for part in question.split("&")):
        return None
    is_secure = environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https"  # as Django reads it
    host = environ.get("HTTP_HOST")
    root = environ.get("SCRIPT_NAME", "")
    return KeptUnder(environ["wsgi.url_scheme"], is_secure, host, root, path, question) if host else None
