"""How gunicorn serves the site: `gunicorn -c python:forum.server forum.wsgi`."""

import ctypes
import gc
import os
import signal
from pathlib import Path

from django.utils.module_loading import import_string

from forum.environment import read

env = read(Path(__file__).resolve().parent.parent / ".env")
host = env.str("BIND", default="127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{env.int('PORT', default=8000)}"
workers = env.int("WEB_CONCURRENCY", default=1)
worker_class = "gthread"
threads = env.int("THREADS", default=8)
timeout = 60
graceful_timeout = 5
control_socket_disable = True
loglevel = env.str("GUNICORN_LOG", default="error")

LARGE = 1024 * 1024  # bytes
M_MMAP_THRESHOLD = -3  # glibc's number for the size from which a block is given back as soon as it is free

_background = []


def post_worker_init(worker):
    """Start the loops behind the pages, in the worker and never before the fork."""
    give_back_large_blocks()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the master passes Ctrl-C on; hearing it twice can deadlock
    if env.bool("BACKGROUND", default=True):
        _background.append(import_string("forum.background.Background")())
        _background[0].start()


def worker_exit(server, worker):
    """Let the loops go with their worker; what takes longer is taken up again by another."""
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for background in _background:
        background.stop()
    if worker.booted:
        os._exit(0)  # nothing is left to do, and a daemon thread at work can hang the interpreter's own farewell


def give_back_large_blocks():
    """Let what an upload took go back to the system; glibc otherwise learns from it to keep as much for each thread."""
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        mallopt(M_MMAP_THRESHOLD, 128 * 1024)


def post_request(worker, request, environ, response):
    """Let go of a large upload: a form and its fields hold each other, and the collector counts things, not bytes."""
    if int(environ.get("CONTENT_LENGTH") or 0) > LARGE:
        gc.collect()
