"""Django's PostgreSQL, which asks a connection less often whether it is still there.

Django asks before the first question of each request and waits for the answer, as long as for many a question.
"""

from select import POLLIN, poll
from time import monotonic

from django.db.backends.postgresql import base

A_MOMENT = 1  # seconds


class BelievedConnection(base.DatabaseWrapper):
    """Believes in a connection that answered a moment ago and of which nothing has been heard since.

    A server that ends a connection says so, and where it breaks down its machine does. What ends without a word, as a
    network does, is found by the question itself, as it is where that happens right after somebody asked.
    """

    answered_at = None

    def is_usable(self):
        is_there = super().is_usable()
        self.answered_at = monotonic() if is_there else None
        return is_there

    def close_if_health_check_failed(self):
        self.health_check_done = self.health_check_done or self._answered_just_now()
        super().close_if_health_check_failed()

    def _answered_just_now(self):
        if self.connection is None or self.answered_at is None or monotonic() - self.answered_at > A_MOMENT:
            return False
        return not self.connection.closed and not has_word(self.connection.fileno())


DatabaseWrapper = BelievedConnection  # what Django looks for


def has_word(socket):
    """Say whether something came that nobody has read: a farewell, or the end."""
    ear = poll()
    ear.register(socket, POLLIN)
    return bool(ear.poll(0))
