"""Several machines' worth of a site on one: nginx, two web processes, a worker, Redis and PostgreSQL, each on its own.

    DATABASE_URL=postgres://… python -m bench.together

Shows that they are one site, also while a web process dies. Says what it lacks where Redis or nginx is not installed.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.fronts import before
from bench.load import Caller, request
from bench.servers import REDIS, place, redis_run, vendors
from bench.writing import posting
from tests.operations.fronting import NGINX

TASKS = "from django_tasks_db.models import DBTaskResult as Task; print(*Task.objects.values_list('status', flat=True))"


def main():
    """Start everything, try each thing that several machines have to share, and say how it went."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended whoever ends this
    needed = {"Redis": REDIS, "nginx": NGINX, "PostgreSQL in DATABASE_URL": len(vendors()) > 1}
    lacking = [name for name, is_there in needed.items() if not is_there]
    if lacking:
        sys.stdout.write(f"Not tried: {' and '.join(lacking)} would have to be there.\n")
        return 0
    with tempfile.TemporaryDirectory(prefix="together-") as folder, ExitStack() as running:
        return shown(Path(folder), running)


def shown(folder, running):
    """Return 1 where anything is not as it should be."""
    redis = running.enter_context(redis_run(folder))
    site = running.enter_context(place(folder, "PostgreSQL")).with_settings(CACHE_URL=redis)
    site.prepare()
    corpus = json.loads(site.run("-m", "bench.corpus", "60", "20"))
    webs = [running.enter_context(site.served()) for _ in range(2)]
    running.enter_context(worked(site))
    front = running.enter_context(before(webs, folder / "nginx"))
    found = [
        say("a member is known to both web processes", known(webs, corpus["members"][0])),
        say("they have one throttle: of 60 searches 40 are answered", searched(webs) == [200] * 40 + [429] * 20),
        say("a comment posted at one is read at the other and through nginx", talked(webs, front, corpus)),
        say("the worker did what that asked for", done(site)),
        say("who reads through nginx does not notice that a web process dies", survived(webs, front, corpus)),
    ]
    return int(not all(found))


@contextmanager
def worked(site):
    """Do the work behind the pages in a process of its own."""
    process = subprocess.Popen([sys.executable, "manage.py", "work"], env=site.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def asked(server, path, **how):
    """Return the status and the text of an answer."""
    with closing(Caller(server.port, is_secure=server.is_secure)) as caller:
        status, _, body = caller.ask(request(path, **{"accept-encoding": "identity", **how}))
    return status, body.decode()


def known(webs, cookie):
    """Whether a member is signed in wherever she asks."""
    return all("Sign out" in asked(web, "/", cookie=cookie)[1] for web in webs)


def searched(webs):
    """Return how sixty searches of one reader were answered, the web processes taking turns."""
    return sorted(asked(webs[turn % 2], "/search/?q=canal")[0] for turn in range(60))


def talked(webs, front, corpus):
    """Whether a comment is read everywhere within two seconds."""
    first, second = webs
    path = corpus["discussions"][0]
    for server in (second, front):
        asked(server, path)
    with closing(Caller(first.port)) as caller:
        status, head, _ = caller.ask(posting(path, corpus["members"][0]))
    place = re.search(rb"(?i)location: \S+#(\S+)", head)[1].decode()
    time.sleep(2)
    return status == 302 and all(f'id="{place}"' in asked(server, path)[1] for server in (second, front))


def done(site, seconds=20):
    """Whether there were tasks, and none waits any more within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if set(site.run("manage.py", "shell", "--no-imports", "-c", TASKS).split()) == {"SUCCESSFUL"}:
            return True
    return False


def survived(webs, front, corpus):
    """Whether every page of a member comes although the first web process is killed."""
    path, cookie = corpus["pages"]["article"][1], corpus["members"][1]
    answers = [asked(front, path, cookie=cookie)[0] for _ in range(10)]
    os.kill(webs[0].roots[0], 9)
    answers += [asked(front, path, cookie=cookie)[0] for _ in range(20)]
    return answers == [200] * 30


def say(what, is_so):
    """Print what was tried and whether it is so, which is returned."""
    sys.stdout.write(f"{'yes' if is_so else 'NO '}  {what}\n")
    sys.stdout.flush()
    return is_so


if __name__ == "__main__":
    sys.exit(main())
