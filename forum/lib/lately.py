"""What was made lately, kept by the values that it was made of: it cannot be out of date."""

from collections import OrderedDict
from threading import Lock


class Lately:
    """Things by their values, as many as have room; those go first that nobody asked for longest."""

    def __init__(self, room):
        self.room, self.taken = room, 0
        self._kept, self._lock = OrderedDict(), Lock()

    def __len__(self):
        return len(self._kept)

    def get(self, values):
        """Return what was made of these, or None."""
        with self._lock:
            if found := self._kept.get(values):
                self._kept.move_to_end(values)
                return found[0]
        return None

    def keep(self, values, made, size):
        """Keep what was made, which takes so many bytes."""
        with self._lock:
            if values in self._kept or size > self.room:
                return
            self._kept[values] = (made, size)
            self.taken += size
            while self.taken > self.room:
                _, (_, given_back) = self._kept.popitem(last=False)
                self.taken -= given_back

    def clear(self):
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.taken = 0
