import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from forum import checks
from forum.lib.sqlite import choice

OLD, SOUND = (3, 40, 1), (3, 51, 3)


def with_sqlite(version, monkeypatch):
    build = SimpleNamespace(sqlite_version_info=version, sqlite_version=".".join(map(str, version)))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(connection, "Database", build)
    return checks.sqlite_is_new_enough(None)


@pytest.mark.parametrize(("version", "said"), [(OLD, 1), ((3, 51, 2), 1), (SOUND, 0), ((4, 0, 0), 0)])
def test_an_old_sqlite_is_mentioned(monkeypatch, version, said):
    assert len(with_sqlite(version, monkeypatch)) == said


def test_postgresql_needs_no_word(monkeypatch):
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert checks.sqlite_is_new_enough(None) == []


@pytest.mark.parametrize(("version", "journal"), [(OLD, "truncate"), ((3, 51, 2), "truncate"), (SOUND, "wal")])
def test_an_sqlite_with_the_fault_keeps_no_write_ahead_log(tmp_path, version, journal):
    kept = sqlite3.connect(tmp_path / "kept.sqlite3")
    kept.executescript(choice.setup(version))
    assert kept.execute("PRAGMA journal_mode").fetchone() == (journal,)
    kept.executescript(choice.setup(SOUND))
    kept.execute("CREATE TABLE pieces (title)")
    kept.executescript(choice.setup(version))  # it was kept with a log before
    assert kept.execute("PRAGMA journal_mode").fetchone() == (journal,)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks the SQLite of these tests")
@pytest.mark.django_db
def test_the_site_writes_as_its_sqlite_can(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        is_sound = connection.Database.sqlite_version_info >= choice.FIXED
        assert cursor.fetchone() == ("wal" if is_sound else "truncate",)


def test_where_the_platforms_sqlite_has_the_fault_django_gets_the_build_without_it():
    said = "from forum.lib.sqlite import choice; build = choice.choose(); from django.db.backends.sqlite3 import base;"
    said += "assert base.Database.sqlite_version_info == build.sqlite_version_info; print(build.sqlite_version_info)"
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, cwd=Path.cwd(), check=True)
    if choice.find_spec("pysqlite3"):
        assert eval(told.stdout) >= choice.FIXED  # noqa: S307 - a tuple of numbers


def test_a_folder_that_others_can_look_into_is_mentioned_once(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "var", tmp_path / "var" / "media"
    assert checks.folders_are_private(None) == []
    settings.MEDIA_ROOT.mkdir(parents=True)
    settings.VAR_DIR.chmod(0o755)
    (said,) = checks.folders_are_private(None)
    assert said.hint == f"chmod -R go= {settings.VAR_DIR}"
    settings.VAR_DIR.chmod(0o700)
    assert checks.folders_are_private(None) == []
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    settings.MEDIA_ROOT.mkdir()
    settings.MEDIA_ROOT.chmod(0o755)
    assert len(checks.folders_are_private(None)) == 1
