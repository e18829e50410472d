"""Whose turn it is to write: one after the other, in the order in which they came."""

from collections import deque
from threading import Event, Lock


class Turns:
    """The turns of all the writers of a process; each is known by its connection."""

    def __init__(self):
        self._lock, self._waiting, self.writer = Lock(), deque(), None

    def take(self, writer, seconds):
        """Wait for one's turn, and say whether it came within so many seconds."""
        with self._lock:
            if self.writer is None:
                self.writer = writer
                return True
            mine = (writer, Event())
            self._waiting.append(mine)
        if mine[1].wait(seconds):
            return True
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
        return mine[1].is_set()  # it may have come at the last moment

    def end(self, writer):
        """Let the next one write, if it was this one's turn."""
        with self._lock:
            if self.writer is not writer:
                return
            self.writer, its_turn = self._waiting.popleft() if self._waiting else (None, None)
            if its_turn:
                its_turn.set()
