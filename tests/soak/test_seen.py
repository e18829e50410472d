"""Four processes and nginx in front of one database: what was changed is seen by every reader a second later."""

import os
import random
import re
import time
from contextlib import closing
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Topic
from bench.fronts import before
from bench.load import Caller, request
from bench.servers import Place
from comments.models import Comment
from forum.pages.models import SiteSettings
from tests import makers
from tests.comments import making
from tests.operations import fronting
from tests.races.conftest import db, topics
from tests.soak.conftest import known_as

__all__ = ["db", "topics"]
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(not fronting.NGINX, reason="nginx is not installed (apt install nginx)"),
]
CHANGES = 10 * int(os.environ.get("RACES", "3"))
A_SECOND = 1
READERS, EACH_WAITS = 8, 0.02  # seconds; without a wait they leave the desk no processor


class Desk:
    """Changes what readers see; each way returns an address and what must, or must not, be read there from then on."""

    def __init__(self, people):
        self.rosa, self.sami, self.mina, self.edith, self.maggie = people
        self.count = 0
        self.ways = [
            self.publish, self.amend, self.remove, self.approve, self.hide, self.withdraw, self.rename, self.settings,
            self.topic, self.comes_out,
        ]  # fmt: skip

    def word(self):
        self.count += 1
        return f"Word{self.count:05}x"

    def change(self):
        """Do one of all; return what holds from which moment on."""
        path, gone, there, at = random.choice(self.ways)()
        return path, gone, there, at or time.time()

    def piece(self, title=None):
        return makers.an_article(self.sami, self.edith, self.maggie, title=title or self.word())

    def publish(self):
        piece = self.piece()
        return "/", None, piece.title, None

    def amend(self):
        piece, new = self.piece(), self.word()
        old = piece.title
        piece.amend(by=self.maggie, change="correction", note="A word.", title=new)
        return piece.get_absolute_url(), old, new, None

    def remove(self):
        piece = self.piece()
        piece.remove(by=self.maggie, notice="This piece was removed.")
        return random.choice([piece.get_absolute_url(), "/"]), piece.title, None, None

    def comment(self):
        piece = self.piece()
        self.ask(piece.get_absolute_url())
        return piece.get_absolute_url(), making.a_comment(piece, by=self.rosa, text=f"{self.word()} is said.")

    def approve(self):
        path, comment = self.comment()
        comment.approve(by=self.mina)
        return path, None, comment.current.text, None

    def hide(self):
        path, comment = self.comment()
        comment.approve(by=self.mina)
        self.ask(path)
        comment.hide(by=self.mina, rule=making.a_rule())
        return path, comment.current.text, None, None

    def withdraw(self):
        path, comment = self.comment()
        comment.approve(by=self.mina)
        self.ask(path)
        comment.withdraw(by=self.rosa)
        return path, comment.current.text, None, None

    def rename(self):
        path, comment = self.comment()
        comment.approve(by=self.mina)
        self.ask(path)
        old, self.rosa.name = self.rosa.name, f"Rosa {self.word()}"
        with transaction.atomic():
            self.rosa.save(update_fields=["name"])
            Comment.objects.put_name(self.rosa)
        return path, old if old != "Rosa Reader" else None, None, None

    def settings(self):
        old, new = SiteSettings.get().tagline, self.word()
        SiteSettings.objects.update(tagline=new)
        return random.choice(["/", "/about/", "/archive/"]), old, None, None

    def topic(self):
        topic, new = Topic.objects.get(slug="diplomacy"), self.word()
        Topic.objects.filter(pk=topic.pk).update(name=new)
        return random.choice(["/", "/topics/diplomacy/"]), topic.name, None, None

    def comes_out(self):
        piece = makers.a_ready(self.sami, self.edith, title=self.word())
        at = timezone.now() + timedelta(seconds=2)
        piece.publish(by=self.maggie, at=at)
        return "/", None, piece.title, at.timestamp()


class Readers:
    """Readers who ask for what was changed lately, all the time."""

    def __init__(self, port):
        self.port, self.told, self.wrong, self.asked, self.is_over = port, [], [], 0, False
        self.threads = [Thread(target=self.read) for _ in range(READERS)]

    def read(self):
        with closing(Caller(self.port, is_secure=True)) as caller:
            while not self.is_over:
                if lately := self.told[-12:]:
                    self.look(caller, *random.choice(lately))
                time.sleep(EACH_WAITS)

    def look(self, caller, path, gone, there, at):
        began = time.time()
        status, _, body = caller.ask(request(path, **{"accept-encoding": "identity"}))
        self.asked += 1
        text = re.sub(r"\s+", " ", body.decode())
        is_wrong = (gone and gone in text) or (there and there not in text)
        if status >= 500 or (began > at + A_SECOND and is_wrong):
            self.wrong.append((status, path, gone if gone and gone in text else None, there, round(began - at, 2)))


def test_no_reader_sees_a_second_later_what_was_changed(topics, tmp_path, rosa, sami, mina, edith, maggie):
    place = Place(tmp_path, known_as(connection))
    place.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    Topic.objects.filter(slug="diplomacy").update(name="Word00000x")
    with place.served(WEB_CONCURRENCY="4") as site, before([site], tmp_path / "nginx") as front:
        readers, desk = Readers(front.port), Desk([rosa, sami, mina, edith, maggie])
        with closing(Caller(front.port, is_secure=True)) as caller:
            desk.ask = lambda path: caller.ask(request(path))
            for reader in readers.threads:
                reader.start()
            for _ in range(CHANGES):
                readers.told.append(desk.change())
                time.sleep(0.05)
            time.sleep(3)
        readers.is_over = True
        for reader in readers.threads:
            reader.join(20)
    SiteSettings.objects.update(tagline=SiteSettings._meta.get_field("tagline").default)
    assert readers.wrong == []
    assert readers.asked > CHANGES
