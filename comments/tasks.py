from django_tasks import task

from comments import mail
from comments.models import AppealEvent, CommentEvent, Notice, Report, ReportCaseEvent, SanctionEvent
from comments.workflow import CONCERNED, GUEST, MODERATORS, OBJECTOR, REPORTERS, SANCTIONED, WRITER

TELLERS = {
    WRITER: (CommentEvent, mail.tell_writer),
    SANCTIONED: (SanctionEvent, mail.tell_sanctioned),
    REPORTERS: (ReportCaseEvent, mail.tell_reporters),
    MODERATORS: (ReportCaseEvent, mail.tell_moderators),
    OBJECTOR: (AppealEvent, mail.tell_objector),
    CONCERNED: (AppealEvent, mail.tell_concerned),
    GUEST: (AppealEvent, mail.tell_guest),
}


@task()
def tell(audience, event):
    """Send the letters that a move promised to one audience."""
    events, teller = TELLERS[audience]
    teller(events.objects.get(pk=event))


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

