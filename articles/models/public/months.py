"""How many pieces came out in each month: numbers that triggers keep as rows are written, whoever writes them.

A piece counts in its month as soon as it is `published`; those of this month whose moment has not come are taken off
when somebody asks. The months begin at midnights of one zone, and are counted anew once the site has another one, or
once the triggers are gone. An empty table says that nothing counts, as during a migration, and pieces are counted one
by one. On PostgreSQL each change is a row of its own, so that nobody who publishes waits for anybody, and the clock
adds them up.
"""

from datetime import date
from itertools import groupby

from django.db import connection, transaction
from django.utils import timezone

from articles.models.public.article import Article
from articles.models.public.shelves import midnight, next_month
from forum.lib import version

FIRST, LAST = 1900, 2200  # years in which pieces are counted; an older piece stands in the list alone
EVENTS = ("INSERT", "DELETE", "UPDATE")

ASKED = """
    SELECT month, sum(pieces) FROM (
        SELECT month, pieces FROM article_months WHERE pieces <> 0 AND begins_at <= %s AND zone = %s
        UNION ALL
        SELECT %s, -1 FROM articles_article WHERE status = 'published' AND published_at > %s AND published_at < %s
    ) AS counted GROUP BY month HAVING sum(pieces) > 0 ORDER BY month DESC"""


class ByChange:
    """How PostgreSQL counts: a row for each change."""

    LOCK = [  # at once as much as dropping a trigger takes, so that nobody who reads and then writes waits crosswise
        "LOCK TABLE articles_article IN ACCESS EXCLUSIVE MODE",
        "LOCK TABLE article_months IN SHARE ROW EXCLUSIVE MODE",
    ]
    STEP = """
        IF {row}.status IN ('published') THEN
            INSERT INTO {table} (begins_at, zone, month, pieces) SELECT begins_at, zone, month, {n} FROM {table}
            WHERE begins_at <= {row}.published_at ORDER BY begins_at DESC LIMIT 1;
        END IF;"""
    FUNCTION = """
        CREATE OR REPLACE FUNCTION article_months() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'TRUNCATE' THEN UPDATE {table} SET pieces = 0 WHERE pieces <> 0; RETURN NULL; END IF;
            IF TG_OP <> 'INSERT' THEN {old} END IF;
            IF TG_OP <> 'DELETE' THEN {new} END IF;
            RETURN NULL;
        END $$"""
    TRIGGER = "CREATE TRIGGER article_months{0} AFTER {1} ON articles_article {2} EXECUTE FUNCTION article_months()"
    TRIGGERS = [
        TRIGGER.format("", "INSERT OR DELETE OR UPDATE OF status, published_at", "FOR EACH ROW"),
        TRIGGER.format("_none", "TRUNCATE", ""),
    ]
    DROP = ["DROP FUNCTION IF EXISTS article_months() CASCADE"]
    COUNTS = f"""
        SELECT count(*) = {len(TRIGGERS)} FROM pg_trigger WHERE tgrelid = 'articles_article'::regclass
        AND starts_with(tgname::text, 'article_months') AND tgenabled IN ('O', 'A')"""  # noqa: S608 - it is ours
    FOLD = """
        WITH gone AS (DELETE FROM article_months WHERE begins_at IN (
            SELECT begins_at FROM article_months GROUP BY begins_at HAVING count(*) > 1
        ) RETURNING begins_at, zone, month, pieces)
        INSERT INTO article_months SELECT begins_at, zone, month, sum(pieces) FROM gone GROUP BY 1, 2, 3"""

    @classmethod
    def statements(cls):
        """Return what lets a change count."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            table = f"{connection.ops.quote_name(cursor.fetchone()[0])}.article_months"
        steps = {row: cls.STEP.format(row=row, n=n, table=table) for row, n in (("old", -1), ("new", 1))}
        return [cls.FUNCTION.format(table=table, **steps), *cls.TRIGGERS]


class ByMonth:
    """How SQLite counts: there is one writer, and one row for each month."""

    STEP = """
        UPDATE article_months SET pieces = pieces + {n} WHERE {row}.status IN ('published')
        AND begins_at = (SELECT max(begins_at) FROM article_months WHERE begins_at <= {row}.published_at);"""
    LOCK = []
    DROP = [f"DROP TRIGGER IF EXISTS article_months_{event.lower()}" for event in EVENTS]
    COUNTS = f"""
        SELECT count(*) = {len(EVENTS)} FROM sqlite_master WHERE type = 'trigger'
        AND tbl_name = 'articles_article' AND substr(name, 1, 15) = 'article_months_'"""  # noqa: S608 - it is ours
    FOLD = "SELECT 1"

    @classmethod
    def statements(cls):
        """Return what lets a change count."""
        old, new = (cls.STEP.format(row=row, n=n) for row, n in (("old", -1), ("new", 1)))
        steps = {"INSERT": new, "DELETE": old, "UPDATE": old + new}
        return [
            f"CREATE TRIGGER article_months_{event.lower()} AFTER {event}"
            f"{' OF status, published_at' if event == 'UPDATE' else ''} ON articles_article BEGIN {steps[event]} END"
            for event in EVENTS
        ]


def counted():
    """Return the years in which pieces came out, newest first: pairs of a year and its (first day, number) pairs."""
    now = timezone.now()
    this = timezone.localdate(now).replace(day=1)
    now, end = _stored(now), _stored(midnight(next_month(this)))
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [now, _zone(), f"{this:%Y-%m}", now, end])
        found = [(date.fromisoformat(f"{month}-01"), int(pieces)) for month, pieces in cursor]
    if not found:  # nothing came out, or not all is counted in this zone yet
        found = [(timezone.localdate(month), pieces) for month, pieces in Article.objects.listed().by_month()]
    return tuple((year, tuple(months)) for year, months in groupby(found, lambda row: row[0].year))


def count_anew():
    """Count all pieces, and let triggers count on from there."""
    pieces = {}
    with transaction.atomic(), connection.cursor() as cursor:
        stop_counting()
        for statement in _database().statements():
            cursor.execute(statement)
        for month, number in Article.objects.filter(status="published").by_month():
            pieces[timezone.localdate(month)] = number
        days = [date(year, month, 1) for year in range(FIRST, LAST) for month in range(1, 13)]
        rows = [(_stored(midnight(day)), _zone(), f"{day:%Y-%m}", pieces.get(day, 0)) for day in days]
        cursor.executemany(
            "INSERT INTO article_months (begins_at, zone, month, pieces) VALUES (%s, %s, %s, %s)", rows
        )


def stop_counting():
    """Let nothing count, and no number be told: PostgreSQL changes no column that a trigger names."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in [*_database().LOCK, *_database().DROP, "DELETE FROM article_months"]:
            cursor.execute(statement)


def is_there():
    """Say whether there is a table to count in; migrating may stop half way."""
    return "article_months" in connection.introspection.table_names()


def are_counted():
    """Say whether anything counts, as it does but for while a migration runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM article_months)")
        return bool(cursor.fetchone()[0])


def due():
    """Add up what was counted, or count anew in the zone that the site has now, or where the triggers are gone."""
    with connection.cursor() as cursor:
        if not _is_wrong(cursor):
            cursor.execute(_database().FOLD)
            return
        with transaction.atomic():
            for statement in _database().LOCK:
                cursor.execute(statement)
            if _is_wrong(cursor):  # still: a migration may have begun
                count_anew()
                version.step()  # pages may be kept that tell what was wrong


def _is_wrong(cursor):
    """Say whether numbers are there, but of another zone or kept by nothing; both in one look, as both go at once."""
    cursor.execute(f"SELECT zone, ({_database().COUNTS}) FROM article_months LIMIT 1")  # noqa: S608 - it is ours
    found = cursor.fetchone()
    return found is not None and found != (_zone(), True)


def _database():
    return {"postgresql": ByChange, "sqlite": ByMonth}[connection.vendor]


def _zone():
    return timezone.get_current_timezone_name()


def _stored(moment):
    return connection.ops.adapt_datetimefield_value(moment)
