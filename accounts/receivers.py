"""What follows when something happens to people."""

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts.models import Delivery
from accounts.tasks import deliver


@receiver(post_save, sender=Delivery)
def send_what_was_posted(sender, instance, created, **rest):
    """Queue the sending in the transaction that posted the delivery."""
    if created:
        deliver.enqueue(instance.pk)
