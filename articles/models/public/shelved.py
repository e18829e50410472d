"""The pieces as they stand on each shelf, in the order of their dates: rows that triggers keep, whoever writes pieces.

What a piece is about, who wrote it and what it answers stand in tables of their own, and its date in another; no index
has both. So whatever changes either writes the few rows of that piece anew.
"""

from django.db import connection, models, transaction

from articles.models.public import months
from articles.models.public.article import Article
from articles.models.public.shelves import ShelfOf


class Shelved(models.Model):
    """A published piece on one shelf of a kind: that of a topic, of a region or the continent above it, and so on."""

    pk = models.CompositePrimaryKey("shelf", "thing", "published_at", "article")
    shelf = models.CharField(max_length=8, choices=ShelfOf)
    thing = models.BigIntegerField()
    published_at = models.DateTimeField()
    article = models.ForeignKey(Article, models.DO_NOTHING, db_constraint=False, related_name="shelved")

    class Meta:
        indexes = [models.Index(fields=["shelf", "-published_at", "-thing"])]

    def __str__(self):
        return f"{self.shelf} {self.thing}: {self.article_id}"


WHERE = """
    INSERT INTO articles_shelved (shelf, thing, published_at, article_id)
    SELECT 'topic', beside.topic_id, piece.published_at, piece.id FROM articles_article piece
        JOIN articles_article_topics beside ON beside.article_id = piece.id WHERE {piece}
    UNION SELECT 'region', beside.region_id, piece.published_at, piece.id FROM articles_article piece
        JOIN articles_article_regions beside ON beside.article_id = piece.id WHERE {piece}
    UNION SELECT 'region', region.parent_id, piece.published_at, piece.id FROM articles_article piece
        JOIN articles_article_regions beside ON beside.article_id = piece.id
        JOIN articles_region region ON region.id = beside.region_id WHERE region.parent_id IS NOT NULL AND {piece}
    UNION SELECT 'question', beside.question_id, piece.published_at, piece.id FROM articles_article piece
        JOIN articles_answer beside ON beside.article_id = piece.id WHERE {piece}
    UNION SELECT 'author', beside.author_id, piece.published_at, piece.id FROM articles_article piece
        JOIN articles_printedbyline beside ON beside.edition_id = piece.edition_id WHERE {piece};"""

CHANGED = {
    "articles_article": ("SELECT {row}.id", "id, status, published_at, edition_id"),
    "articles_article_topics": ("SELECT {row}.article_id", "article_id, topic_id"),
    "articles_article_regions": ("SELECT {row}.article_id", "article_id, region_id"),
    "articles_answer": ("SELECT {row}.article_id", "article_id, question_id"),
    "articles_printedbyline": (
        "SELECT id FROM articles_article WHERE edition_id = {row}.edition_id",
        "edition_id, author_id",
    ),
    "articles_region": ("SELECT article_id FROM articles_article_regions WHERE region_id = {row}.id", "id, parent_id"),
}
"""Which pieces stand elsewhere once a row of a table is another, and the columns that say so."""

BENEATH = {"articles_article_regions": "PERFORM 1 FROM articles_region WHERE id = new.region_id FOR SHARE;"}
"""What has to wait besides the piece: whoever moves a region does not find a piece that is being put on it."""

EVENTS = {"INSERT": ("new",), "DELETE": ("old",), "UPDATE OF {0}": ("old", "new")}


def _anew(pieces=""):
    """Return what writes the rows of some pieces anew, or of all, in SQL."""
    there = f" WHERE article_id IN ({pieces})" if pieces else ""
    these = "piece.status IN ('published')" + (f" AND piece.id IN ({pieces})" if pieces else "")
    return f"DELETE FROM articles_shelved{there};{WHERE.format(piece=these)}"  # noqa: S608 - it is ours


class KeptByPostgreSQL:
    """How PostgreSQL keeps them: whoever changes what stands beside a piece has the piece wait for her."""

    HOLD = [
        f"LOCK TABLE {', '.join(CHANGED)} IN SHARE ROW EXCLUSIVE MODE",  # who only reads goes on
        "SET LOCAL statement_timeout = 0",
    ]
    STEP = "PERFORM 1 FROM articles_article WHERE id IN ({0}) ORDER BY id FOR NO KEY UPDATE; {1}"
    FUNCTION = """
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
            IF TG_OP = 'TRUNCATE' THEN {all} RETURN NULL; END IF;
            IF TG_OP = 'UPDATE' THEN IF ({old_row}) IS NOT DISTINCT FROM ({new_row}) THEN RETURN NULL; END IF; END IF;
            IF TG_OP <> 'DELETE' THEN {beneath} END IF;
            IF TG_OP <> 'INSERT' THEN {old} END IF;
            IF TG_OP <> 'DELETE' THEN {new} END IF;
            RETURN NULL;
        END $$"""
    EACH = {"": "INSERT OR DELETE OR UPDATE ON {0} FOR EACH ROW", "_none": "TRUNCATE ON {0}"}
    DROP = [f"LOCK TABLE {', '.join(CHANGED)} IN ACCESS EXCLUSIVE MODE"]
    DROP += [f"DROP FUNCTION IF EXISTS shelved_{table}() CASCADE" for table in CHANGED]
    KEPT = f"""
        SELECT count(*) = {len(EACH) * len(CHANGED)} FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace AND tgenabled IN ('O', 'A')
        AND tgname IN (relname || '_shelved', relname || '_shelved_none')"""  # noqa: S608 - it is ours

    @classmethod
    def statements(cls, table, pieces, columns):
        """Return what keeps the rows when a table changes."""
        steps = {row: pieces.format(row=row) for row in ("old", "new")}
        said = {row: cls.STEP.format(these, _anew(these)) for row, these in steps.items()}
        rows = {f"{row}_row": ", ".join(f"{row}.{name}" for name in columns.split(", ")) for row in steps}
        beneath = BENEATH.get(table, "NULL;")
        yield cls.FUNCTION.format(name=f"shelved_{table}", all=_anew(), beneath=beneath, **said, **rows)
        for name, event in cls.EACH.items():
            made = f"AFTER {event.format(table)} EXECUTE FUNCTION shelved_{table}()"
            yield f"CREATE OR REPLACE TRIGGER {table}_shelved{name} {made}"


class KeptBySQLite:
    """How SQLite keeps them."""

    NAMES = [f"{table}_shelved_{event[:6].lower()}" for table in CHANGED for event in EVENTS]
    HOLD = []  # there is one writer
    DROP = [f"DROP TRIGGER IF EXISTS {name}" for name in NAMES]
    KEPT = f"""
        SELECT count(*) = {len(NAMES)} FROM sqlite_master
        WHERE type = 'trigger' AND name IN ({', '.join(f"'{name}'" for name in NAMES)})"""  # noqa: S608 - it is ours

    @classmethod
    def statements(cls, table, pieces, columns):
        """Return what keeps the rows when a table changes."""
        for event, rows in EVENTS.items():
            steps = " ".join(_anew(pieces.format(row=row)) for row in rows)
            name = f"{table}_shelved_{event[:6].lower()}"
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield f"CREATE TRIGGER {name} AFTER {event.format(columns)} ON {table} BEGIN {steps} END"


def shelve_anew():
    """Write the rows of all pieces, and let triggers keep them from there on."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _database().HOLD:
            cursor.execute(statement)
        for table, said in CHANGED.items():
            for statement in _database().statements(table, *said):
                cursor.execute(statement)
        for statement in filter(str.strip, _anew().split(";")):
            cursor.execute(statement)


def stop_shelving():
    """Let nothing keep the rows: SQLite makes no table anew that a trigger names."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _database().DROP:
            cursor.execute(statement)


def is_there():
    """Say whether there is a table to keep; migrating may stop half way."""
    return Shelved._meta.db_table in connection.introspection.table_names()


def are_kept():
    """Say whether all that keeps the rows is there."""
    with connection.cursor() as cursor:
        cursor.execute(_database().KEPT)
        return bool(cursor.fetchone()[0])


def due():
    """Write the rows anew where triggers are gone, unless a migration has taken them away."""
    if _is_lost():
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in _database().HOLD:
                cursor.execute(statement)
            if _is_lost():
                shelve_anew()


def _is_lost():
    return not are_kept() and months.are_counted()


def _database():
    return {"postgresql": KeptByPostgreSQL, "sqlite": KeptBySQLite}[connection.vendor]
