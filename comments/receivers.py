"""What follows when something happens in a discussion, or to the piece above it."""

from django.dispatch import receiver

from accounts.copy import copying
from accounts.models import Delivery, User
from articles.models import Article, SafetyRequest, Submission
from comments import tasks
from comments.copying import give
from comments.mail import LEADING_THERE, last_heard
from comments.models import Comment, CommentEvent, Discussion
from forum.lib.moves import moved


@receiver(moved)
def tell(sender, thing, event, **rest):
    """Queue the letters a move promises, in the transaction that made it.

    What waits is written at once, so that whoever puts the decision back finds it and can drop it.
    """
    if sender._meta.app_label != "comments":
        return
    move = sender.machine[event.verb]
    if move.after and last_heard(thing, event) not in move.after:
        return
    for audience in move.tells:
        if move.waits:
            tasks.write(audience, event)
        else:
            tasks.tell.enqueue(audience, event.pk)


@receiver(moved, sender=Comment)
def tell_of_answers(sender, thing, event, **rest):
    """Let those who are to hear of a comment hear of it when it first appears."""
    if event.target == "published" and _is_first(thing, event):
        tasks.tell_of_answers.enqueue(event.pk)


def _is_first(comment, event):
    return comment.machine[event.verb].creates or comment.events.filter(target="published").count() == 1


@receiver(moved, sender=SafetyRequest)
def rename(sender, thing, event, **rest):
    """Whoever bears another name for her safety does so over her comments too, and over each under the old one."""
    if event.verb != "change_name":
        return
    Comment.objects.speak_as_printed(thing.asker)
    gone = [event.detail["old"], *event.detail.get("others", [])]
    if thing.asker.name not in gone:
        bears_it = thing.asker.name == event.detail["new"]
        comments = Comment.objects.all() if bears_it else Comment.objects.filter(written_as__in=gone)
        comments.put_name(thing.asker)


@receiver(moved, sender=Article)
def open_discussion(sender, thing, event, **rest):
    """A piece and its discussion appear together."""
    if event.verb == "publish":
        Discussion.of(thing)


@receiver(moved, sender=Article)
def lead_nobody_there(sender, thing, event, **rest):
    """A removed piece takes back the letters that lead below it and have not left."""
    if event.verb == "remove":
        told = CommentEvent.objects.filter(comment__discussion__article=thing, verb__in=LEADING_THERE)
        Delivery.objects.take_back(told)


@receiver(moved, sender=Submission)
def move_discussion(sender, thing, event, **rest):
    """A piece that gets another date takes the end of its discussion along."""
    if event.verb == "reschedule":
        Discussion.of(thing.article).move_with_piece()


@receiver(copying, sender=User)
def copy(sender, copy, **rest):
    """Put this app's part into a copy of all that is kept about somebody."""
    give(copy)
