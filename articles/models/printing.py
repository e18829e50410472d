from django.db import models

from accounts.models import User
from forum.pages.models import SiteSettings

ACCEPTING = ("accept", "commission")


class Printing(models.Model):
    """Who may let a piece go to print."""

    class Meta:
        abstract = True

    def was_accepted_by(self, user):
        """Say whether this person accepted the piece, the last time it was accepted, or commissioned it."""
        accepted = [event.actor_id for event in self.events.all() if event.verb in ACCEPTING]
        return isinstance(user, User) and accepted[-1:] == [user.pk]

    def other_publishers(self, user):
        """Return who could publish this piece beside this person."""
        return self.eligible_publishers().exclude(pk=getattr(user, "pk", None))

    @staticmethod
    def is_published_by_another():
        """Say whether it is the rule of the house that whoever accepts a piece does not publish it."""
        return SiteSettings.get().publisher_is_not_accepter
