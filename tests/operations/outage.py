"""A database that is taken away for half a minute while people read and write.

Nobody is told that the site broke; every answer comes within three seconds; afterwards the site is well by itself. And
what each was told about her message is true: what was taken is there, and what was said not to be stored is not.
"""

import http.client
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

from tests.operations.follow import ROOT, PostgreSQL
from tests.operations.fronting import a_port, wait_for

AWAY = int(os.environ.get("AWAY", "30"))  # seconds
PATIENCE = 3  # seconds for an answer
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|opened)" value="([^"]+)"')


class People:
    """Some who read, some who write; each answer is noted with how long it took."""

    def __init__(self, port):
        self.port, self.going = port, Event()
        self.answers, self.slow, self.odd = Counter(), [], []
        self.taken, self.not_stored, self.unsure = set(), set(), set()

    def ask(self, method, path, body=None, **headers):
        """Return the status, the page and its cookie."""
        began = time.monotonic()
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        way.request(method, path, body, headers)
        answer = way.getresponse()
        page, took = answer.read().decode(), time.monotonic() - began
        way.close()
        self.answers[f"{method} {answer.status}"] += 1
        if took > PATIENCE:
            self.slow.append((path, answer.status, round(took, 1)))
        if answer.status not in (200, 302, 503):
            self.odd.append((path, answer.status, page[-300:]))
        return answer.status, page, (answer.headers.get("Set-Cookie") or "").partition(";")[0]

    def read(self, number):
        """Read one page after the other."""
        while not self.going.is_set():
            for path in ("/", "/about/", "/get-published/", "/corrections/"):
                self.ask("GET", path)
                time.sleep(0.05)

    def write(self, number):
        """Open the form, write, send; whoever cannot open it sends what she has open."""
        form = None
        for count in range(10_000):
            if self.going.is_set():
                return
            status, page, cookie = self.ask("GET", "/contact/")
            form = (dict(TOKEN.findall(page)), cookie) if status == 200 else form
            time.sleep(3.2)  # nobody types faster
            if form:
                self.send(f"Message {number}-{count}.", *form, sender=f"10.{number}.{count % 250}.1")

    def send(self, text, fields, cookie, sender):
        """Send a message and remember what its writer was told."""
        said = {"text": text, "name": "Rae", **fields}
        origin = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{self.port}", "X-Forwarded-For": sender}
        status, page, _ = self.ask("POST", "/contact/", urlencode(said), **FORM, **origin)
        if status == 302:
            self.taken.add(text)
        elif "Nothing was stored." in page:
            self.not_stored.add(text)
        else:
            self.unsure.add(text)


def take_away():
    """Take the database away, bring it back, and look at what everybody was told."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="forum-")))
        folder.chmod(0o755)
        database, port = PostgreSQL(folder, a_port()), a_port()
        stack.enter_context(database)
        database.say("CREATE DATABASE forum")
        environment = os.environ | {
            "DEMO": "1", "READ_DOT_ENV": "0", "VAR_DIR": str(folder / "var"), "PORT": str(port), "TRUSTED_PROXIES": "1",
            "DATABASE_URL": f"postgres://postgres@127.0.0.1:{database.port}/forum",
        }  # fmt: skip
        with (folder / "log").open("w") as log:
            serve = [sys.executable, "manage.py", "serve"]
            site = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=log, stderr=log)
        stack.callback(site.wait, 30)
        stack.callback(site.terminate)
        wait_for(port, 120)
        people = People(port)
        crowd = [Thread(target=people.read, args=(n,)) for n in range(2)]
        crowd += [Thread(target=people.write, args=(n,)) for n in range(6)]
        for one in crowd:
            one.start()
        try:
            outage(people, database)
        finally:
            people.going.set()
            for one in crowd:
                one.join()
        report(people, database, (folder / "log").read_text())


def outage(people, database):
    """Let ten seconds pass, take the database away for long, and see the site come back."""
    time.sleep(10)
    database.stop()
    time.sleep(AWAY)
    assert people.ask("GET", "/about/")[0] == 503
    database.start()
    began = time.monotonic()
    while people.ask("GET", "/about/")[0] != 200:
        assert time.monotonic() - began < 10, "It does not come back."
    before = people.answers["GET 503"], people.answers["POST 503"]
    time.sleep(15)
    assert (people.answers["GET 503"], people.answers["POST 503"]) == before, "It came back, and then was away again."


def report(people, database, log):
    """Compare what everybody was told with what is there."""
    there = {*database.say("SELECT text FROM articles_message WHERE text LIKE 'Message %'", "forum").splitlines()}
    told = {"taken": len(people.taken), "not stored": len(people.not_stored), "may be": len(people.unsure)}
    print(dict(people.answers), told)  # noqa: T201
    assert people.taken <= there, people.taken - there
    assert not people.not_stored & there, people.not_stored & there
    assert not people.odd, people.odd[:5]
    assert not people.slow, people.slow[:10]
    assert "Internal Server Error" not in log, log[-3000:]
    assert people.taken
    assert people.not_stored
