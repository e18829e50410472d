"""How long readers still get words after a verb has taken them away."""

import json
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from threading import Timer

from bench.load import Caller, request, together

PATIENCE = 4  # seconds
PLAIN = {"accept-encoding": "identity"}


class Desk:
    """Somebody at the desk, in a process of her own."""

    def __init__(self, process):
        self.process = process

    def hear(self):
        """Return what she says next."""
        return json.loads(self.process.stdout.readline())

    def say(self, words):
        """Tell her something."""
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()


@contextmanager
def desk(site):
    """Let somebody be at the desk of a site."""
    how = {"env": site.environment, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-m", "bench.verbs"], **how) as process:
        yield Desk(process)
        process.stdin.close()


def stale(somebody, verb, path, servers):
    """Return for each server how many seconds after a verb a reader began to ask who was still given the old words.

    0 where nobody was; `PATIENCE` where they were still given when the watch ended.
    """
    somebody.say(f"{verb} {path}")
    words = somebody.hear()
    Timer(0.5, somebody.say, ["now"]).start()
    seen = together([(watched, (server, path, words.encode(), PATIENCE + 1)) for server in servers])
    at = somebody.hear()
    return [min(PATIENCE, max(0, last - at)) for last in seen]


def watched(server, path, words, seconds):
    """Ask again and again; return when the last reader began to ask who was given these words."""
    last, until = 0, time.time() + seconds
    with closing(Caller(server.port, is_secure=server.is_secure)) as caller:
        while (start := time.time()) < until:
            _, _, body = caller.ask(request(path, **PLAIN))
            last = start if words in body else last
    return last
