from django_tasks import task

from accounts import mail
from accounts.models import Delivery


@task()
def deliver(pk):
    """Send one delivery."""
    mail.send(Delivery.objects.get(pk=pk))
