"""New rows whose SQL is written once for each model, as that of questions is (`forum/lib/asked.py`)."""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.transaction import mark_for_rollback_on_error


def insert(row):
    """Write a new row without a key; its columns are filled as `save` fills them, and no signal is sent.

    What the database makes of it by itself is asked for where somebody wants to know.
    """
    if row.pk is not None:
        raise ValueError(f"The database gives a {type(row).__name__} its key.")
    row._prepare_related_fields_for_save("insert")
    connection = connections[DEFAULT_DB_ALIAS]
    fields, sql = _written(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with mark_for_rollback_on_error(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        cursor.execute(sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _written(model):
    """Return the fields of a model that are written, and the statement that is told them."""
    quoted, meta = connections[DEFAULT_DB_ALIAS].ops.quote_name, model._meta
    fields = [field for field in meta.local_concrete_fields if field is not meta.auto_field and not field.generated]
    columns, told = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({told})"  # noqa: S608 - the names are ours
    return fields, f"{into} RETURNING {quoted(meta.pk.column)}"
