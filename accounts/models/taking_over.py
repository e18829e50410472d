"""The part of a user that takes over what was asked of somebody only invited."""

from django.db import models, transaction
from django.dispatch import Signal

from accounts.models.delivery import Delivery
from forum.lib.handing import hand_over

joining = Signal()
"""Sent before an account takes over somebody `invited`, to whatever has to be locked meanwhile."""

joined = Signal()
"""Sent as an account takes over somebody `invited`, to whatever keeps her key where no foreign key says so."""


class TakingOver(models.Model):
    """What an account takes over from somebody who was only invited and turns out to be the same person."""

    class Meta:
        abstract = True

    @transaction.atomic
    def take_over(self, invited):
        """Make all that names somebody invited name this account, whose second, proven address hers becomes.

        Where both stand already, once is enough. A second address proves who she is and signs nobody in; no rank
        comes along. False where she is no longer only invited: an account is its owner's. Whoever names her meanwhile
        waits (`UserManager.locked`), always after the things that name her already.
        """
        joining.send(type(self), invited=invited)
        if not (invited := type(self).objects.locked(invited)):
            return False
        joined.send(type(self), account=self, invited=invited)
        invited.emailaddress_set.filter(email=invited.email).update(verified=True, primary=False)
        hand_over(invited, self)
        Delivery.objects.unsent().put_person(invited.pk, self.pk)
        invited.delete()
        return True
