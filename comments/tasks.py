from django_tasks import task

from comments import mail
from comments.models import AppealEvent, CommentEvent, Notice, Report, ReportCaseEvent, SanctionEvent


@task()
def tell_writer(event):
    """Send the letter about one decision to the writer of the comment."""
    mail.tell_writer(CommentEvent.objects.get(pk=event))


@task()
def tell_sanctioned(event):
    """Send the letter about a sanction to the person it is about."""
    mail.tell_sanctioned(SanctionEvent.objects.get(pk=event))


@task()
def tell_reporters(event):
    """Send the outcome to those who reported a comment."""
    mail.tell_reporters(ReportCaseEvent.objects.get(pk=event))


@task()
def tell_moderators(event):
    """Tell the moderators at once of what cannot wait."""
    mail.tell_moderators(ReportCaseEvent.objects.get(pk=event))


@task()
def tell_objector(event):
    """Send the outcome to the person who objected."""
    mail.tell_objector(AppealEvent.objects.get(pk=event))


@task()
def tell_concerned(event):
    """Tell those who had reported a comment that the decision was reversed."""
    mail.tell_concerned(AppealEvent.objects.get(pk=event))


@task()
def tell_guest(event):
    """Ask somebody from outside to decide."""
    mail.tell_guest(AppealEvent.objects.get(pk=event))


@task()
def ask_to_confirm(report):
    """Ask the holder of an address whether the report with it is hers."""
    mail.ask_to_confirm(Report.objects.get(pk=report))


@task()
def tell_of_answers(event):
    """Note who is to hear of a comment that has just appeared, and mail those who want it at once."""
    Notice.write(CommentEvent.objects.get(pk=event).comment)
    for person in Notice.objects.waiting_people():
        mail.tell_of_answers(person)

