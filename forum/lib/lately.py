"""What was made lately, as much of it as has room."""

from collections import OrderedDict
from threading import Lock


class Lately:
    """Things by what tells them apart; those go first that nobody asked for longest.

    What is kept by all the values that it was made of cannot be out of date.
    """

    def __init__(self, room):
        self.room, self.taken = room, 0
        self._kept, self._lock = OrderedDict(), Lock()

    def __len__(self):
        return len(self._kept)

    @property
    def things(self):
        """Return all of them by their keys."""
        with self._lock:
            return {key: made for key, (made, _) in self._kept.items()}

    def get(self, key):
        """Return what is kept by this, or None."""
        with self._lock:
            if found := self._kept.get(key):
                self._kept.move_to_end(key)
                return found[0]
        return None

    def keep(self, key, made, size):
        """Keep what was made, which takes so many bytes, in the place of what is kept by the same."""
        with self._lock:
            if size > self.room:
                return
            _, earlier = self._kept.pop(key, (None, 0))
            self._kept[key] = (made, size)
            self.taken += size - earlier
            while self.taken > self.room:
                _, (_, given_back) = self._kept.popitem(last=False)
                self.taken -= given_back

    def clear(self):
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.taken = 0
