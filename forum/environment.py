"""What the settings read from outside the program: the environment, and the private folder with its secret."""

import fcntl
import logging
import os
import secrets
import tempfile
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
from django.core.exceptions import ImproperlyConfigured

ENGINES = ("sqlite3", "postgresql")
LONG_ENOUGH = 50
CACHE_TABLE = "forum_cache"
REMOTE = "forum.lib.cache.Remote"
PATIENCE = {"socket_connect_timeout": 2, "socket_timeout": 2}  # seconds; a site without its cache says so within three


class Env(environ.Env):
    """The environment, which says in a sentence which of its values cannot be read."""

    def get_value(self, var, *args, **kwargs):
        with _named(var):
            return super().get_value(var, *args, **kwargs)

    def database(self, var, default):
        """Return the settings of the one database: SQLite or PostgreSQL."""
        with _named(var), warnings.catch_warnings(action="ignore"):  # what it warns of is refused below
            found = self.db(var, default=default)
        if found.get("ENGINE", "").endswith(ENGINES) and found.get("NAME"):
            return found
        raise ImproperlyConfigured(f"{var} must be sqlite:///FILE or postgres://USER:PASSWORD@HOST:PORT/NAME.")

    def cached(self, var):
        """Return the settings of the cache; in the database it has the one table that a migration makes."""
        with _named(var):
            found = self.cache(var, default=f"dbcache://{CACHE_TABLE}")
        if "RedisCache" in found["BACKEND"]:
            if not find_spec("redis"):
                raise ImproperlyConfigured(f"{var}: the client of Redis is not installed (requirements-redis.txt).")
            return {**found, "BACKEND": REMOTE, "OPTIONS": {**PATIENCE, **found.get("OPTIONS", {})}}
        if "DatabaseCache" not in found["BACKEND"]:
            return found
        if found["LOCATION"] != CACHE_TABLE:
            raise ImproperlyConfigured(f"{var}: in the database the cache has the table {CACHE_TABLE} and no other.")
        return {**found, "BACKEND": "forum.lib.cache.Cache"}

    def post(self, var, default):
        """Return the settings of the mail server."""
        with _named(var):
            return self.email(var, default=default)

    def level(self, var, default):
        """Return from which level on the log says something."""
        name = self.str(var, default=default).upper()
        if name in logging.getLevelNamesMapping():
            return name
        raise ImproperlyConfigured(f"{var} must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {name}.")

    def zone(self, var, default):
        """Return the name of a time zone that is known here."""
        name = self.str(var, default=default)
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError) as trouble:
            raise ImproperlyConfigured(f"{var} must be a time zone such as Europe/Vienna, not {name}.") from trouble


def read(path):
    """Return the environment and what a file adds; the process's own stays as it is, so a restart reads anew."""

    class Beside(Env):
        ENVIRON = {**os.environ}

    if Beside().bool("READ_DOT_ENV", default=path.is_file()):
        Beside.read_env(path)
    return Beside()


@contextmanager
def _named(var):
    """Let a complaint about a value name it."""
    try:
        yield
    except (ValueError, KeyError) as trouble:
        raise ImproperlyConfigured(f"{var} cannot be read: {trouble}.") from trouble
    except ImproperlyConfigured as trouble:
        raise ImproperlyConfigured(f"{var}: {trouble}.") from trouble


def private_folder(path):
    """Return a folder that nobody else on this machine looks into, made where it is not there or is empty."""
    path = Path(path)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.stat().st_mode & 0o077 and not any(path.iterdir()):
            path.chmod(0o700)
    except OSError as trouble:
        raise ImproperlyConfigured(f"VAR_DIR cannot be used: {trouble.strerror}: {path}.") from trouble
    return path


@contextmanager
def locked(folder):
    """Let nobody else on this machine prepare anything in a folder at the same time."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def kept_secret(folder):
    """Return a random key, made once and kept so that sessions outlive a restart; half a key is none."""
    kept = folder / "secret"
    try:
        with locked(folder):
            if not kept.exists() or len(_read_key(kept)) < LONG_ENOUGH:
                write_whole(kept, secrets.token_urlsafe(LONG_ENOUGH))
            return _read_key(kept)
    except OSError as trouble:
        raise ImproperlyConfigured(f"The secret cannot be kept: {trouble.strerror}: {kept}.") from trouble


def _read_key(path):
    """Return the letters of a key; what a broken disk made of others counts for none."""
    return path.read_text(encoding="ascii", errors="ignore")


def write_whole(path, text):
    """Write a private file so that it is there whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
