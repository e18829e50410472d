"""A site that is killed while people use it: nothing acknowledged is lost, and nothing is there twice."""

import os
import random
import sqlite3
import time
from collections import Counter
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests import mailserver
from tests.operations.fronting import a_port
from tests.soak.browsing import Browser
from tests.soak.served import Served

pytestmark = pytest.mark.soak
KILLS = int(os.environ.get("RACES", "3"))
SAMPLE = Path(settings.BASE_DIR, "forum/demo/sample.docx").read_bytes()
PATIENCE = 90  # seconds


@contextmanager
def a_database(folder):
    """Return the settings of an empty database of the kind these tests run on, and a function that asks it."""
    if connection.vendor == "sqlite":
        yield {}, lambda sql: sqlite3.connect(folder / "forum.sqlite3").execute(sql).fetchall()
        return
    known = settings.DATABASES["default"]
    server = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as postgres:
        name = f"forum_killed_{os.getpid()}"
        postgres.execute(f"CREATE DATABASE {name}")
        with psycopg.connect(f"{server}/{name}", autocommit=True) as asked:
            yield {"DATABASE_URL": f"{server}/{name}"}, lambda sql: asked.execute(sql).fetchall()
        postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


class People:
    """Five people at work until told to stop; each keeps what the site has acknowledged."""

    def __init__(self, port, known):
        self.known, self.stopping, self.wrong = known, Event(), []
        self.acknowledged = {verb: [] for verb in ("comment", "decide", "upload", "take_up", "publish")}
        self.browsers = {name: Browser(port, session) for name, session in known["sessions"].items()}
        self.threads = [Thread(target=self._work, args=(work,), name=work.__name__) for work in (
            self.rosa_comments, self.ines_comments, self.mina_decides, self.sami_uploads, self.edith_takes_up,
            self.maggie_publishes,
        )]  # fmt: skip

    def _work(self, work):
        for number in count():
            if self.stopping.is_set() or work(number) is StopIteration:
                return

    def _take(self, verb, what, answer, *, expected=302):
        if answer[0] == expected:
            self.acknowledged[verb].append(what)
        elif answer[0] >= 500:
            self.wrong.append((verb, what, answer))

    def _comments(self, browser, words):
        target, _ = browser.form(self.known["article"], "/comments/$")
        _, _, page = browser.insist(target, f"text={words.replace(' ', '+')}")
        self._take("comment", words, browser.press(f"{target}post/", {"text": words, "key": _key(page)}))

    def rosa_comments(self, number):
        self._comments(self.browsers["rosa"], f"Fog number {number} is a fact.")

    def ines_comments(self, number):
        self._comments(self.browsers["ines"], f"Mist number {number} is an opinion.")

    def mina_decides(self, _):
        mina = self.browsers["mina"]
        _, _, page = mina.insist("/admin/comments/")
        for pk in _waiting(page)[:1]:
            if found := mina.form(f"/admin/comments/{pk}/", f"/{pk}/approve/$"):
                self._take("decide", pk, mina.press(*found))
        time.sleep(0.2)

    def sami_uploads(self, number):
        if answer := self.browsers["sami"].send_file("/get-published/new/", f"essay-{number}.docx", SAMPLE):
            self._take("upload", f"essay-{number}.docx", answer)
        time.sleep(0.5)

    def edith_takes_up(self, number):
        return self._presses("edith", "take_up", "", self.known["submitted"][number : number + 1])

    def maggie_publishes(self, number):
        codes = self.known["ready"][number : number + 1]
        return self._presses("maggie", "publish", "publish/", codes, when="now", shown="now")

    def _presses(self, name, verb, below, codes, **said):
        browser = self.browsers[name]
        for code in codes:
            if found := browser.form(f"/admin/submissions/{code}/{below}", f"/{code}/{verb}/$"):
                target, fields = found
                self._take(verb, code, browser.press(target, {**fields, **said}))
            time.sleep(0.2)
        return None if codes else StopIteration

    @contextmanager
    def at_work(self):
        for thread in self.threads:
            thread.start()
        yield
        self.stopping.set()
        for thread in self.threads:
            thread.join(120)


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path):
    with mailserver.serving() as post, a_database(tmp_path) as (database, ask):
        site = Served(tmp_path, database, a_port(), post.port)
        known = site.build(min(10 + KILLS, 60))
        site.start()
        people = People(site.port, known)
        with people.at_work():
            for _ in range(KILLS):
                time.sleep(random.uniform(0.3, 2.0))
                site.kill()
            wait_until(lambda: all(people.acknowledged.values()), PATIENCE)
        unsent = "SELECT count(*) FROM accounts_delivery WHERE sent_at IS NULL AND dropped_at IS NULL"
        wait_until(lambda: ask(unsent) == [(0,)], PATIENCE + KILLS)
        site.end()
        assert people.wrong == []
        assert_all_is_there_once(people.acknowledged, ask, tmp_path)
        assert ask(unsent) == [(0,)]
        assert_letters_arrived_once(post.letters, ask)


def wait_until(comes, patience):
    until = time.monotonic() + patience
    while not comes() and time.monotonic() < until:
        time.sleep(0.3)


def assert_all_is_there_once(acknowledged, ask, folder):
    comments = Counter(text for (text,) in ask("SELECT text FROM comments_commentrevision"))
    assert set(acknowledged["comment"]) <= set(comments)
    assert set(comments.values()) == {1}
    decided = Counter(pk for (pk,) in ask("SELECT comment_id FROM comments_commentevent WHERE verb = 'approve'"))
    assert {int(pk) for pk in acknowledged["decide"]} <= set(decided)
    assert set(decided.values()) <= {1}
    files = dict(ask("SELECT name, file FROM articles_upload"))
    assert set(acknowledged["upload"]) <= set(files)
    assert [path for path in files.values() if not (folder / "media" / path).is_file()] == []
    for verb in ("take_up", "publish"):
        done = "SELECT s.code FROM articles_submissionevent e JOIN articles_submission s ON s.id = e.submission_id"
        moved = Counter(code for (code,) in ask(f"{done} WHERE e.verb = '{verb}'"))
        assert set(acknowledged[verb]) <= set(moved)
        assert set(moved.values()) == {1}
    assert all(acknowledged.values())
    if connection.vendor == "sqlite":
        assert ask("PRAGMA integrity_check") == [("ok",)]


def assert_letters_arrived_once(letters, ask):
    """A server that takes a letter and a sender that is killed before it hears so make two, by one name."""
    arrived = Counter(letter["Message-ID"] for _, letter in letters)
    assert len(arrived) == ask("SELECT count(*) FROM accounts_delivery WHERE sent_at IS NOT NULL")[0][0]
    assert sum(arrived.values()) - len(arrived) <= KILLS


def _key(page):
    return page.decode().partition('name="key" value="')[2].partition('"')[0]


def _waiting(page):
    return [part.partition("/")[0] for part in page.decode().split('href="/admin/comments/')[1:] if part[:1].isdigit()]
