# ruff: noqa: S608 - every name and number in the SQL is of our own models
"""The same rows once more, as often as one likes: copied by the database itself, with keys and moments moved.

`marked` and `marked` again, after something was written between them, say which rows are copied. So a copy has all
that a written row has, whatever the models come to hold, and a hundred thousand pieces take minutes.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import Max

from articles.models import Revision, Submission
from articles.models.public import months, shelved

APART = 53  # minutes between a piece and its copy, which is older
PRINTED = "<p>As it was printed.</p>"
TEXTS = {(model, name): PRINTED for model in (Submission, Revision) for name in ("body", "html")}
"""What a copy need not say again: the long texts stand in its edition."""

SEARCHED = {
    "sqlite": """
        INSERT INTO article_search (rowid, title, standfirst, names, body)
        SELECT rowid + %s, title, standfirst, names, body FROM article_search WHERE rowid BETWEEN %s AND %s""",
    "postgresql": """
        INSERT INTO article_search (article_id, title, standfirst, names, body)
        SELECT article_id + %s, title, standfirst, names, body
        FROM article_search WHERE article_id BETWEEN %s AND %s""",
}


@dataclass(frozen=True)
class Span:
    """The rows of one table that are copied, and the last key of all when they are."""

    first: int
    last: int
    end: int

    def move(self, number):
        """Return how far the keys of a copy lie behind those of the rows."""
        return self.end + 1 - self.first + (number - 1) * (self.last + 1 - self.first)


def counted_tables():
    """Return the tables that have a key that counts."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if isinstance(model._meta.pk, models.AutoField) and not model._meta.proxy]


def marked():
    """Return the last key of each table."""
    return {model: model._base_manager.aggregate(last=Max("pk"))["last"] or 0 for model in counted_tables()}


def spans(before, after):
    """Return what was written between two marks, for each table that has some."""
    end = marked()
    return {
        model: Span(before[model] + 1, last, end[model]) for model, last in after.items() if last > before[model]
    }


@transaction.atomic
def copy(tables, number):
    """Write the copy of this number of every row in the spans of these tables."""
    with connection.cursor() as cursor:
        for model, span in tables.items():
            fields = [field for field in model._meta.local_concrete_fields if not field.generated]
            columns = [(field.column, _moved(field, tables, number)) for field in fields]
            quoted = ", ".join(connection.ops.quote_name(column) for column, _ in columns)
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({quoted}) SELECT {', '.join(said for _, said in columns)}"
                f" FROM {model._meta.db_table} WHERE id BETWEEN {span.first} AND {span.last} ORDER BY id"
            )
        articles = tables.get(apps.get_model("articles", "Article"))
        if articles:
            rows = [articles.move(number), articles.first, articles.last]
            cursor.execute(SEARCHED[connection.vendor], rows)


def _moved(field, tables, number):
    """Return what a column says in a copy, in SQL."""
    name = connection.ops.quote_name(field.column)
    if field.primary_key:
        return f"{name} + {tables[field.model].move(number)}"
    if field.is_relation:
        span = tables.get(field.related_model)
        moved = span and f"CASE WHEN {name} BETWEEN {span.first} AND {span.last} THEN {name} + {span.move(number)}"
        return f"{moved} ELSE {name} END" if span else name
    if isinstance(field, models.DateTimeField):
        return _earlier(name, number * APART)
    return f"'{TEXTS[field.model, field.name]}'" if (field.model, field.name) in TEXTS else _named(field, name, number)


def _named(field, name, number):
    """Return a name that no other row has, where it has to be one."""
    if isinstance(field, models.EmailField):
        return f"CASE WHEN {name} = '' THEN '' ELSE 'c{number:02}' || {name} END"
    if field.name == "slug":
        return f"{name} || '-{number:02}'"
    return f"{name} || '{number:02}'" if isinstance(field, models.CharField) and field.unique else name


def _earlier(name, minutes):
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '-{minutes} minutes')"
    return f"{name} - interval '{minutes} minutes'"


def count_on():
    """Let each table go on behind its last key, and let the database count its rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in counted_tables():
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}) + 1)"
                )
        months.due()
        shelved.shelve_anew()
        cursor.execute("ANALYZE")
