"""What follows when something happens in a discussion, or to the piece above it."""

from django.dispatch import receiver

from articles.models import Article
from comments import tasks
from comments.models import Discussion
from comments.workflow import OBJECTOR, REPORTERS, WRITER
from forum.lib.moves import moved

TELLERS = {WRITER: tasks.tell_writer, REPORTERS: tasks.tell_reporters, OBJECTOR: tasks.tell_objector}


@receiver(moved)
def tell(sender, thing, event, **rest):
    """Queue the letters a move promises, in the transaction that made it."""
    if sender._meta.app_label == "comments":
        for audience in sender.machine[event.verb].tells:
            TELLERS[audience].enqueue(event.pk)


@receiver(moved, sender=Article)
def open_discussion(sender, thing, event, **rest):
    """A piece and its discussion appear together."""
    if event.verb == "publish":
        Discussion.of(thing)
