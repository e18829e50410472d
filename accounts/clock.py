"""What happens to people by the passing of time."""

from accounts import mail
from accounts.models import Delivery

MOST_AT_ONCE = 20


def retry_deliveries():
    """Try again what failed or was left behind, a few at a time so that a slow server holds nobody up."""
    for delivery in Delivery.objects.due().order_by("due_at")[:MOST_AT_ONCE]:
        mail.send(delivery)


def forget_words():
    """Keep that a letter went out, but not for ever what it said: some carry codes and private words."""
    Delivery.objects.sent_long_ago().update(text="", html="")


def due():
    """Let everything due happen to letters."""
    retry_deliveries()
    forget_words()
