"""What takes minutes: `make soak` alone runs it, against a site of its own that is started as `make run` does."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest
from django.db import connection
from psycopg import sql

PATIENCE = 600


class Site:
    """A site in a folder of its own, on a port of its own."""

    def __init__(self, folder, database):
        self.folder, self.database = folder, database
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def environment(self):
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"READ_DOT_ENV": "0", "DEMO": "1", "VAR_DIR": str(self.folder), "PORT": str(self.port)}
        return {**base, **own, **self.database}

    @contextmanager
    def started(self):
        """Start it; in the end it is killed with all it has started, as by a power cut."""
        command = [sys.executable, "manage.py", "serve"]
        with (self.folder.parent / "serve.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=self.environment(), stdout=log, stderr=log, start_new_session=True
            )
            try:
                yield process
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)

    def said(self):
        return (self.folder.parent / "serve.log").read_text()

    def ask(self, path):
        """Return what a page answers, or "" where nothing listens."""
        try:
            with urlopen(self.address + path, timeout=20) as answer:
                return answer.read().decode()
        except (URLError, OSError):
            return ""


def known_as(connection):
    """Return DATABASE_URL for the database that a connection has open."""
    had = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{had['NAME']}"
    return f"postgres://{had['USER']}:{had['PASSWORD']}@{had['HOST']}:{had['PORT'] or 5432}/{had['NAME']}"


def wait_for(condition, process=None):
    """Wait until something is so, or the process has ended."""
    until = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < until, "it never came to that"
        assert process is None or process.poll() is None, "it ended before"
        sleep(0.01)


@pytest.fixture
def site(django_db_setup, django_db_blocker, tmp_path):
    """A site that was never started, with an empty database of the kind that the tests run on."""
    if connection.vendor == "sqlite":
        yield Site(tmp_path / "var", {})
        return
    with django_db_blocker.unblock():
        server = {**connection.get_connection_params(), "dbname": "postgres"}
    known = {key: server[key] for key in ("dbname", "user", "password", "host", "port") if key in server}
    name = f"{connection.settings_dict['NAME']}_soak"
    with psycopg.connect(**known, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        who = f"{known['user']}:{known.get('password', '')}@{known['host']}:{known.get('port', 5432)}"
        yield Site(tmp_path / "var", {"DATABASE_URL": f"postgres://{who}/{name}"})
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
