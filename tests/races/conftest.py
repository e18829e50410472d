"""Races need rows that other threads can see, so everything here is really committed, and deleted afterwards."""

import pytest
from django.apps import apps
from django.db import connection


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """Let a test commit; afterwards only what the migrations brought is left."""
    with django_db_blocker.unblock():
        brought = _tables_with_rows()
        yield
        _empty([table for table in _tables() if table not in brought])
        connection.close()


def _tables():
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"article_search"})


def _tables_with_rows():
    with connection.cursor() as cursor:
        return {table for table in _tables() if _has_rows(cursor, table)}


def _has_rows(cursor, table):
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
    return bool(cursor.fetchone()[0])


def _empty(tables):
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute(on)
