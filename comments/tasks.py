from django_tasks import task

from comments import mail
from comments.models import AppealEvent, CommentEvent, ReportCaseEvent


@task()
def tell_writer(event):
    """Send the letter about one decision to the writer of the comment."""
    mail.tell_writer(CommentEvent.objects.get(pk=event))


@task()
def tell_reporters(event):
    """Send the outcome to those who reported a comment."""
    mail.tell_reporters(ReportCaseEvent.objects.get(pk=event))


@task()
def tell_objector(event):
    """Send the outcome to the person who objected."""
    mail.tell_objector(AppealEvent.objects.get(pk=event))
