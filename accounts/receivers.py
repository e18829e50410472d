"""What follows when something happens to people."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import Delivery
from accounts.tasks import deliver


@receiver(post_save, sender=Delivery)
def send_what_was_posted(sender, instance, created, **rest):
    """Queue the sending in the transaction that posted the delivery."""
    if created:
        deliver.enqueue(instance.pk)


@receiver(user_logged_in)
def welcome(sender, user, **rest):
    """Whoever was invited and has now signed in has proven the address: every way in leads through a mail to it."""
    if user.is_invited:
        user.arrive()
