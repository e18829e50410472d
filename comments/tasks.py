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
    """Write the letters that a move promised to one audience; what is gone since is told to nobody."""
    events, _ = TELLERS[audience]
    for found in events.objects.filter(pk=event):
        write(audience, found)


def write(audience, event):
    """Write them now, in the caller's transaction."""
    _, teller = TELLERS[audience]
    teller(event)


@task()
def ask_to_confirm(report):
    """Ask the holder of an address whether the report with it is hers."""
    for found in Report.objects.filter(pk=report):
        mail.ask_to_confirm(found)


@task()
def tell_of_answers(event):
    """Note who is to hear of a comment that has just appeared, and mail those who want it at once."""
    for found in CommentEvent.objects.filter(pk=event):
        Notice.write(found.comment)
    for person in Notice.objects.waiting_people():
        mail.tell_of_answers(person)

