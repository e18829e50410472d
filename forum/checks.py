"""What `manage.py check` says about this site beyond Django's own checks."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Warning as Caution
from django.core.checks import register
from django.db import connection

from forum.lib.sqlite.choice import FIXED


@register
def sqlite_is_new_enough(app_configs, **kwargs):
    """An older SQLite is safe here but slower: readers wait for whoever writes."""
    if connection.vendor != "sqlite" or connection.Database.sqlite_version_info >= FIXED:
        return []
    return [
        Caution(
            f"SQLite {connection.Database.sqlite_version} can lose what was written to a write-ahead log, so the site"
            " keeps a rollback journal, and readers wait while somebody writes.",
            hint="Use SQLite 3.51.3 or newer (the package pysqlite3 brings one), or PostgreSQL.",
            id="forum.W001",
        )
    ]


@register
def folders_are_private(app_configs, **kwargs):
    """Manuscripts and the database are for the site's own user; earlier versions let everybody on the machine read."""
    folders = [Path(folder) for folder in (settings.VAR_DIR, settings.MEDIA_ROOT)]
    return [
        Caution(
            f"Others on this machine can look into {folder}.",
            hint=f"chmod -R go= {folder}",
            id="forum.W002",
        )
        for folder in folders
        if folder.exists() and folder.stat().st_mode & 0o077 and not folder.parent.samefile(settings.VAR_DIR)
    ]
