"""What a moderator has just decided and nobody was written to about, to be put back with one press."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Delivery
from comments.models import Ruling
from comments.models.questions import just_made
from forum.lib.desk.promised import length


@dataclass(frozen=True)
class Untold:
    """One decision, and when its letter leaves."""

    ruling: Ruling
    leaves_at: datetime

    @property
    def comment(self):
        return self.ruling.comment

    @property
    def tick(self):
        """Return what putting it back sends: which comment, and what was seen of its history."""
        return f"{self.comment.pk}.{self.comment.turn}"


def untold_by(user):
    """Return what this moderator decided and can still put back unheard, newest first."""
    made = just_made(person=user.pk, since=timezone.now() - timedelta(days=1))
    leaving = Delivery.objects.when_about([ruling.comment for ruling in made]) if made else {}
    return [Untold(ruling, leaving[ruling.comment_id]) for ruling in made if ruling.comment_id in leaving]


def when_told(undo="put it back"):
    """Say when its writer is written to, and what can be done until then, as the second half of a sentence."""
    if timedelta() == settings.LETTERS_WAIT:
        return "the writer is written to at once."
    wait = length(settings.LETTERS_WAIT)
    return f"the writer is written to in {wait}; {undo} before then and no letter leaves."
