"""The part of a comment, a case and a sanction that drops the letters its next step overtakes."""

from contextlib import contextmanager

from accounts.models.delivery import Delivery


class Overtaking:
    """Mix in before `Moving`: a thing that moves on takes along the letters about it that have not left.

    During a move `untold` is how many letters it has dropped.
    """

    untold = 0

    @contextmanager
    def moving(self, verb, **words):
        """Make a move, and drop what has not been told of the one before; a claimed letter goes out."""
        with super().moving(verb, **words):
            self.untold = 0 if self.machine[verb].stays else Delivery.objects.about(self).drop()
            yield self
