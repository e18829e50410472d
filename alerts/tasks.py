from django_tasks import task

from alerts import mail
from alerts.models import SubscriberEvent


@task()
def tell(event):
    """Send the letter about one event; somebody who was deleted since gets none."""
    for found in SubscriberEvent.objects.filter(pk=event):
        mail.tell(found)
