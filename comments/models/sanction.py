from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.mailboxes import mailbox
from accounts.models import Overtaking
from comments.models.ruling import Ruling
from comments.workflow import SANCTION
from forum.lib.asked import NOW, Given, asked
from forum.lib.moment import spelled
from forum.lib.moves import CLOCK, Event, IllegalMove, Moving, Refused


class Level(models.TextChoices):
    """The four steps, each the verb that takes it."""

    WARN = "warn", "Warning"
    HOLD_COMMENTS = "hold_comments", "Comments are read before they appear"
    PAUSE = "pause", "Pause: no new comments for a time"
    BAN = "ban", "Ban: no new comments"


USUAL_DAYS = {Level.WARN: 183, Level.HOLD_COMMENTS: 30, Level.PAUSE: 7, Level.BAN: 365}
SILENT = [Level.PAUSE, Level.BAN]
LADDER = [Level.WARN, Level.WARN, Level.HOLD_COMMENTS, Level.PAUSE]


def next_step(strikes, in_force=()):
    """Return the level that suits somebody with so many strikes, above what holds against her already."""
    suits = LADDER[strikes] if strikes < len(LADDER) else Level.BAN
    higher = [level for level in Level if Level.values.index(level) >= Level.values.index(suits)]
    return next((level for level in higher if level not in in_force), Level.BAN)


class SanctionQuerySet(models.QuerySet):
    """What holds against people, as the screen, the desk and they themselves ask for it."""

    def in_force(self, at=None):
        """Return what counts now; what has an end counts until then, whether or not the clock has run."""
        return self.filter(Q(until=None) | Q(until__gt=at or timezone.now()), status="in_force")

    def silencing(self, at=None):
        """Return what keeps people from posting now."""
        return self.in_force(at).filter(level__in=SILENT)

    def silencing_accounts(self, at=None):
        """Return what keeps people from posting now, the longest last.

        What was given to an author's comment is left out, as it would say which account a pen name belongs to.
        """
        known = self.silencing(at).filter(comment__speaks_as=None)
        return known.select_related("user", "comment").order_by(F("until").asc(nulls_last=True))

    def about(self, user):
        """Return everything that was ever decided about this person."""
        return self.filter(user=user).for_list()

    def over(self):
        """Return what has reached its end and is not written down as over."""
        return self.filter(status="in_force", until__lte=timezone.now())

    def for_list(self):
        """Return sanctions with the decision each rests on, newest first."""
        return self.select_related("ruling__rule", "ruling__by", "user", "comment__discussion__article").order_by("-pk")


class Sanction(Overtaking, Moving):
    """What was decided about a person because of a comment: told with its reason, with an end, never in secret."""

    machine = SANCTION

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    comment = models.ForeignKey("comments.Comment", models.CASCADE, related_name="sanctions")
    level = models.CharField(max_length=20, choices=Level)
    until = models.DateTimeField(null=True)
    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="sanction")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            SANCTION.constraint("sanction_status_known"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="sanction_level_known"),
            models.UniqueConstraint(
                fields=["user", "level"], condition=Q(status="in_force"), name="sanction_of_a_level_once"
            ),
        ]

    def __str__(self):
        return self.get_level_display()

    @property
    def ends(self):
        """Return the day, the hour and the zone of its end, or ""."""
        return spelled(self.until) if self.until else ""

    @property
    def hint(self):
        """Return what moderators are told beside somebody else at the same mailbox; it decides nothing."""
        how = "banned" if self.level == Level.BAN else "paused"
        until = f" until {self.ends}" if self.ends else ""
        return f"May be the same mailbox as that of {self.comment.name}, {how}{until}."

    @classmethod
    def beside(cls, person):
        """Return what keeps somebody else at this person's mailbox from posting, or None."""
        others = (sanction for sanction in silencing_all() if sanction.user_id != person.pk)
        return by_mailbox(others).get(mailbox(person.email))

    @classmethod
    def give(cls, level, *, comment, by, rule, reason, days=None, quote=""):
        """Take one of the four steps against the writer of a comment, for so many days."""
        until = timezone.now() + timedelta(days=days or USUAL_DAYS[level])
        for old in cls.objects.over().filter(user=comment.author_id):
            old.end()
        said = {"rule": rule, "reason": reason, "quote": quote, "until": until}
        about = {"user": comment.author, "comment": comment, "level": level}
        try:
            with transaction.atomic():
                ruling = Ruling.give(comment, level, by=by, **said)
                with cls.making(level, by=by, note=reason, ruling=ruling, until=until, **about) as sanction:
                    return sanction
        except IntegrityError:
            raise Refused("Somebody else decided the same a moment ago.") from None

    def lift(self, *, by, reason=""):
        """End it before its time."""
        with self.moving("lift", by=by, note=reason):
            pass

    def end(self):
        """Write down that its time is over, unless the clock has."""
        try:
            self.expire(by=CLOCK)
        except IllegalMove:
            return

    def expire(self, *, by):
        """Write down that its time is over."""
        with self.moving("expire", by=by):
            pass

    def reverse(self, *, by, reason=""):
        """Take it back, because an objection was right."""
        with self.moving("reverse", by=by, note=reason):
            pass


class SanctionEvent(Event):
    """What happened to a sanction."""

    sanction = models.ForeignKey(Sanction, models.CASCADE, related_name="events")


def by_mailbox(sanctions):
    """Return some `silencing_accounts` by the mailbox of each person: where there are two, the longer one."""
    return {mailbox(sanction.user.email): sanction for sanction in sanctions}


@asked
def silencing_all():
    """Return what keeps people from posting now."""
    return Sanction.objects.silencing_accounts(at=NOW)


@asked
def silencing():
    """Return what keeps somebody from posting now, with the decisions, the longest first."""
    found = Sanction.objects.silencing(at=NOW).filter(user=Given("writer"))
    return found.select_related("ruling").order_by("-until")


@asked
def held_against():
    """Return what holds against somebody now."""
    return Sanction.objects.filter(user=Given("writer")).in_force(at=NOW).for_list()
