"""Rows beside a row: what belongs to it comes along in the same query, as a list."""

from django.db.models import JSONField, Subquery
from django.db.models.functions import JSONArray


class Beside(Subquery):
    """The rows of `queryset` as a list of lists, each with these columns."""

    template = "(SELECT jsonb_agg(beside.columns) FROM (%(subquery)s) beside)"
    output_field = JSONField()

    def __init__(self, queryset, *columns, **extra):
        super().__init__(queryset.values(columns=JSONArray(*columns)), **extra)

    def as_sqlite(self, compiler, connection, **extra):
        """SQLite hands the inner lists on as texts, unless it is told that they are lists."""
        told = "(SELECT json_group_array(json(beside.columns)) FROM (%(subquery)s) beside)"
        return self.as_sql(compiler, connection, template=told, **extra)


def tuples(rows):
    """Return such a list as it can be kept: unchanging, and empty where there was none."""
    return tuple(map(tuple, rows or ()))
