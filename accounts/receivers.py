"""What follows when something happens to people."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver


@receiver(user_logged_in)
def welcome(sender, user, **rest):
    """Whoever was invited and has now signed in has proven the address: every way in leads through a mail to it."""
    if user.is_invited:
        user.arrive()
