"""No kept page is ever older than what stands in the database, whoever writes there and however."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from threading import Barrier, Event, Thread
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import User
from articles import openness
from articles.models import Topic
from comments.models import Discussion
from forum import figures, fresh
from forum.lib import version
from forum.lib.openness import Figures
from forum.lib.web.kept import WATCH, key_of, remembered
from tests import makers
from tests.comments import making
from tests.kept import Front
from tests.races.together import together
from tests.soak.people import session_of

TOPIC = "/topics/diplomacy/"
pytestmark = pytest.mark.usefixtures("topics")
ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time"
)


@pytest.fixture
def front(db):
    """One process, whose site has nothing else in hand."""
    return Front()


@pytest.fixture
def clock():
    """A clock that goes on from noon when the test says so: no label is too old by itself, and no day ends."""
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=100_000)
    with time_machine.travel(noon, tick=False) as clock:
        yield clock


def name_it(name):
    Topic.objects.filter(slug="diplomacy").update(name=name)


def afterwards(front, clock, path=TOPIC):
    """Return a page as it is half a second later."""
    clock.shift(0.6)
    return front.read(path)


def elsewhere(work):
    """Let somebody else do it, through a connection of her own."""
    failures = []

    def run():
        try:
            work()
        except DatabaseError as failure:
            failures.append(failure)
        finally:
            connection.close()

    other = Thread(target=run)
    other.start()
    other.join(20)
    assert not failures, failures


def test_a_page_is_made_once_while_nothing_changes(front, clock):
    first, again = front.ask(TOPIC), front.ask(TOPIC)
    assert first.body == again.body
    assert front.made == [TOPIC]


def test_a_change_shows_half_a_second_later(front, clock):
    front.read(TOPIC)
    elsewhere(lambda: name_it("Envoys"))
    assert "Envoys" in afterwards(front, clock)


def test_whoever_changes_something_here_sees_it_at_once(front, clock):
    front.read(TOPIC)
    name_it("Envoys")
    front.ask("/contact/", "POST")
    assert "Envoys" in front.read(TOPIC)


def test_readers_find_what_many_write_at_once_half_a_second_later_and_not_a_page_for_each(front, clock):
    for name in ("Envoys", "Consuls", "Heralds"):
        front.read(TOPIC)
        name_it(name)
        front.ask("/contact/", "POST")
    assert ("Envoys" in front.read(TOPIC), front.made.count(TOPIC)) == (True, 2)
    assert "Heralds" in afterwards(front, clock)


def test_whoever_changes_something_here_a_while_after_somebody_else_sees_it_at_once(front, clock):
    front.ask("/contact/", "POST")
    clock.shift(0.5)
    front.read(TOPIC)
    name_it("Envoys")
    front.ask("/contact/", "POST")
    assert "Envoys" in front.read(TOPIC)


def test_whoever_changes_something_here_while_the_version_is_read_sees_it_at_once(db, clock):
    meanwhile = []

    def read():
        found = fresh.read()
        while meanwhile:
            meanwhile.pop()()
        return found

    def change():
        name_it("Envoys")
        clock.shift(0.01)
        front.ask("/contact/", "POST")

    front = Front(read=read)
    front.read(TOPIC)
    clock.shift(0.6)
    meanwhile.append(change)
    front.read("/about/")
    assert "Envoys" in front.read(TOPIC)


def test_what_is_changed_after_the_database_was_put_back_is_not_taken_for_what_was_lost(front, clock):
    kept = version.read(fresh.TABLES, [])[0]
    name_it("Envoys")
    assert "Envoys" in afterwards(front, clock)
    version.due()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forum_change SET n = %s", [kept])
    name_it("Consuls")
    assert "Consuls" in afterwards(front, clock)


@ON_POSTGRESQL
def test_a_slow_commit_beside_a_fast_one_shows_too(front, clock):
    written, go, over = Event(), Event(), Event()

    def slow():
        with transaction.atomic():
            name_it("Slowly")
            written.set()
            go.wait(20)
        over.set()
        connection.close()

    Thread(target=slow).start()
    written.wait(20)
    elsewhere(lambda: Topic.objects.filter(slug="elections").update(name="Fast"))
    assert "Fast" in afterwards(front, clock)
    go.set()
    over.wait(20)
    assert "Slowly" in afterwards(front, clock)


@ON_POSTGRESQL
def test_nobody_who_writes_waits_for_another_one_who_does(front):
    def impatient():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        Topic.objects.filter(slug="elections").update(name="Fast")

    with transaction.atomic():
        name_it("Slowly")
        elsewhere(impatient)


def test_what_is_committed_while_a_page_is_made_shows_next_time(front, clock):
    def meanwhile():
        elsewhere(lambda: name_it("Envoys"))
        clock.shift(0.6)

    front.meanwhile = meanwhile
    assert "Envoys" not in front.read(TOPIC)
    front.meanwhile = lambda: None
    assert "Envoys" in afterwards(front, clock)
    assert front.made == [TOPIC, TOPIC]


def test_a_page_that_took_longer_than_the_next_version_is_not_taken_for_it(front, clock):
    def meanwhile():
        front.meanwhile = lambda: None
        elsewhere(lambda: name_it("Envoys"))
        clock.shift(0.6)
        front.read("/about/")  # by which the store learns of it

    front.meanwhile = meanwhile
    assert "Envoys" not in front.read(TOPIC)
    assert "Envoys" in front.read(TOPIC)


def test_what_is_committed_between_the_version_and_the_page_is_not_taken_for_older(db, clock):
    def read():
        found = fresh.read()
        elsewhere(lambda: name_it(f"Envoys {found[0]}"))
        return found

    front = Front(read=read)
    assert "Envoys" in front.read(TOPIC)
    assert "Envoys" in afterwards(front, clock)
    assert front.made == [TOPIC, TOPIC]


def test_what_is_undone_changes_nothing_and_what_is_kept_beside_it_does(front, clock):
    front.read(TOPIC)
    with transaction.atomic():
        name_it("Envoys")
        transaction.set_rollback(True)
    afterwards(front, clock)
    assert front.made == [TOPIC]
    with transaction.atomic():
        with transaction.atomic():
            name_it("Envoys")
            transaction.set_rollback(True)
        Topic.objects.filter(slug="elections").update(name="Beside")
    assert "Beside" in afterwards(front, clock)


def test_what_reached_the_database_just_before_a_process_died_shows(front, clock):
    front.read(TOPIC)
    connection.close()
    then_dies = (
        "import os, signal, django; django.setup()\n"
        "from django.db import connection\n"
        f"connection.settings_dict['NAME'] = {str(connection.settings_dict['NAME'])!r}\n"
        "from articles.models import Topic\n"
        "Topic.objects.filter(slug='diplomacy').update(name='Last words')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", then_dies], env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}, check=False
    )
    assert found.returncode == -9
    assert "Last words" in afterwards(front, clock)


def test_whoever_is_signed_in_finds_the_sections_as_they_are_half_a_second_later(front, clock, rosa):
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(rosa)}"
    assert "Sign out" in front.read("/about/", cookie=cookie)
    elsewhere(lambda: name_it("Envoys"))
    clock.shift(0.6)
    page = front.read("/about/", cookie=cookie)
    assert ("Envoys" in page, "Rosa" in front.read("/about/")) == (True, False)


def test_nothing_is_remembered_that_may_be_undone(front, clock):
    front.read("/about/")
    request = SimpleNamespace(environ={WATCH: front.pages.watch}, method="GET")
    with transaction.atomic():
        name_it("Envoys")
        assert remembered(request, "name", lambda: Topic.objects.get(slug="diplomacy").name) == "Envoys"
        transaction.set_rollback(True)
    assert remembered(request, "name", lambda: Topic.objects.get(slug="diplomacy").name) == "Diplomacy"


def test_what_is_remembered_is_made_once_for_each_version(front, clock):
    request, made = SimpleNamespace(environ={WATCH: front.pages.watch}, method="GET"), []
    for _ in range(2):
        remembered(request, "name", lambda: made.append("made"))
    name_it("Envoys")
    clock.shift(0.6)
    remembered(request, "name", lambda: made.append("anew"))
    assert made == ["made", "anew"]


def test_rows_written_past_every_verb_show(front, clock):
    ways = [
        lambda: Topic.objects.bulk_create([Topic(name="In bulk", slug="in-bulk", position=90)]),
        lambda: Topic.objects.filter(slug="in-bulk").delete(),
        lambda: connection.cursor().execute("UPDATE articles_topic SET name = 'By hand' WHERE slug = 'elections'"),
    ]
    for way in ways:
        before = front.read(TOPIC)
        way()
        assert afterwards(front, clock) != before


def test_what_nobody_sees_changes_nothing(front, clock, rosa):
    front.read(TOPIC)
    rosa.last_login = timezone.now()
    rosa.save(update_fields=["last_login"])
    afterwards(front, clock)
    assert front.made == [TOPIC]


def test_a_piece_comes_out_without_anybody_doing_anything(front, clock, sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie, title="Treaties at dawn", days=1)
    clock.shift(1)
    assert "Treaties at dawn" not in front.read("/")
    clock.move_to(piece.article.published_at - timedelta(seconds=0.1))
    assert "Treaties at dawn" not in front.read("/")
    clock.shift(0.2)
    assert "Treaties at dawn" in front.read("/")


def test_the_date_changes_at_midnight(front, clock):
    today = front.read(TOPIC)
    clock.move_to(fresh.midnight() - timedelta(seconds=0.2))
    assert front.read(TOPIC) == today
    clock.shift(0.3)
    assert front.read(TOPIC) != today


def test_a_hidden_comment_is_back_in_time(front, clock, sami, edith, maggie, rosa, mina):
    piece = makers.an_article(sami, edith, maggie)
    comment = making.a_comment(piece, by=rosa, text="Nobody asked me.")
    comment.approve(by=mina)
    comment.hide(by=mina, rule=making.a_rule())
    clock.shift(1)
    path = piece.get_absolute_url()
    assert "Nobody asked me." not in front.read(path)
    clock.move_to(comment.hidden_until - timedelta(seconds=0.1))
    assert "Nobody asked me." not in front.read(path)
    clock.shift(0.3)
    assert "Nobody asked me." in front.read(path)


def test_a_discussion_closes_in_time(front, clock, sami, edith, maggie):
    piece = makers.an_article(sami, edith, maggie)
    discussion = Discussion.of(piece)
    clock.shift(1)
    path = piece.get_absolute_url()
    clock.move_to(discussion.closes_at - timedelta(seconds=0.1))
    assert "This discussion is closed" not in front.read(path)
    clock.shift(0.3)
    assert "This discussion is closed" in front.read(path)


def test_a_page_that_was_made_for_long_is_not_served_after_its_time(front, clock, sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie, title="Treaties at dawn", days=1)
    clock.move_to(piece.article.published_at - timedelta(seconds=0.1))
    front.meanwhile = lambda: clock.shift(0.2)
    front.read("/")
    front.meanwhile = lambda: None
    assert "Treaties at dawn" in front.read("/")


def test_a_page_is_made_where_a_table_is_not_watched(front, clock):
    with transaction.atomic(), connection.cursor() as cursor:
        table, name = min(version._watched())
        cursor.execute(version._database().DROP.format(table=table, name=name))
    try:
        front.read(TOPIC), front.read(TOPIC)
        assert front.made == [TOPIC, TOPIC]
    finally:
        before = version.read(fresh.TABLES, [])[0]
        fresh.watch()
    assert before is None
    afterwards(front, clock), front.read(TOPIC)
    assert front.made == [TOPIC, TOPIC, TOPIC]


def test_a_reader_who_asks_while_another_one_does_looks_again_and_asks_nothing(db):
    asked, go = [], Event()

    def read():
        asked.append(threading.get_ident())
        go.wait(20)
        return fresh.read()

    front = Front(read=read)
    answers = []

    def come():
        answers.append(front.ask(TOPIC).status)
        connection.close()

    with time_machine.travel(timezone.now().replace(microsecond=0), tick=False):
        readers = [Thread(target=come) for _ in range(4)]
        for reader in readers:
            reader.start()
        time.sleep(0.2)
        go.set()
        for reader in readers:
            reader.join(20)
    assert (answers, len(asked)) == ([200] * 4, 1)


def test_a_version_is_as_old_as_the_question_about_it(db, clock):
    asked = []

    def read():
        asked.append(time.time())
        found = fresh.read()
        clock.shift(0.3)
        return found

    front = Front(read=read)
    front.read(TOPIC)
    clock.shift(0.3)
    front.read(TOPIC)
    assert len(asked) == 2


def test_readers_who_come_together_after_a_change_have_a_page_made_once(front, clock):
    front.read(TOPIC)
    name_it("Envoys")
    clock.shift(0.6)
    front.read("/about/")
    go, answers, front.made[:] = Event(), [], []
    front.meanwhile = lambda: go.wait(20)

    def come():
        answers.append(front.ask(TOPIC).status)
        connection.close()

    readers = [Thread(target=come) for _ in range(4)]
    for reader in readers:
        reader.start()
    time.sleep(0.2)
    go.set()
    for reader in readers:
        reader.join(20)
    assert (answers, front.made) == ([200] * 4, [TOPIC])


def test_what_is_not_kept_is_made_for_all_at_once(front):
    together_there = Barrier(4)
    front.meanwhile = lambda: together_there.wait(20)
    answers = together(*[lambda: front.ask("/contact/").status] * 4)
    assert answers == [200] * 4


@ON_POSTGRESQL
@pytest.mark.parametrize("model", [Topic, User])
def test_a_column_that_is_watched_can_be_changed_later(db, model):
    old = model._meta.get_field("name")
    new = old.clone()
    new.max_length += 1
    new.set_attributes_from_name("name")
    new.model = model
    fresh.unwatch(plan=["a step"])
    try:
        for before, after in [(old, new), (new, old)]:
            with connection.schema_editor() as editor:
                editor.alter_field(model, before, after)
            assert version.read(fresh.TABLES, [])[0] is None
    finally:
        fresh.watch()
    assert version.read(fresh.TABLES, [])[0]


def test_a_column_that_is_watched_from_now_on_is_watched_in_a_database_that_is_there(db):
    more = {**fresh.TABLES, "accounts_user": ("name", "is_active", "is_superuser", "email")}
    try:
        before = version.read(more, [])[0]
        version.watch(more)
        assert (before, version.read(more, [])[0] is None, version.read(fresh.TABLES, [])[0]) == (None, False, None)
    finally:
        fresh.watch()


def test_what_counts_changes_can_be_taken_away_and_put_back(db):
    version.drop_table()
    with pytest.raises(DatabaseError):
        version.read(fresh.TABLES, [])
    version.make_table()
    fresh.watch()
    assert version.read(fresh.TABLES, [])[0]


def test_numbers_that_are_counted_anew_are_on_the_page_half_a_second_later(front, clock, monkeypatch):
    front.read("/transparency/figures.csv")
    monkeypatch.setattr(openness, "figures", lambda told: [Figures.of("Pieces", {2026: {"Came": 4711}}, notes="")])
    figures.due()
    assert "4711" in afterwards(front, clock, "/transparency/figures.csv")


def test_nobody_waits_for_ever_for_a_page_that_somebody_else_makes(front, clock, monkeypatch):
    monkeypatch.setattr("forum.lib.web.kept.PATIENCE", 0.1)
    front.pages.store._known = {key_of(front.environ(TOPIC))}
    with front.pages.store.one_maker(key_of(front.environ(TOPIC))):
        assert front.ask(TOPIC).status == 200


def test_where_the_version_cannot_be_read_nothing_is_kept_and_nobody_hangs(db, monkeypatch):
    def fails():
        raise KeyError

    front = Front(read=fails)
    for _ in range(2):
        with pytest.raises(KeyError):
            front.ask(TOPIC)
    monkeypatch.setattr("forum.lib.web.kept.PATIENCE", 0.1)
    front = Front()
    front.pages.watch._asking.acquire()  # somebody asks, and gets no answer
    assert [front.ask(TOPIC).status for _ in range(2)] == [200, 200]
    assert front.made == [TOPIC, TOPIC]


def test_without_a_database_a_page_is_refused_although_it_is_kept(front, clock, monkeypatch):
    front.read(TOPIC)
    clock.shift(0.6)

    def away(*_):
        raise OperationalError

    monkeypatch.setattr(version, "read", away)
    answer = front.ask(TOPIC)
    assert (answer.status, "X-Accel-Expires" in answer.headers) == (503, False)


@ON_POSTGRESQL
def test_rows_of_changes_are_added_up_and_the_version_stays(db):
    for name in ("One", "Two", "Three"):
        name_it(name)
    before = version.read(fresh.TABLES, [])
    version.due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM forum_change")
        assert cursor.fetchone()[0] == 1
    assert version.read(fresh.TABLES, []) == before
    name_it("Four")
    assert version.read(fresh.TABLES, [])[0] > before[0]
