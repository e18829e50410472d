"""What follows when something happens on the mailing list."""

from django.dispatch import receiver

from accounts.copy import copying
from accounts.models import User
from alerts import tasks
from alerts.copying import give
from alerts.models import Subscriber
from forum.lib.moves import moved


@receiver(moved, sender=Subscriber)
def tell(sender, thing, event, **rest):
    """Queue the letter a move promises, in the transaction that made it."""
    if thing.machine[event.verb].tells:
        tasks.tell.enqueue(event.pk)


@receiver(copying, sender=User)
def copy(sender, copy, **rest):
    """Put this app's part into a copy of all that is kept about somebody."""
    give(copy)
