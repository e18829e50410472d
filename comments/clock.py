"""What happens in discussions by the passing of time; readers see it already, so a day missed loses nothing."""

from django.http import Http404

from comments import mail
from comments.models import Comment, Notice, Report, Sanction
from forum.lib.moves import CLOCK, IllegalMove, Refused


def due():
    """Write down that comments hidden for a while are back, and that sanctions are over."""
    for comment in Comment.objects.overdue():
        _press(comment.restore, seen=comment.turn)
    for sanction in Sanction.objects.over():
        _press(sanction.expire)


def tell_due():
    """Mail members what they should hear by now."""
    for person in Notice.objects.waiting_people():
        mail.tell_of_answers(person)


def forget_due():
    """Forget from which networks older reports came."""
    Report.forget_networks()


def _press(verb, **arguments):
    """Make a move as the clock; where somebody was there first, her decision stands."""
    try:
        verb(by=CLOCK, **arguments)
    except (IllegalMove, Refused, Http404):
        return
