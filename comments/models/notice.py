"""How members hear: whom they follow, what they have read, and when they are mailed."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import PrintedByline
from articles.models.public import in_public
from articles.promises import next_morning
from comments.models.comment import Comment
from comments.models.counting import shown
from comments.models.discussion import Discussion
from comments.models.regard import Mute
from forum.lib.asked import Given, asked
from forum.lib.signed import Signed

SIGNED = Signed("comments.mail")
NEWS_FOR = timedelta(days=30)
CHOICES = ("how_often", "own_pieces")


class HowOften(models.TextChoices):
    """When a member is mailed about answers."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    OFF = "off", "Never"


class MailChoice(models.Model):
    """How often a member is mailed about answers and discussions she follows, and about comments on her own pieces."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    how_often = models.CharField(max_length=10, choices=HowOften, default=HowOften.AT_ONCE)
    own_pieces = models.CharField(max_length=10, choices=HowOften, default=HowOften.DAILY)

    def __str__(self):
        return f"{self.user}: {self.get_how_often_display()}"

    @classmethod
    def of(cls, user):
        """Return how often this member wants mail."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    @classmethod
    def choose(cls, how_often, own_pieces="", *, by):
        """Let `by` be mailed this often from now on; what she does not want any more she does not get later either."""
        chosen = {"how_often": how_often, "own_pieces": own_pieces}
        cls.objects.update_or_create(user=by, defaults={name: often for name, often in chosen.items() if often})
        waiting = Notice.objects.filter(to=by, sent_at=None)
        waiting.exclude(pk__in=waiting.wanted().values("pk")).delete()

    @classmethod
    def stop(cls, *, by):
        """Send `by` no such mail at all."""
        cls.choose(HowOften.OFF, HowOften.OFF, by=by)

    @staticmethod
    def path(user):
        """Return the address at which this member chooses without signing in."""
        return reverse("comment_mail", args=[SIGNED.sign(user.pk)])

    @staticmethod
    def chooser(token):
        """Return the member an address was made for, or None."""
        return User.objects.filter(pk__in=SIGNED.read(token), is_active=True).first()


class FollowQuerySet(models.QuerySet):
    """What members follow, as they ask for it."""

    def by_member(self, user):
        """Return one member's, of pieces that can be read, the newest first."""
        found = self.filter(in_public.readable("discussion__article__"), user=user)
        return found.select_related("discussion__article__edition").order_by("-pk")


class Follow(models.Model):
    """A member's wish to hear of every new comment in a discussion."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    at = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "user"], name="followed_once")]

    def __str__(self):
        return f"{self.user} follows {self.discussion_id}"

    @classmethod
    def begin(cls, discussion, *, by):
        """Follow a discussion; twice changes nothing."""
        cls.objects.get_or_create(discussion=discussion, user=by)

    @classmethod
    def end(cls, discussion, *, by):
        """Follow it no more."""
        cls.objects.filter(discussion=discussion, user=by).delete()


class VisitQuerySet(models.QuerySet):
    """How far members have read."""

    def by_member(self, user):
        """Return one member's, with the pieces."""
        return self.filter(user=user).select_related("discussion__article")


class Visit(models.Model):
    """The last comment a member has seen in a discussion."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits")
    number = models.PositiveIntegerField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["discussion", "user"], name="visited_once")]

    def __str__(self):
        return f"{self.user} has read up to #{self.number}"

    @classmethod
    def note(cls, discussion, number, *, by):
        """Write down that a member has seen all up to this number; never less than before."""
        number = min(number, discussion.next_number - 1)
        seen, new = cls.objects.get_or_create(discussion=discussion, user=by, defaults={"number": number})
        if not new:
            cls.objects.filter(pk=seen.pk, number__lt=number).update(number=number)


class NoticeQuerySet(models.QuerySet):
    """What members are to hear, as the post office asks for it."""

    def sendable(self):
        """Return what is due, still news, readable now, and about no comment whose report waits for a decision."""
        reported = Comment.objects.filter(cases__status="open")
        return self.filter(
            ~Exists(reported.filter(pk=OuterRef("comment"))),
            ~Exists(reported.filter(pk=OuterRef("comment__answers"))),
            sent_at=None,
            due_at__range=(timezone.now() - NEWS_FOR, timezone.now()),
        ).filter(shown("comment__"), in_public.readable("comment__discussion__article__")).wanted()

    def wanted(self):
        """Return what members still want to hear, of whom they read: answers, what they follow, and on their pieces."""
        follows = Follow.objects.filter(discussion=OuterRef("comment__discussion"), user=OuterRef("to"))
        named = Coalesce("comment__speaks_as", 0)
        mutes = Mute.objects.filter(by=OuterRef("to"), whom=OuterRef("comment__author"))
        mutes = mutes.annotate(named=Coalesce("speaks_as", 0)).filter(named=OuterRef("named"))
        found = self.alias(named=named).exclude(Exists(mutes))
        off = {name: Exists(MailChoice.objects.filter(user=OuterRef("to"), **{name: HowOften.OFF})) for name in CHOICES}
        hers = Q(comment__discussion__article__submission__corresponding_author=F("to")) | Q(Exists(_printed()))
        heard = Q(Exists(follows)) | Q(comment__answers__author=F("to"))
        return found.filter((heard & ~off["how_often"]) | (hers & ~off["own_pieces"]))

    def waiting_people(self):
        """Return the members for whom something is due."""
        return User.objects.filter(pk__in=self.sendable().values("to"), is_active=True).order_by("pk")

    def for_mail(self):
        """Return notices with what the mail says of them, in the order of the comments."""
        about = ("comment__author", "comment__speaks_as", "comment__answers", "comment__discussion__article__edition")
        return self.select_related(*about).order_by("comment__discussion", "comment__number")


class Notice(models.Model):
    """That one member should hear of one new comment, once."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="notices")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "to"], name="noticed_once")]
        indexes = [models.Index("due_at", name="notice_due", condition=models.Q(sent_at=None))]

    def __str__(self):
        return f"{self.to} hears of {self.comment_id}"

    @property
    def is_answer(self):
        """Whether the comment answers one by this member; otherwise she follows the discussion."""
        return self.comment.answers is not None and self.comment.answers.author_id == self.to_id

    @classmethod
    def write(cls, comment):
        """Note who is to hear of a comment that has just appeared; twice changes nothing."""
        listeners, writers = _listeners(comment), comment.discussion.article.writers()
        people = User.objects.filter(pk__in=writers.union(listeners), is_active=True).exclude(pk=comment.author_id)
        people = people.exclude(muting__in=comment.author.muted_by.of(comment)).select_related("mail_choice")
        due = {HowOften.AT_ONCE: timezone.now(), HowOften.DAILY: next_morning()}
        rows = []
        for person in people:
            choice = getattr(person, "mail_choice", MailChoice())
            often = [choice.how_often] * (person.pk in listeners) + [choice.own_pieces] * (person.pk in writers)
            if moments := [due[wish] for wish in often if wish in due]:
                rows.append(cls(comment=comment, to=person, due_at=min(moments)))
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def take(cls, person):
        """Take everything one member should hear now, so that nobody else sends it; returns a list."""
        batch = uuid.uuid4()
        mine = list(cls.objects.sendable().filter(to=person).values_list("pk", flat=True))
        cls.objects.filter(pk__in=mine, sent_at=None).update(sent_at=timezone.now(), batch=batch)
        return list(cls.objects.filter(batch=batch).for_mail())


def _printed():
    """Return the bylines that print whoever is to hear as an author of the piece."""
    piece = {"edition__current_of__discussion": OuterRef("comment__discussion")}
    return PrintedByline.objects.filter(**piece, author__user=OuterRef("to"))


def _listeners(comment):
    followers = list(comment.discussion.follows.values_list("user", flat=True))
    return [*followers, comment.answers.author_id] if comment.answers else followers


@asked
def read_by():
    """Return the discussion under a piece, which knows of a reader whether she follows it and what she has seen."""
    hers = {"discussion": OuterRef("pk"), "user": Given("reader")}
    seen = Subquery(Visit.objects.filter(**hers).values("number"))
    known = Discussion.objects.annotate(is_followed=Exists(Follow.objects.filter(**hers)), seen_up_to=seen)
    return known.filter(article=Given("article"))
