"""Letters to an address on the mailing list, or on its way there."""

from django.conf import settings

from accounts.mail import write


def tell(event):
    """Write to the holder of an address about what was asked for in their name."""
    subscriber = event.subscriber
    link = settings.SITE_URL + subscriber.get_absolute_url()
    context = {"subscriber": subscriber, "is_confirmed": subscriber.status == "confirmed", "link": link}
    headers = {"List-Unsubscribe": f"<{link}>"}
    key = f"{event._meta.label_lower}.{event.pk}"
    write(key, f"alerts/{event.verb}", context, to=subscriber.email, headers=headers)
