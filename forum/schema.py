"""Whether the database is of this version of the program."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader

OWN = {"forum", "pages", "accounts", "articles", "comments", "alerts"}


def missing():
    """Return the newest steps that the database has not taken, by name; none where it is up to date."""
    loader = MigrationLoader(connection)
    return sorted(".".join(step) for step in loader.graph.leaf_nodes() if step not in loader.applied_migrations)


def unknown():
    """Return the steps of ours that the database has taken and this version does not know: it is of a newer one."""
    loader = MigrationLoader(connection)
    replaced = {step for migration in loader.disk_migrations.values() for step in migration.replaces}
    steps = loader.applied_migrations.keys() - loader.disk_migrations.keys() - replaced
    return sorted(".".join(step) for step in steps if step[0] in OWN)
