"""A database of an earlier version, made by the steps of that version, is brought up to date."""

import json
import re
from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from forum.schema import OWN

pytestmark = [pytest.mark.soak, pytest.mark.django_db]

STEPS = {
    "0.3.0": {
        ("accounts", "0003_desk"), ("alerts", "0001_initial"), ("articles", "0007_old_declarations_gone"),
        ("comments", "0004_civil"), ("pages", "0005_closing"),
    },
    "0.5.0": {
        ("accounts", "0011_put_off_since"), ("alerts", "0001_initial"), ("articles", "0009_authors_joined"),
        ("comments", "0007_objections_in_confidence"), ("forum", "0002_trouble"), ("pages", "0006_versions_gone"),
    },
}  # fmt: skip
SHAPE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
        UNION SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT table_name || '.' || column_name,
            concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default, is_identity)
        FROM information_schema.columns WHERE table_schema = 'public'""",
}


@pytest.mark.parametrize("version", STEPS)
def test_a_database_of_an_earlier_version_becomes_as_a_new_one(site, version):
    run(site, f"make({version!r})")
    assert site.manage("migrate", "--verbosity=0").returncode == 0
    assert site.manage("migrate", "--check").returncode == 0
    assert run(site, "print(what_stands())") == f"{what_stands()}\n"


def run(site, call):
    """Call something of this file with the settings of a site, and return what it says."""
    done = site.manage("shell", "--no-imports", "-c", f"from tests.soak.test_earlier import *; {call}")
    assert done.returncode == 0, done.stderr
    return done.stdout


def make(version):
    """Take the steps of a version, each by itself."""
    executor = MigrationExecutor(connection)
    executor.loader.replace_migrations = False
    executor.loader.build_graph()
    others = {step for step in executor.loader.graph.leaf_nodes() if step[0] not in OWN}
    executor.migrate([*STEPS[version], *others])


def what_stands():
    """Return the shape of the tables, in whatever order their columns are, and the rows that migrations brought."""
    with connection.cursor() as cursor:
        cursor.execute(SHAPE[connection.vendor])
        shape = {name: sorted(re.split(r"[\s(),]+", said)) for name, said in cursor.fetchall()}
    models = [model for model in apps.get_models() if model._meta.app_label in OWN or model._meta.label == "auth.Group"]
    return json.dumps([shape, {model._meta.label: rows(model) for model in models}], sort_keys=True)


def rows(model):
    """Return the rows of a table without the moments at which they were made."""
    return [
        {name: str(value) for name, value in row.items() if not isinstance(value, datetime)}
        for row in model.objects.order_by("pk").values()
    ]
