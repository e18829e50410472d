"""What follows when something happens to a piece."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.copy import copying
from accounts.models import Delivery, User, joined, joining
from articles import clock, search, tasks
from articles.copying import give
from articles.mail import LEADING_THERE
from articles.models import Article, Picture, Submission, SubmissionEvent
from forum.lib.moves import moved
from forum.pages.models import Holiday


@receiver(moved)
def tell(sender, thing, event, **rest):
    """Queue the letters a move promises, in the transaction that made it."""
    if sender._meta.app_label == "articles":
        for audience in sender.machine[event.verb].tells:
            tasks.tell.enqueue(sender.machine.name, event.pk, audience)


@receiver(moved, sender=Article)
def lead_nobody_there(sender, thing, event, **rest):
    """A removed piece takes back the letters that lead to it and have not left."""
    if event.verb == "remove":
        Delivery.objects.take_back(thing.events.filter(verb__in=LEADING_THERE))


@receiver(joining, sender=User)
def lock_pieces(sender, invited, **rest):
    """Let nobody save a piece that names somebody while she becomes somebody else."""
    Submission.objects.naming(invited).lock()


@receiver(joined, sender=User)
def keep_record(sender, account, invited, **rest):
    """What was asked of somebody invited was asked of the account she turns out to have."""
    SubmissionEvent.objects.filter(submission__invitations__person=invited).put_key(invited.pk, account.pk)


@receiver(post_save, sender=Picture)
def prepare(sender, instance, created, **rest):
    """Queue the making of what is served of a picture."""
    if created:
        tasks.prepare_picture.enqueue(instance.pk)


@receiver(post_save, sender=Holiday)
def postpone(sender, instance, created, **rest):
    """Move the dates that run into a new holiday, in the transaction that adds it."""
    if created:
        clock.postpone_for(instance)


@receiver(moved, sender=Article)
def index(sender, thing, event, **rest):
    """Make the current text of a piece what search finds."""
    search.index(thing)


@receiver(post_delete, sender=Article)
def forget(sender, instance, **rest):
    """Take a piece out of the index with its row."""
    search.forget(instance)


@receiver(copying, sender=User)
def copy(sender, copy, **rest):
    """Put this app's part into a copy of all that is kept about somebody."""
    give(copy)
