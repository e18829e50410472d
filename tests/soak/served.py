"""The site as operators serve it, in processes that are killed and started again."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.soak.settings", "DEMO": "1", "READ_DOT_ENV": "0", "PYTHONPATH": str(ROOT)}
BUILD = "import django, json; django.setup(); from tests.soak.people import build; print(json.dumps(build({})))"


class Served:
    """One site with its own folder, database and mail server."""

    def __init__(self, folder, database, port, smtp):
        self.port, self.process = port, None
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environ = {**kept, **SETTINGS, "VAR_DIR": str(folder), "PORT": str(port), "SMTP": str(smtp), **database}

    def build(self, pieces):
        """Make the database and the people; return who they are."""
        said = subprocess.run(
            [sys.executable, "-c", BUILD.format(pieces)], env=self.environ, cwd=ROOT,
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        return json.loads(said.stdout.splitlines()[-1])

    def start(self):
        """Start it, in a process group of its own, and wait until it answers."""
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:forum.server", "forum.wsgi"]
        self.process = subprocess.Popen(gunicorn, env=self.environ, cwd=ROOT, start_new_session=True)
        self.wait()

    def wait(self):
        """Wait until it answers."""
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise TimeoutError("The site did not start.")

    def kill(self, chance=random):
        """Kill -9 a worker, or everything at once; whatever was killed is running again afterwards."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        if workers and chance.random() < 0.5:
            os.kill(int(workers[0]), signal.SIGKILL)
        else:
            self.end()
            self.start()

    def end(self):
        """Kill everything at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
