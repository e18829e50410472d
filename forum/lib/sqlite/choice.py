"""Which SQLite the site uses, and how safely that one keeps its log.

Before 3.51.3 two connections, of threads or of processes, that write and reset the write-ahead log at the same moment
can lose what was committed (https://sqlite.org/wal.html#walresetbug).
"""

import sqlite3
import sys
from importlib import import_module
from importlib.util import find_spec

FIXED = (3, 51, 3)
SETUP = "PRAGMA journal_mode={}; PRAGMA synchronous={}; PRAGMA foreign_keys=ON;"


def choose():
    """Return the SQLite for Django: the platform's, or where that has the fault the build that `pysqlite3` brings.

    Django imports `sqlite3` by its name when it first connects, so this comes before that.
    """
    if sqlite3.sqlite_version_info >= FIXED or not find_spec("pysqlite3"):
        return sqlite3
    build = import_module("pysqlite3")
    sys.modules |= {"sqlite3": build, "sqlite3.dbapi2": build.dbapi2}
    return build


def setup(version):
    """Return how a connection begins: with a write-ahead log, or where that has the fault with a rollback journal."""
    return SETUP.format("WAL", "NORMAL") if version >= FIXED else SETUP.format("TRUNCATE", "FULL")


def options():
    """Return what Django tells SQLite, after choosing which one that is."""
    return {
        "timeout": 5,  # seconds; whoever has waited that long once is told so (forum/lib/web/stored.py)
        "transaction_mode": "IMMEDIATE",
        "init_command": setup(choose().sqlite_version_info),
    }
