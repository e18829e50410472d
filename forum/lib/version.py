"""The version of what readers see: a number that rises with every commit that changed it, and at no other time.

Triggers count and not the verbs, since rows are written past those too: in bulk, by the admin, by tasks, by psql. On
PostgreSQL each transaction that writes adds a row of its own, so that nobody waits for anybody, and one that commits
late still makes the sum another. SQLite has one writer at a time, and one row.

Each step is of a size of its own: where a database was put back from a backup, what is counted from there on must not
come to a number that a process knows from before.
"""

from datetime import UTC
from functools import lru_cache
from itertools import chain
from zlib import crc32

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from forum.lib.asked import prepared

LOCK = 20021130


class PostgreSQL:
    """How PostgreSQL counts."""

    TABLE = [
        "CREATE TABLE forum_change (xid xid8 PRIMARY KEY DEFAULT pg_current_xact_id(), n bigint NOT NULL DEFAULT 1)",
        "INSERT INTO forum_change VALUES ('0', 1)",
    ]
    FORGET = ["DROP FUNCTION IF EXISTS forum_change()", "DROP TABLE forum_change"]
    STEP = "INSERT INTO {}forum_change (n) VALUES (1 + floor(random() * 1e6)) ON CONFLICT DO NOTHING"
    FUNCTION = f"""
        CREATE OR REPLACE FUNCTION forum_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {STEP}; RETURN NULL; END $$"""
    WATCHED = """
        SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE starts_with(tgname::text, 'forum_change') AND tgenabled IN ('O', 'A')
        AND relnamespace = current_schema()::regnamespace"""
    NAMES = "string_agg(relname || '.' || tgname, ' ')"
    FOLD = """
        WITH gone AS (DELETE FROM forum_change WHERE xid <> '0' RETURNING n)
        UPDATE forum_change SET n = n + (SELECT coalesce(sum(n), 0) FROM gone) WHERE xid = '0'"""
    DROP = 'DROP TRIGGER "{name}" ON "{table}"'

    @classmethod
    def prepare(cls, cursor):
        """Let nobody else prepare at the same time, and make what the triggers call."""
        cursor.execute("SELECT pg_advisory_xact_lock(%s), current_schema()", [LOCK])
        cursor.execute(cls.FUNCTION.format(f"{connection.ops.quote_name(cursor.fetchone()[1])}."))

    @staticmethod
    def triggers(table, columns):
        """Return what a table is watched by, as names with their statements."""
        of = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        old, new = (", ".join(f"{row}.{column}" for column in columns or "*") for row in ("OLD", "NEW"))
        when = f"FOR EACH ROW WHEN (ROW({old}) IS DISTINCT FROM ROW({new}))"
        events = {
            "row": ("INSERT OR DELETE", "FOR EACH ROW"),
            "update": (of, when),
            "truncate": ("TRUNCATE", "FOR EACH STATEMENT"),
        }
        return {
            f"forum_change_{name}": f'CREATE TRIGGER forum_change_{name} AFTER {event} ON "{table}" {each}'
            " EXECUTE FUNCTION forum_change()"
            for name, (event, each) in events.items()
        }

    @classmethod
    def fold(cls):
        """Add up the rows of transactions that are over, so that whoever asks has few to add."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if cursor.fetchone()[0]:
                cursor.execute(cls.FOLD)


class SQLite:
    """How SQLite counts."""

    TABLE = ["CREATE TABLE forum_change (n integer NOT NULL)", "INSERT INTO forum_change VALUES (1)"]
    FORGET = ["DROP TABLE forum_change"]
    STEP = "UPDATE forum_change SET n = n + 1 + abs(random() % 1000000)"
    WATCHED = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 12) = 'forum_change'"
    NAMES = "group_concat(tbl_name || '.' || name, ' ')"
    DROP = 'DROP TRIGGER "{name}"'

    @staticmethod
    def prepare(cursor):
        """Do nothing: there is one writer."""

    @classmethod
    def triggers(cls, table, columns):
        """Return what a table is watched by, as names with their statements."""
        changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
        of = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        events = {"insert": ("INSERT", ""), "delete": ("DELETE", ""), "update": (of, changed and f"WHEN {changed}")}
        return {
            f"forum_change_{table}_{name}": f"CREATE TRIGGER forum_change_{table}_{name} AFTER {event}"
            f' ON "{table}" {when} BEGIN {cls.STEP}; END'
            for name, (event, when) in events.items()
        }

    @staticmethod
    def fold():
        """Do nothing: there is one row."""


def _database():
    return {"postgresql": PostgreSQL, "sqlite": SQLite}[connection.vendor]


def make_table():
    """Make the table of changes."""
    with connection.cursor() as cursor:
        for statement in _database().TABLE:
            cursor.execute(statement)


def drop_table():
    """Forget that anything was counted."""
    unwatch()
    with connection.cursor() as cursor:
        for statement in _database().FORGET:
            cursor.execute(statement)


def unwatch():
    """Let nothing count, and so nothing be kept: PostgreSQL changes no column that a trigger names."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, name in _watched():
            cursor.execute(_database().DROP.format(table=table, name=name))


def watch(tables):
    """Let what is written into tables count: their names, each with the only columns that matter, or none for all.

    Migrations lose triggers (SQLite makes a changed table anew), so this is done after them, and counts as a change.
    """
    wanted, database = _wanted(tables), _database()
    if _watched() == wanted.keys():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        database.prepare(cursor)
        watched = _watched()
        for table, name in watched - wanted.keys():
            cursor.execute(database.DROP.format(table=table, name=name))
        for trigger in wanted.keys() - watched:
            cursor.execute(wanted[trigger])
        cursor.execute(database.STEP.format(""))


def step():
    """Let something count that readers see and that stands in no table of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(_database().STEP.format(""))


def read(tables, moments):
    """Return the version, or None where a table is not watched, and what each of `moments` comes to, in one question.

    `moments` are questions written once, each for one date.
    """
    database = _database()
    watched = f"SELECT {database.NAMES} FROM ({database.WATCHED}) watched"  # noqa: S608 - it is ours
    parts = [("SELECT sum(n) FROM forum_change", ()), (watched, ())]
    parts += [moment.statement() for moment in moments]
    sql = f"SELECT {', '.join(f'({part})' for part, _ in parts)}"
    with prepared(connection), connection.cursor() as cursor:
        cursor.execute(sql, list(chain.from_iterable(params for _, params in parts)))
        version, watched, *found = cursor.fetchone()
    is_watched = set((watched or "").split()) == _names(connection.vendor, tuple(tables.items()))
    return (int(version) if is_watched else None), [_moment(at) for at in found if at]


def due():
    """Add up what was counted, so that whoever asks has few rows to add."""
    _database().fold()


def _moment(said):
    """Return a date as Django would read it; SQLite has no type for one."""
    at = parse_datetime(said) if isinstance(said, str) else said
    return at if timezone.is_aware(at) else at.replace(tzinfo=UTC)


def _watched():
    with connection.cursor() as cursor:
        cursor.execute(_database().WATCHED)
        return set(cursor.fetchall())


@lru_cache(maxsize=8)
def _names(vendor, tables):
    return {".".join(trigger) for trigger in _wanted(dict(tables))}


def _wanted(tables):
    """Return the triggers of tables, as pairs of table and name with their statements; another one has another name."""
    make = _database().triggers
    return {
        (table, f"{name}_{crc32(sql.encode()):08x}"): sql.replace(name, f"{name}_{crc32(sql.encode()):08x}", 1)
        for table in tables
        for name, sql in make(table, tables[table]).items()
    }
