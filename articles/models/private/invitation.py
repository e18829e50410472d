import re
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from articles import promises
from articles.eligible import is_with_guest, is_written_by
from articles.models.private.awaiting import goes_by, printed_names
from forum.lib.moves import Refused
from forum.lib.signed import Signed

SIGNED = Signed("articles.invitation")
LINK = re.compile(r"(/link/)[\w.:-]+(?=/)")
HIDDEN = "/link/…/"


def masked(text):
    """Return a text in which no personal link works: whoever holds one acts as the person it is for."""
    return LINK.sub(r"\1…", text)


def has_part(person, piece):
    """Say whether somebody invited still has to do with a piece: to decide on it, or as one who wrote it."""
    decides = is_with_guest(person, piece) and piece.state.handled and piece.state.undecided
    return decides or is_written_by(person, piece)


class InvitationQuerySet(models.QuerySet):
    """Invitations, as the pages behind personal links ask for them."""

    def behind(self, code, token):
        """Return the invitation a link was made from, however old the link; None for one we never made."""
        if not (numbers := SIGNED.read(token)):
            return None
        key, number, until = numbers
        found = self.filter(pk=key, submission__code=code).select_related("submission", "person").first()
        if found:
            found.until = datetime.fromtimestamp(until, tz=timezone.get_current_timezone())
            found.is_newest = found.number == number
        return found

    def newest(self, code, key, number):
        """Return the invitation that let a browser in, as long as no newer link has ended it."""
        return self.filter(submission__code=code, pk=key, number=number).select_related("person").first()


class Invitation(models.Model):
    """Somebody's right to act on one piece by the links mailed to her; a new `number` ends all earlier links."""

    submission = models.ForeignKey("articles.Submission", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    until = None
    is_newest = False

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="invited_once_to_a_piece"),
        ]

    def __str__(self):
        return f"{self.person} is invited to {self.submission_id}"

    @cached_property
    def name(self):
        """Return what its page calls the person: where her account may not bear a name, the one that is printed."""
        piece = self.submission
        return goes_by(piece, self.person) or printed_names(piece).get(self.person_id, "one of its authors")

    @classmethod
    def to(cls, piece, person):
        """Let somebody act on a piece by personal links."""
        return cls.objects.get_or_create(submission=piece, person=person)[0]

    @classmethod
    def renew_for(cls, piece, person):
        """End every link of somebody who still has a part in a piece, so that she gets a new one."""
        invitation = piece.invitations.filter(person=person).first()
        if invitation is None or not has_part(person, piece):
            raise Refused(f"{person} has nothing to do with this piece any more.")
        invitation.renew()

    def renew(self):
        """End every link made so far."""
        type(self).objects.filter(pk=self.pk).update(number=F("number") + 1)
        self.refresh_from_db()

    def path(self):
        """Return a new link: whose it is, which number it has and until when it works, signed by us."""
        token = SIGNED.sign(self.pk, self.number, int(promises.link().timestamp()))
        return reverse("submission_link", args=[self.submission.code, token])

    @property
    def is_open(self):
        """Say whether the link this was found by still lets its person in."""
        return self.is_newest and timezone.now() < self.until and self.is_wanted

    @property
    def is_wanted(self):
        """Say whether the person still has anything to do with the piece."""
        return self.person.is_active and has_part(self.person, self.submission)
