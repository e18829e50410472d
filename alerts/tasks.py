from django_tasks import task

from alerts import mail
from alerts.models import SubscriberEvent


@task()
def tell(event):
    """Send the letter about one event."""
    mail.tell(SubscriberEvent.objects.get(pk=event))
