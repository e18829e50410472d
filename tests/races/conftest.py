"""Races need rows that other threads can see, so everything here is really committed, and deleted afterwards."""

import os

import pytest
from django.apps import apps
from django.db import connection

from articles.models import Topic
from articles.models.private.locking import Locking
from articles.models.public import months
from comments.models import Discussion
from forum.lib import moves
from tests.races import naive


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """Let a test commit; afterwards only what the migrations brought is left, and all of that."""
    with django_db_blocker.unblock():
        brought = _counted()
        yield
        _empty([table for table, rows in brought.items() if not rows])
        left = _counted()
        connection.close()
    assert left == brought


@pytest.fixture
def topics(db):
    """The topics that the migrations brought, which are called afterwards what they were called before."""
    brought = list(Topic.objects.all())
    yield brought
    Topic.objects.bulk_update(brought, ["name", "slug"])


def _counted():
    """Return how many rows each table has."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"article_search"}
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in sorted(tables)}


def _rows(cursor, table):
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return cursor.fetchone()[0]


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
    months.count_anew()  # no trigger saw it


@pytest.fixture(autouse=True)
def _naive(monkeypatch):
    """With NAIVE=1 let the mechanism be as one would first write it, to see the races fail on PostgreSQL."""
    if os.environ.get("NAIVE"):
        monkeypatch.setattr(moves, "_claim", naive.claim)
        monkeypatch.setattr(Discussion, "_lock", naive.lock)
        monkeypatch.setattr(Locking, "lock", lambda rows: None)
