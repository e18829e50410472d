"""Django's SQLite, whose writers wait for each other in order.

SQLite has one writer at a time, and lets the others look now and then whether they may: after 1 ms first, after 100 in
the end, so that whoever comes last is likely to be first, and one of a hundred waits for more than a second. Of one
process they wait here, in a queue, and are woken. Other processes are met as ever.
"""

import re
import sqlite3

from django.db.backends.sqlite3 import base

from forum.lib.sqlite.turns import Turns

WRITES = re.compile(r"\s*(?:BEGIN IMMEDIATE|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)

turns = Turns()


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits for its turn before a transaction that writes, or a statement that is one by itself."""

    def execute(self, query, params=None):
        database = self.connection
        if not database.in_transaction and WRITES.match(query):
            _wait(database)
        try:
            return super().execute(query, params)
        finally:
            _end(database)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that ends its turn with its transaction."""

    def create_cursor(self, name=None):
        return self.connection.cursor(factory=Cursor)

    def _commit(self):
        try:
            return super()._commit()
        finally:
            _end(self.connection)

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            _end(self.connection)

    def _close(self):
        try:
            return super()._close()
        finally:
            turns.end(self.connection)


def _wait(database):
    seconds = database.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    if not turns.take(database, seconds):
        busy = sqlite3.OperationalError("database is locked")
        busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise busy


def _end(database):
    if database is not None and not database.in_transaction:
        turns.end(database)
