"""Whose turn it is to write: one after the other, in the order in which they came."""

import os
from collections import deque
from contextlib import suppress

_of_file = {}


class Turns:
    """The turns of a process's writers of one file: they stand in a line, and the first of them writes.

    Nothing here takes a lock, since the collector may end the turn of a lost connection in the middle of anything. Each
    step is one that nothing interrupts, and whoever leaves the line tells the first, be it once too often.
    """

    def __init__(self):
        self.line = deque()

    def stand(self, place):
        """Take a place in the line, a `SimpleQueue`, and say whether it is the first."""
        self.line.append(place)
        return self.line[0] is place

    def leave(self, place):
        """Give up a place, be it the first or not, and tell whoever is the first now."""
        with suppress(ValueError, IndexError):  # it is in no line that this process knows, or nobody is after it
            self.line.remove(place)
            self.line[0].put(None)


def turns_of(file):
    """Return whose turns they are to write to a file."""
    return _of_file.setdefault(str(file), Turns())


def _forget():
    """Let nobody stand in line in the child of a process, where the threads that stood there are not."""
    for turns in _of_file.values():
        turns.line.clear()


os.register_at_fork(after_in_child=_forget)
