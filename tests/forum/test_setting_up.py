"""The first start of the site: whole or continued, private, and what stands against it is said in a sentence."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import suppress
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from articles.models import Topic
from forum import schema
from forum.environment import Env, kept_secret, read
from forum.management.commands import serve

PATIENCE = 300
NOBODY = "postgres://forum@127.0.0.1:1/forum"


def surroundings(folder, **more):
    """Return an environment in which nothing is set up."""
    base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**base, "READ_DOT_ENV": "0", "DEMO": "1", "VAR_DIR": str(folder), **more}


def manage(*arguments, folder, **more):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=surroundings(folder, **more), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def modes(folder):
    """Return the modes of a folder and of everything in it."""
    everything = [folder, *folder.rglob("*")]
    kinds = ([path for path in everything if path.is_dir() is is_folder] for is_folder in (False, True))
    return tuple({f"{path.stat().st_mode & 0o777:o}" for path in paths} for paths in kinds)


def test_migrating_by_hand_in_a_fresh_clone_makes_a_private_folder_and_every_table(tmp_path):
    folder = tmp_path / "deep" / "var"
    done = manage("migrate", "--verbosity=0", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert modes(folder) == ({"600"}, {"700"})
    with sqlite3.connect(folder / "forum.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM forum_cache").fetchone() == (0,)
    database.close()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL must be"),
        ({"DATABASE_URL": NOBODY}, "The database does not do its part"),
        ({"DATABASE_URL": "sqlite:////nowhere/forum.sqlite3"}, "The database does not do its part"),
        ({"VAR_DIR": "/dev/null/var"}, "VAR_DIR cannot be used: Not a directory"),
    ],
)
def test_what_stands_against_the_first_start_is_said_in_one_sentence(tmp_path, more, said):
    done = manage("migrate", folder=tmp_path, **more)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda env: env.database("NAME", default=""), "nonsense"),
        (lambda env: env.database("NAME", default=""), ""),
        (lambda env: env.database("NAME", default=""), "mysql://root@127.0.0.1/forum"),
        (lambda env: env.database("NAME", default=""), "postgres://u@127.0.0.1:port/forum"),
        (lambda env: env.database("NAME", default=""), "postgres://u@127.0.0.1"),
        (lambda env: env.int("NAME"), "http"),
        (lambda env: env.float("NAME"), "high"),
        (lambda env: env.cached("NAME"), "nonsense"),
        (lambda env: env.cached("NAME"), "dbcache://another"),
        (lambda env: env.post("NAME", default=""), "nonsense"),
        (lambda env: env.zone("NAME", default=""), "Mars/Base"),
        (lambda env: env.zone("NAME", default=""), "../etc"),
        (lambda env: env.level("NAME", default=""), "loud"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(read, value):
    env = Env()
    env.ENVIRON = {"NAME": value}
    with pytest.raises(ImproperlyConfigured, match=r"^NAME"):
        read(env)


def test_who_looks_for_a_mistake_gets_the_traceback(tmp_path):
    assert "Traceback" in manage("check", "--traceback", folder=tmp_path, PORT="http").stderr


def test_a_taken_port_is_said_before_anything_is_prepared(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = manage("serve", folder=tmp_path, PORT=port)
    assert done.returncode == 1
    assert f"Somebody else listens at 127.0.0.1:{port} already. Choose another" in done.stderr
    assert not (tmp_path / "forum.sqlite3").exists()


@pytest.mark.parametrize("half", [b"", b"\xff\xfe" * 60], ids=["the disk was full", "the disk is broken"])
def test_half_a_secret_is_made_anew_and_a_whole_one_is_kept(tmp_path, half):
    (tmp_path / "secret").write_bytes(half)
    first = kept_secret(tmp_path)
    assert len(first) >= 50
    assert kept_secret(tmp_path) == first
    assert [(path.name, f"{path.stat().st_mode & 0o777:o}") for path in tmp_path.iterdir()] == [("secret", "600")]


def test_two_first_starts_at_once_have_one_secret(tmp_path):
    ask = "import pathlib, sys, forum.environment as env; print(env.kept_secret(pathlib.Path(sys.argv[1])))"
    starts = [
        subprocess.Popen([sys.executable, "-c", ask, tmp_path], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    secrets = {start.communicate()[0] for start in starts}
    assert secrets == {(tmp_path / "secret").read_text() + "\n"}


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_left_alone():
    MigrationRecorder(connection).record_applied("articles", "0999_of_next_year")
    with pytest.raises(CommandError, match=r"newer version of this program, which has also taken articles\.0999"):
        serve.Command().migrate()


@pytest.fixture
def of_earlier_steps(db):
    """A database that has taken every step by itself, before they were put together; returns what they are now."""
    now = {step for step, migration in MigrationLoader(connection).disk_migrations.items() if migration.replaces}
    for step in now:
        MigrationRecorder(connection).record_unapplied(*step)
    return now


def test_a_database_of_the_earlier_steps_takes_nothing_again_and_keeps_its_rows(of_earlier_steps, article):
    Topic.objects.filter(slug="space").update(name="Beyond the sky")
    kept = [everything(model) for model in apps.get_models()]
    assert (len(of_earlier_steps), schema.missing(), schema.unknown()) == (5, [], [])
    call_command("migrate", verbosity=0)
    taken = MigrationRecorder(connection).applied_migrations()
    assert {step for step in taken if step in of_earlier_steps} == of_earlier_steps
    assert [everything(model) for model in apps.get_models()] == kept


def everything(model):
    return [*model.objects.order_by("pk").values()]


def test_earlier_steps_are_still_known_once_their_files_are_gone(of_earlier_steps, monkeypatch):
    load = MigrationLoader.load_disk

    def load_what_is_left(loader):
        load(loader)
        for step in of_earlier_steps:
            for earlier in loader.disk_migrations[step].replaces:
                del loader.disk_migrations[earlier]

    monkeypatch.setattr(MigrationLoader, "load_disk", load_what_is_left)
    assert (schema.missing(), schema.unknown()) == ([], [])


@pytest.mark.django_db
def test_a_demonstration_that_is_cut_off_is_loaded_wholly_by_the_next_start(monkeypatch):
    monkeypatch.setattr("forum.demo.load.Newsroom", lambda accounts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("demo")
    assert not User.objects.exists()


def test_static_files_that_were_not_finished_are_collected_again_even_after_going_back(settings, tmp_path, monkeypatch):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    start, found, collected = serve.Command(stdout=StringIO()), [], []

    def collect(*arguments, **options):
        collected.append(found[-1])
        if found[-1] == "new":
            raise KeyboardInterrupt

    monkeypatch.setattr(serve, "call_command", collect)
    monkeypatch.setattr(serve, "static_files", lambda: found[-1:])
    for version in ("old", "old", "new", "old", "old"):
        found.append(version)
        with suppress(KeyboardInterrupt):
            start.collect_static()
    assert collected == ["old", "new", "old"]


def test_what_env_says_holds_for_gunicorn_too_and_leaves_the_process_as_it_is(tmp_path, monkeypatch):
    monkeypatch.delenv("THREADS", raising=False)
    monkeypatch.delenv("READ_DOT_ENV", raising=False)
    file = tmp_path / ".env"
    file.write_text("THREADS=3\n")
    assert read(file).int("THREADS", default=8) == 3
    assert "THREADS" not in os.environ
    file.write_text("THREADS=4\n")
    assert read(file).int("THREADS", default=8) == 4
    monkeypatch.setenv("THREADS", "5")
    assert read(file).int("THREADS", default=8) == 5
