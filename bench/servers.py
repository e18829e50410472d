"""What is measured, running: a bare application, our site on either database, and nginx."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from bench.load import Caller, request
from bench.machine import spent
from bench.pages import SENT
from tests.operations.fronting import a_port
from tests.operations.fronting import wait_for as listening

REDIS = shutil.which("redis-server")
ROOT = Path(__file__).resolve().parent.parent
QUIET = {
    "DEBUG": "0", "DEMO": "0", "READ_DOT_ENV": "0", "ALLOWED_HOSTS": SENT["host"], "EMAIL_URL": "dummymail://",
    "SECRET_KEY": secrets.token_urlsafe(60), "BACKGROUND": "0", "LOG_LEVEL": "ERROR", "WEB_CONCURRENCY": "1",
}  # fmt: skip


@dataclass(frozen=True)
class Server:
    """Something that answers at a port, and the processes that work for it."""

    port: int
    roots: tuple
    database: str = ""
    is_secure: bool = False

    def spent(self):
        """Return the processor seconds that each of its processes took up to now, its database's with them."""
        return spent(self.roots, self.database)


@dataclass(frozen=True)
class Place:
    """Where a site keeps what it has: a folder, and a database in it or of PostgreSQL."""

    folder: Path
    database_url: str = ""
    settings: tuple = ()

    def with_settings(self, **settings):
        """Return the same place with more settings."""
        return replace(self, settings=(*self.settings, *settings.items()))

    @property
    def environment(self):
        """Return the settings of a production site here."""
        where = {"VAR_DIR": str(self.folder)} | ({"DATABASE_URL": self.database_url} if self.database_url else {})
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
        return kept | QUIET | where | dict(self.settings)

    @property
    def database(self):
        """Return the name of PostgreSQL's database, or ""."""
        return self.database_url.rpartition("/")[2].partition("?")[0]

    def run(self, *words):
        """Run Python here; return what it printed."""
        how = {"env": self.environment, "cwd": ROOT, "capture_output": True, "text": True}
        ran = subprocess.run([sys.executable, *words], check=False, **how)
        if ran.returncode:
            raise SystemExit(f"{' '.join(words)} failed:\n{ran.stderr[-3000:]}")
        return ran.stdout

    def prepare(self):
        """Bring the database and the static files up to date."""
        self.run("manage.py", "migrate", "--verbosity=0")
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")

    @contextmanager
    def served(self, application="forum.wsgi:application", **more):
        """Run gunicorn as production does, with these settings besides."""
        port = a_port()
        environment = self.environment | {"PORT": str(port)} | more
        command = [sys.executable, "-m", "gunicorn", "-c", "python:forum.server", application]
        with running(command, environment, port) as process:
            yield Server(port, (process.pid,), self.database)


def vendors():
    """Return the databases that are measured."""
    return ["SQLite", *(["PostgreSQL"] if os.environ.get("DATABASE_URL", "").startswith("postgres") else [])]


@contextmanager
def place(folder, vendor):
    """Make a folder and an empty database, for as long as they are needed."""
    (folder / vendor).mkdir()
    if vendor == "SQLite":
        yield Place(folder / vendor)
        return
    server, _, beside = os.environ["DATABASE_URL"].rpartition("/")
    name = f"{beside}_bench"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield Place(folder / vendor, f"{server}/{name}")
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def redis_run(folder):
    """Run a Redis that keeps nothing on the disk; yield its address."""
    port = a_port()
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        listening(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def running(command, environment, port, *, is_secure=False):
    """Run a server until it is not needed any more."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        with closing(Caller(port, is_secure=is_secure)) as caller:
            wait_for(caller, process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_for(caller, process, seconds=30):
    """Return once a caller is answered."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            return caller.ask(request("/healthz"))
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"Nothing answers at port {caller.port}.")
