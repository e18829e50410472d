"""The mechanism as one would first write it: it reads, decides and then writes; nothing is claimed or locked."""

import time

from django.utils import timezone

from forum.lib.moves import IllegalMove

MOMENT = 0.02  # seconds between reading and writing, in which somebody else acts


def claim(thing, verb, by, seen, also):
    """Look whether a move is possible, and a moment later write what it makes of the row."""
    move, rows = thing.machine[verb], type(thing)._base_manager.filter(pk=thing.pk)
    row = rows.get()
    if row.status not in move.sources or (seen is not None and row.turn != seen):
        thing.refresh_from_db()
        raise IllegalMove(thing, verb)
    time.sleep(MOMENT)
    target = row.status if move.stays else move.target
    rows.update(came_from=row.status, status=target, turn=row.turn + 1, moved_at=timezone.now(), **also)
    thing.refresh_from_db()


def lock(self):
    """Let everybody else into the discussion meanwhile."""
    discussion = type(self).objects.select_related("article").get(pk=self.pk)
    discussion.now = timezone.now()
    return discussion
