"""The cache, in the database or in Redis, which says so when it could keep nothing."""

from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.db import OperationalError, connection, transaction


class Cache(DatabaseCache):
    """Django's takes every failure of an `add` for "somebody was first", and a throttle would believe it.

    What is only `set` may be lost, here as there.
    """

    def _base_set(self, mode, key, value, timeout=None):
        if mode != "add":
            return super()._base_set(mode, key, value, timeout)
        failures = []

        def listen(execute, sql, params, many, context):
            try:
                return execute(sql, params, many, context)
            except OperationalError as failure:
                failures.append(failure)
                raise

        with transaction.atomic(), connection.execute_wrapper(listen):  # so that a commit is not in its hands either
            is_first = super()._base_set(mode, key, value, timeout)
            if failures:
                raise failures[0]
        return is_first


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


def remembered(key, count, seconds):
    """Return what `count` came to within so many seconds; a cache that keeps nothing now lets it be counted again."""
    found = cache.get(key)
    if found is None:
        found = count()
        cache.set(key, found, seconds)
    return found
