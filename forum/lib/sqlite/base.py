"""Django's SQLite, whose writers wait for each other in order.

SQLite has one writer at a time, and lets the others look now and then whether they may: after 1 ms first, after 100 in
the end, so that whoever comes last is likely to be first, and one of a hundred waits for more than a second. Of one
process they wait here, in a line, and are woken. Other processes are met as ever.
"""

import re
import sqlite3
from queue import Empty, SimpleQueue
from time import monotonic

from django.db.backends.sqlite3 import base

from forum.lib.sqlite.turns import turns_of

WRITES = re.compile(r"\s*(?:BEGIN IMMEDIATE|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


class Writer(base.Database.Connection):
    """A connection that has a place in line while it writes or waits for that; with it, its place is gone."""

    place = usual_wait = None

    def __init__(self, database, **more):
        super().__init__(database, **more)
        self.turns = turns_of(database)

    def take_turn(self):
        """Wait until it is this one's turn, and leave SQLite no more time to wait than is left of it."""
        self.end_turn()  # whoever was interrupted may not have come to that
        self.place = SimpleQueue()
        if self.turns.stand(self.place):
            return
        (wait,) = self.execute("PRAGMA busy_timeout").fetchone()  # in milliseconds
        until = monotonic() + wait / 1000
        try:
            self.place.get(timeout=wait / 1000)
        except Empty:
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise busy from None
        self.usual_wait = wait
        self.execute(f"PRAGMA busy_timeout = {max(0, int((until - monotonic()) * 1000))}")

    def end_turn(self):
        """Let the next one write, be this one's turn over or given up."""
        place, self.place = self.place, None
        if place is not None:
            self.turns.leave(place)

    def end_statement(self):
        """End the turn where no transaction goes on, and wait as long as ever from now on."""
        if not self.in_transaction:
            self.end_turn()
        if self.usual_wait is not None:
            self.execute(f"PRAGMA busy_timeout = {self.usual_wait}")
            self.usual_wait = None

    def commit(self):
        """Commit, and end the turn if that could be done."""
        try:
            super().commit()
        finally:
            self.end_statement()

    def rollback(self):
        """Roll back, and end the turn."""
        try:
            super().rollback()
        finally:
            self.end_statement()

    def close(self):
        """Close, and end the turn."""
        try:
            super().close()
        finally:
            self.end_turn()

    __del__ = end_turn


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that waits for its turn before a transaction that writes, or a statement that is one by itself."""

    def execute(self, query, params=None):
        database = self.connection
        try:
            if not database.in_transaction and WRITES.match(query):
                database.take_turn()
            return super().execute(query, params)
        finally:
            database.end_statement()


class Features(base.DatabaseFeatures):
    """What SQLite can do, without trying: Django tries it in a turn, and takes one that is busy for one that cannot."""

    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """A database whose connections write in turns."""

    features_class = Features

    def get_connection_params(self):
        return super().get_connection_params() | {"factory": Writer}

    def create_cursor(self, name=None):
        return self.connection.cursor(factory=Cursor)
