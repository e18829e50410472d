"""What follows when something happens in a discussion, or to the piece above it."""

from django.dispatch import receiver

from articles.models import Article, Submission
from comments import tasks
from comments.models import Comment, Discussion
from forum.lib.moves import moved


@receiver(moved)
def tell(sender, thing, event, **rest):
    """Queue the letters a move promises, in the transaction that made it."""
    if sender._meta.app_label == "comments":
        for audience in sender.machine[event.verb].tells:
            tasks.tell.enqueue(audience, event.pk)


@receiver(moved, sender=Comment)
def tell_of_answers(sender, thing, event, **rest):
    """Let those who are to hear of a comment hear of it when it first appears."""
    if event.target == "published" and thing.events.filter(target="published").count() == 1:
        tasks.tell_of_answers.enqueue(event.pk)


@receiver(moved, sender=Article)
def open_discussion(sender, thing, event, **rest):
    """A piece and its discussion appear together."""
    if event.verb == "publish":
        Discussion.of(thing)


@receiver(moved, sender=Submission)
def move_discussion(sender, thing, event, **rest):
    """A piece that gets another date takes the end of its discussion along."""
    if event.verb == "reschedule":
        Discussion.of(thing.article).move_with_piece()
