import errno
import socket

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.module_loading import import_string
from gunicorn.app.base import Application

from forum import schema
from forum.environment import locked, write_whole


class Site(Application):
    """gunicorn with the settings of forum/server.py, in the process that has loaded Django already."""

    def init(self, parser, opts, args):
        return {}

    def load_config(self):
        self.load_config_from_file("python:forum.server")

    def load(self):
        return import_string("forum.wsgi.application")


class Command(BaseCommand):
    """`make run`: one process from an empty folder to a served site, and in a second when all is there.

    Whatever ended it before, at whatever moment, it goes on where that had come to.
    """

    help = "Bring the database, static files and demonstration up to date, then serve the site."

    def handle(self, **options):
        self.ask_for_port()
        with locked(settings.VAR_DIR):
            self.prepare()
        if settings.DEMO:
            self.stdout.write(f"\nThe forum is at {settings.SITE_URL}/ and its mail at {settings.SITE_URL}/demo/mail/")
            self.stdout.write("Ctrl-C ends it.", ending="\n\n")
        self.stdout.flush()
        connections.close_all()
        Site(prog="serve").run()

    def prepare(self):
        """Bring everything up to date; of two that start at once the second waits, and finds it done."""
        self.migrate()
        self.collect_static()
        if settings.DEMO:
            call_command("demo")

    def ask_for_port(self):
        """Say at once that somebody else listens, and not after minutes of preparing."""
        host = settings.BIND
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, settings.PORT))
            except (OSError, OverflowError) as trouble:
                raise CommandError(f"{refusal(trouble, host)} Choose another: make run PORT=8001.") from trouble

    def migrate(self):
        if newer := schema.unknown():
            steps = ", ".join(newer)
            raise CommandError(f"The database is of a newer version of this program, which has also taken {steps}.")
        if schema.missing():
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0)

    def collect_static(self):
        """Collect and compress the static files if any changed since the last time, or that was not finished."""
        stamp = settings.VAR_DIR / "static.stamp"
        seen = "\n".join(sorted(static_files()))
        if stamp.exists() and stamp.read_text() == seen and settings.STATIC_ROOT.exists():
            return
        self.stdout.write("Compressing the static files")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        write_whole(stamp, seen)


def refusal(trouble, host):
    """Return why nothing can listen at the port."""
    if getattr(trouble, "errno", None) == errno.EADDRINUSE:
        return f"Somebody else listens at {host}:{settings.PORT} already."
    return f"Nothing can listen at {host}:{settings.PORT}: {getattr(trouble, 'strerror', None) or trouble}."


def static_files():
    """Each static file's path, size and time of change."""
    for finder in get_finders():
        for path, storage in finder.list([]):
            yield f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}"
