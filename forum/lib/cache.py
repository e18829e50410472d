"""The cache, in the database or in Redis, which says so when it could keep nothing."""

import pickle
from base64 import b64encode
from contextlib import suppress
from datetime import MAXYEAR, UTC, datetime

from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

NEVER = datetime(MAXYEAR, 12, 30, tzinfo=UTC)


KEEP = "INSERT INTO {0} (cache_key, value, expires) VALUES (%s, %s, %s) ON CONFLICT (cache_key) DO UPDATE SET "
KEEP += "value = excluded.value, expires = excluded.expires"
KEEP_FIRST = KEEP + " WHERE {0}.expires < %s"


class Cache(DatabaseCache):
    """Django's counts its whole table at each write, and takes every failure of an `add` for "somebody was first".

    Here a write is one statement, and the clock deletes what is too much (`forum/past.py`). An `add` that fails says
    so, since a throttle would believe it; what is only `set` may be lost, as there.
    """

    def _base_set(self, mode, key, value, timeout=None):
        if mode == "touch":
            return super()._base_set(mode, key, value, timeout)
        pickled = b64encode(pickle.dumps(value, self.pickle_protocol)).decode()
        row = [key, pickled, _moment(self.get_backend_timeout(timeout))]
        if mode == "add":
            return self._write(KEEP_FIRST, [*row, connection.ops.adapt_datetimefield_value(timezone.now())])
        with suppress(DatabaseError), transaction.atomic():
            return self._write(KEEP, row)
        return False

    def _write(self, statement, values):
        with connection.cursor() as cursor:
            cursor.execute(statement.format(connection.ops.quote_name(self._table)), values)
            return cursor.rowcount > 0


def _moment(seconds):
    """Return a time as the table has it: in whole seconds; None is never."""
    at = NEVER if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
    return connection.ops.adapt_datetimefield_value(at)


class Away(Exception):
    """The cache did not answer, or would keep nothing."""


class Remote(RedisCache):
    """Redis, which several machines share; raises `Away` for whatever its library raises."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _Client


class _Client(RedisCacheClient):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._client = _asking(self._lib)


def _asking(redis):
    class Asking(redis.Redis):
        def execute_command(self, *args, **options):
            try:
                return super().execute_command(*args, **options)
            except redis.RedisError as failure:
                raise Away(str(failure)) from failure

    return Asking


def for_a_while(key, count, seconds):
    """Return what `count` came to within so many seconds; a cache that keeps nothing now lets it be counted again."""
    found = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, seconds)
    return found
