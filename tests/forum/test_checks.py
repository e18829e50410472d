import pytest
from django.db import connection

from forum import checks


@pytest.mark.parametrize(("version", "said"), [((3, 40, 1), 1), ((3, 51, 2), 1), ((3, 51, 3), 0), ((4, 0, 0), 0)])
def test_an_old_sqlite_with_several_processes_is_mentioned(monkeypatch, settings, version, said):
    settings.WEB_CONCURRENCY = 2
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", version)
    assert len(checks.sqlite_is_new_enough(None)) == said


def test_one_process_needs_no_word(monkeypatch, settings):
    settings.WEB_CONCURRENCY = 1
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 40, 1))
    assert checks.sqlite_is_new_enough(None) == []


def test_postgresql_needs_none_either(monkeypatch, settings):
    settings.WEB_CONCURRENCY = 2
    monkeypatch.setattr(connection, "vendor", "postgresql")
    assert checks.sqlite_is_new_enough(None) == []
