from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string
from gunicorn.app.base import Application


class Site(Application):
    """gunicorn with the settings of forum/server.py, in the process that has loaded Django already."""

    def init(self, parser, opts, args):
        return {}

    def load_config(self):
        self.load_config_from_file("python:forum.server")

    def load(self):
        return import_string("forum.wsgi.application")


class Command(BaseCommand):
    """`make run`: one process from an empty folder to a served site, and in a second when all is there."""

    help = "Bring the database, static files and demonstration up to date, then serve the site."

    def handle(self, **options):
        self.migrate()
        self.collect_static()
        if settings.DEMO:
            call_command("demo")
            self.stdout.write(f"\nThe forum is at {settings.SITE_URL}/ and its mail at {settings.SITE_URL}/demo/mail/")
            self.stdout.write("Ctrl-C ends it.", ending="\n\n")
        self.stdout.flush()
        connections.close_all()
        Site(prog="serve").run()

    def migrate(self):
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)

    def collect_static(self):
        """Collect and compress the static files if any changed since the last time."""
        stamp = settings.VAR_DIR / "static.stamp"
        seen = "\n".join(sorted(static_files()))
        if stamp.exists() and stamp.read_text() == seen:
            return
        self.stdout.write("Compressing the static files")
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(seen)


def static_files():
    """Each static file's path, size and time of change."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
