"""Questions, and changes, whose SQL is written once: that takes Django longer than the database takes to answer.

    @asked
    def neighbours():
        return Article.objects.listed(at=NOW).related_to(Given("topic", IntegerField()))

    neighbours(topic=3)

A question knows nothing but what it is given: its function takes no argument, so that no piece and no person can stay
in it, and a moment that stays in it is refused.

It is asked anew each time. Where its rows come as they came lately, what was made of them is given out again: Django
reads a column more slowly than the database finds it.
"""

import json
import re
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import chain
from sys import getsizeof
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import BigIntegerField, DateTimeField, Expression, QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable
from django.db.models.sql import UpdateQuery
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from forum.lib.lately import Lately

VALUES = (ValuesListIterable, FlatValuesListIterable)  # what is given out as it was kept, as nobody can change it
LARGEST = 2**63  # is one more than a database holds
ROOM = 16 * 1024 * 1024  # bytes in each process
_lately = Lately(ROOM)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]")


class Given(Expression):
    """A value that is said when a question is asked: a number, or whatever its field holds.

    Of a number that no database holds, which anybody can write into an address, nothing is found, as in Django's own
    lookups.
    """

    def __init__(self, name, output_field=None):
        super().__init__(output_field=output_field or BigIntegerField())
        self.name = name

    def as_sql(self, compiler, connection):
        """Keep its own place among the parameters."""
        return "%s", [self]

    def value(self, said, connection):
        """Return what was said, as the database takes it."""
        value = said[self.name]
        if isinstance(value, int) and not -LARGEST <= value < LARGEST:
            raise EmptyResultSet
        return self.output_field.get_db_prep_value(value, connection)


class Keys(Given):
    """Any number of keys that are said when a question is asked: `filter(pk__in=Keys("pieces"))`."""

    def as_sqlite(self, compiler, connection):
        """Read them from one parameter, so that however many there are, the SQL is the same."""
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler, connection):
        """Read them from one parameter, so that however many there are, the SQL is the same."""
        return "(SELECT unnest(%s::bigint[]))", [self]

    def value(self, said, connection):
        """Return the keys as each database reads a list."""
        keys = json.dumps(sorted(said[self.name]))
        return f"{{{keys[1:-1]}}}" if connection.vendor == "postgresql" else keys


class _Now(Given):
    """The moment at which a question is asked."""

    def value(self, said, connection):
        return self.output_field.get_db_prep_value(timezone.now(), connection)


class _Never(Given):
    """A moment behind all others."""

    def value(self, said, connection):
        return self.output_field.get_db_prep_value(datetime.max.replace(tzinfo=UTC), connection)


NOW, NEVER = _Now("now", DateTimeField()), _Never("never", DateTimeField())
"""A stretch that ends at `NEVER` is one that PostgreSQL, which plans for any moments, takes for short: what lies behind
a moment is to it a third of all, and it goes through them from one end to the other.
"""


class Asked:
    """A question made of a function that returns a QuerySet; asked, it returns the rows as a list."""

    def __init__(self, build):
        self.build, self.__doc__ = build, build.__doc__

    @cached_property
    def written(self):
        """Return the query, its compiler, its SQL and its parameters, some of which are to be given."""
        queryset = self.build()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = _written(compiler, self.build)
        compiler.connection = None  # that of whichever thread asked first
        return queryset, compiler, sql, params

    def __call__(self, **said):
        queryset, connection = self.written[0], connections[DEFAULT_DB_ALIAS]
        if queryset.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("What is locked is let go at once outside a transaction.")
        try:
            statement = self.statement(**said)
        except EmptyResultSet:
            return []
        with prepared(connection), connection.cursor() as cursor:
            cursor.execute(*statement)
            rows = tuple(cursor.fetchall())
        if not issubclass(queryset._iterable_class, VALUES):
            return self._read(rows, connection)
        made = _lately.get((self, rows))
        if made is None:
            made = tuple(self._read(rows, connection))
            _lately.keep((self, rows), made, _size(rows, made))
        return list(made)

    def _read(self, rows, connection):
        """Return what the site makes of rows as they come from the driver."""
        queryset, compiler, *_ = self.written
        compiler, query = _twin(compiler), _twin(queryset.query)
        compiler.connection, compiler.execute_sql = connection, lambda *_, **__: [rows]
        query.get_compiler = lambda *_, **__: compiler
        found = QuerySet(queryset.model, query=query)
        found._iterable_class, found._fields = queryset._iterable_class, queryset._fields
        return list(found)

    def statement(self, **said):
        """Return its SQL and what that is told, for a larger question."""
        _, _, sql, params = self.written
        return sql, _told(params, said, connections[DEFAULT_DB_ALIAS])

    def get(self, **said):
        """Return the one row that there is; raises DoesNotExist where there is none."""
        if (found := self.first(**said)) is None:
            raise self.written[0].model.DoesNotExist
        return found

    def first(self, **said):
        """Return the first row, or None."""
        return next(iter(self(**said)), None)


def asked(build):
    """Make a question of a function without arguments."""
    return Asked(build)


class Changed:
    """A change made of a function that returns a QuerySet and its new values; made, it returns how many rows it met."""

    def __init__(self, build):
        self.build, self.__doc__ = build, build.__doc__

    @cached_property
    def written(self):
        """Return its SQL and its parameters, some of which are to be given."""
        queryset, values = self.build()
        query = queryset.query.chain(UpdateQuery)
        query.add_update_values(values)
        return _written(query.get_compiler(DEFAULT_DB_ALIAS), self.build)

    def __call__(self, **said):
        sql, params = self.written
        connection = connections[DEFAULT_DB_ALIAS]
        with prepared(connection), connection.cursor() as cursor:
            cursor.execute(sql, _told(params, said, connection))
            return cursor.rowcount


def changed(build):
    """Make a change of a function without arguments."""
    return Changed(build)


class _Prepared(ServerBindingCursor):
    """A cursor whose statements can be read afterwards, as Django's log of queries does, once they are prepared too."""

    def execute(self, query, *more, **how):
        found = super().execute(query, *more, **how)
        self._query = self._query or _Statement(query.encode())
        return found


class _Statement(NamedTuple):
    query: bytes


@contextmanager
def prepared(connection):
    """Let PostgreSQL keep its plan of what is asked here, as SQLite does with every statement.

    Its plans of these take longer than their answers. Only here: whatever else is asked is a statement of its own.
    """
    if connection.vendor != "postgresql":
        yield
        return
    connection.ensure_connection()
    session = connection.connection
    usual, session.cursor_factory = session.cursor_factory, _Prepared
    session.prepared_max = None  # the code has so many questions and no more; of 100 a new one would push one out
    try:
        yield
    finally:
        session.cursor_factory = usual


def keeps_its_plan(connection):
    """Say whether PostgreSQL keeps its plan of what is asked at this moment: one for all that may be given."""
    return connection.vendor == "postgresql" and connection.connection.cursor_factory is _Prepared


def _written(compiler, build):
    """Return the SQL of what a function built, and its parameters, some of which are to be given."""
    sql, params = compiler.as_sql()
    if any(map(_is_moment, params)):
        raise ValueError(f"{build.__name__} would keep a moment for ever: let it be given.")
    return _settled(sql, params, compiler.connection)


def _told(params, said, connection):
    """Return the parameters with what was said in the place of what was to be given."""
    return tuple(param.value(said, connection) if isinstance(param, Given) else param for param in params)


def _settled(sql, params, connection):
    """Write into the SQL what is always the same: PostgreSQL keeps a plan that is made for it."""
    if connection.vendor != "postgresql":
        return sql, params
    given = [param for param in params if isinstance(param, Given)]
    told = ["%s" if isinstance(p, Given) else _literal(p, connection) for p in params]
    return sql.replace("%%", "%%%%") % tuple(told), given


def _literal(param, connection):
    return connection.ops.compose_sql("%s", [param]).replace("%", "%%")


def _twin(thing):
    """Return a copy of an object, as `copy` makes it in four times the time."""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin


def _size(rows, made):
    """Return about how many bytes it takes to keep both; what may change after it was made is refused."""
    hash(made)
    return 2 * sum(map(getsizeof, chain(rows, *rows)))


def _is_moment(param):
    return isinstance(param, date) or (isinstance(param, str) and _MOMENT.match(param) is not None)
