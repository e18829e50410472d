"""What happens to people by the passing of time."""

from accounts.models import Delivery, EarlierName


def forget_words():
    """Keep what became of a letter, but not for ever what it said: some carry private words."""
    for letter in Delivery.objects.to_be_forgotten():
        letter.forget()


def forget_names():
    """Forget the names that moderators are told no longer."""
    EarlierName.objects.past().delete()


def due():
    """Let everything due happen to letters and names; sending them is the postman's."""
    Delivery.objects.lapse()
    forget_words()
    forget_names()
