"""The work behind the pages: loops that know nothing of each other, each in a thread of its own.

They run in every web process, or, where that has BACKGROUND=0, by `manage.py work`.
"""

import logging
from threading import Event, Thread
from time import monotonic

from django.db import close_old_connections, connections

from accounts import postman
from forum import clock
from forum.lib import queue
from forum.lib.border import failure_of
from forum.models import Trouble

LOOPS = {  # name: (a function of `until`, which says when to leave off between two things; seconds between two calls)
    "clock": (clock.tick, 60),
    "tasks": (queue.run_queued, 1),
    "post": (postman.send_due, 1),
}
LONGEST_PAUSE = 60  # seconds

logger = logging.getLogger(__name__)


class Loop(Thread):
    """Does one thing again and again. A failure is told when it begins; the loop waits ever longer and goes on."""

    def __init__(self, name, work, pause, stopping):
        super().__init__(name=f"{name} loop", daemon=True)
        self.work, self.pause, self.stopping = work, pause, stopping
        self.failure, self.failures = None, 0
        self.told = True  # perhaps: by a process that was ended before it was well again

    def run(self):
        while not self.stopping.is_set():
            self._take(failure_of(self._once))
            grown = self.pause * 2 ** min(self.failures, 6)
            self.stopping.wait(min(grown, max(self.pause, LONGEST_PAUSE)))
        failure_of(connections.close_all)

    def _once(self):
        close_old_connections()
        self.work(self.stopping.is_set)

    def _take(self, failure):
        if failure and type(failure) is not type(self.failure):
            logger.error("The %s failed; it goes on, and says when it is well again", self.name, exc_info=failure)
        elif self.failure and not failure:
            logger.warning("The %s is well again after %s failures", self.name, self.failures)
        if failure:
            failure_of(connections.close_all)  # a transaction may be open, or the database gone
        self._tell(failure)
        self.failure, self.failures = failure, self.failures + 1 if failure else 0

    def _tell(self, failure):
        """Let administrators know, unless it is the database that fails: then nothing can be written."""
        if failure:
            self.told = True
            failure_of(Trouble.objects.tell, self.name, failure)
        elif self.told:
            self.told = failure_of(Trouble.objects.over, self.name) is not None


class Background:
    """All loops together, until told to stop."""

    def __init__(self):
        self.stopping = Event()
        self.loops = [Loop(name, work, pause, self.stopping) for name, (work, pause) in LOOPS.items()]

    def start(self):
        for loop in self.loops:
            loop.start()

    def stop(self, patience=1):
        """Give what is in hand `patience` seconds; say whether everything has ended."""
        self.stopping.set()
        until = monotonic() + patience
        for loop in self.loops:
            if loop.is_alive():  # who is told to stop while starting has not begun all of them
                loop.join(max(0, until - monotonic()))
        return not any(loop.is_alive() for loop in self.loops)
