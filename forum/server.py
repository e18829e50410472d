"""How gunicorn serves the site: `gunicorn -c python:forum.server forum.wsgi`."""

import os
import signal

from django.utils.module_loading import import_string

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
worker_class = "gthread"
threads = int(os.environ.get("THREADS", "8"))
timeout = 60
graceful_timeout = 5
control_socket_disable = True
loglevel = os.environ.get("GUNICORN_LOG", "error")

_background = []


def post_worker_init(worker):
    """Start the background thread, in the worker and never before the fork."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the master passes Ctrl-C on; hearing it twice can deadlock
    if os.environ.get("BACKGROUND", "1") != "0":
        _background.append(import_string("forum.background.Background")())
        _background[0].start()


def worker_exit(server, worker):
    """Let the background thread go with its worker; a task that takes longer is left to the reaper."""
    for name in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for background in _background:
        background.stop()
    if worker.booted:
        os._exit(0)  # nothing is left to do, and a daemon thread at work can hang the interpreter's own farewell
