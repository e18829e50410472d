"""What a copy of all that is kept about a person has of the mailing list."""

from alerts.models import Subscriber


def give(copy):
    """Put where her addresses stand on the list into the copy."""
    copy.add("The mailing list", map(_subscriber, Subscriber.objects.filter(email__iexact=copy.person.email)))


def _subscriber(subscriber):
    return {"address": subscriber.email, "where_it_stands": subscriber.label, "since": subscriber.moved_at}
