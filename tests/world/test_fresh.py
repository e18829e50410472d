"""What pages for everybody are made of is watched, so that a kept page is known to be old."""

import re
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, CharField, DateField, IntegerField, JSONField, TextField

from forum import fresh
from tests import access

PUBLIC = {name: address for name, address in access.addresses().items() if address.view.cache_class == "public"}
READ = re.compile(r'\b(?:FROM|JOIN) "(\w+)"')
OTHERWISE = {  # kinds of columns, and what makes another value of one
    BooleanField: 'NOT "{0}"',
    (CharField, TextField): "\"{0}\" || 'x'",
    IntegerField: '"{0}" + 1',
    DateField: "'2001-01-01'",
}


@pytest.fixture
def paths(world):
    """Every address that is the same for everybody."""
    return {name: address.path(world.arguments(address)) for name, address in PUBLIC.items()}


def test_every_table_that_public_pages_read_is_watched(paths):
    browser, read = access.browser_of(None), {}
    for name, path in paths.items():
        with connection.execute_wrapper(partial(listen, read, name)):
            access.visit(browser, path)
    assert len(read) > 20
    assert {table: name for table, name in read.items() if table not in fresh.TABLES} == {}


def test_columns_that_are_not_watched_are_not_seen(paths):
    before = seen(paths)
    changed = [field for model, watched in fresh.SEEN.items() if watched for field in change_all_but(model, watched)]
    assert {"email", "last_login", "title", "body", "due_at"} <= set(changed)
    after = seen(paths)
    assert [name for name in paths if after[name] != before[name]] == []


def listen(read, name, execute, sql, *rest):
    """Note which tables a statement reads, and on which page first."""
    for table in READ.findall(sql):
        read.setdefault(table, name)
    return execute(sql, *rest)


def seen(paths):
    browser = access.browser_of(None)
    return {name: access.visit(browser, path).text for name, path in paths.items()}


def change_all_but(model, watched):
    """Give every row other values in the columns that are not watched; return which could be changed."""
    for field in model._meta.concrete_fields:
        how = next((sql for kind, sql in OTHERWISE.items() if isinstance(field, kind)), None)
        if how and field.column not in watched and not field.primary_key and not isinstance(field, JSONField):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = {how.format(field.column)}')
            except IntegrityError:
                continue  # its values are few, and another one is not allowed
            yield field.name
