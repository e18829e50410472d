"""What follows when something happens to a piece."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from articles import clock, mail, search, tasks
from articles.models import Article, Message, Picture, SafetyRequest, Submission
from forum.lib.moves import moved
from forum.pages.models import Holiday

HANDED_ON = {"take_up", "assign", "reassign", "put_back", "reconsider"}
TELLERS = {
    Submission: tasks.tell_about_submission,
    Article: tasks.tell_about_article,
    Message: tasks.tell_about_message,
    SafetyRequest: tasks.tell_about_safety,
}


@receiver(moved)
def tell(sender, thing, event, **rest):
    """Queue the letters a move promises, in the transaction that made it."""
    if sender in TELLERS:
        for audience in sender.machine[event.verb].tells:
            TELLERS[sender].enqueue(event.pk, audience)


@receiver(moved, sender=Submission)
def follow(sender, thing, event, **rest):
    """Answers follow the piece into other hands."""
    if event.verb in HANDED_ON:
        mail.readdress(thing)


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
