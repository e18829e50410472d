"""What `manage.py check` says about this site beyond Django's own checks."""

import sqlite3

from django.conf import settings
from django.core.checks import Warning as Caution
from django.core.checks import register
from django.db import connection

WAL_FIXED = (3, 51, 3)


@register
def sqlite_is_new_enough(app_configs, **kwargs):
    """SQLite before 3.51.3 can lose a write when several processes reset its log at once."""
    if connection.vendor != "sqlite" or sqlite3.sqlite_version_info >= WAL_FIXED or settings.WEB_CONCURRENCY == 1:
        return []
    return [
        Caution(
            f"SQLite {sqlite3.sqlite_version} has a fault in its write-ahead log with several writing processes.",
            hint="Run one process (WEB_CONCURRENCY=1), or use SQLite 3.51.3 or newer, or PostgreSQL.",
            id="forum.W001",
        )
    ]
