"""A connection to PostgreSQL that is used again and again, and one that is gone."""

from select import select

import pytest
from django.db import connection, connections

from forum.lib.postgresql import base

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go away.")


class KeptConnection(base.BelievedConnection):
    """A connection that outlives its request; `checks` says how often it was asked whether it is there."""

    checks = 0

    def is_usable(self):
        self.checks += 1
        return super().is_usable()

    def answer(self):
        """Answer a request: return by which process of the server."""
        self.close_if_unusable_or_obsolete()
        with self.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]


@pytest.fixture
def kept(db):
    kept = KeptConnection({**connections["default"].settings_dict, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True})
    yield kept
    kept.close()


def end(process, kept):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    select([kept.connection], [], [], 5)  # until it has heard of it


def test_a_connection_that_answered_a_moment_ago_is_not_asked_again(kept):
    assert len({kept.answer() for _ in range(5)}) == 1
    assert kept.checks == 1  # who opened it knows that it is there, and so does the next for a moment


def test_a_connection_is_asked_once_more_when_the_moment_is_over(kept, monkeypatch):
    for _ in range(3):
        kept.answer()
    monkeypatch.setattr(base, "A_MOMENT", 0)
    kept.answer()
    assert kept.checks == 2


def test_a_connection_that_the_server_ended_is_opened_anew_within_the_moment(kept):
    processes = [kept.answer()]
    for _ in range(2):
        assert kept.answer() == processes[-1]
        end(processes[-1], kept)
        processes.append(kept.answer())
    assert len(set(processes)) == 3
