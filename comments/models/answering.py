import uuid
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.promises import next_morning
from comments.models.comment import Comment
from comments.models.discussion import Discussion
from comments.models.regard import Mute

SIGNER = Signer(salt="comments.mail")
NEWS_FOR = timedelta(days=30)


class HowOften(models.TextChoices):
    """When a member is mailed about answers."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Once a day"
    OFF = "off", "Never"


class MailChoice(models.Model):
    """How often a member is mailed about answers to her comments and about discussions she follows."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    how_often = models.CharField(max_length=10, choices=HowOften, default=HowOften.AT_ONCE)

    def __str__(self):
        return f"{self.user}: {self.get_how_often_display()}"

    @classmethod
    def of(cls, user):
        """Return how often this member wants mail."""
        found = cls.objects.filter(user=user).values_list("how_often", flat=True).first()
        return HowOften(found or HowOften.AT_ONCE)

    @classmethod
    def choose(cls, how_often, *, by):
        """Let `by` be mailed this often from now on; whoever wants nothing gets nothing later either."""
        cls.objects.update_or_create(user=by, defaults={"how_often": how_often})
        if how_often == HowOften.OFF:
            Notice.objects.filter(to=by, sent_at=None).delete()

    @staticmethod
    def path(user):
        """Return the address at which this member chooses without signing in."""
        return reverse("comment_mail", args=[SIGNER.sign(user.pk)])

    @staticmethod
    def chooser(token):
        """Return the member an address was made for, or None."""
        try:
            return User.objects.filter(pk=int(SIGNER.unsign(token)), is_active=True).first()
        except (BadSignature, ValueError):
            return None


class FollowQuerySet(models.QuerySet):
    """What members follow, as they ask for it."""

    def by_member(self, user):
        """Return one member's, of pieces that can be read, the newest first."""
        found = self.filter(user=user, discussion__article__in=Article.objects.readable())
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


class Visit(models.Model):
    """The last comment a member has seen in a discussion."""

    discussion = models.ForeignKey(Discussion, models.CASCADE, related_name="visits")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits")
    number = models.PositiveIntegerField()

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
            comment__in=Comment.objects.shown(),
            comment__discussion__article__in=Article.objects.readable(),
        ).wanted()

    def wanted(self):
        """Return what members still want to hear: an answer, or a discussion they follow, of somebody they read."""
        follows = Follow.objects.filter(discussion=OuterRef("comment__discussion"), user=OuterRef("to"))
        named = Coalesce("comment__speaks_as", 0)
        mutes = Mute.objects.filter(by=OuterRef("to"), whom=OuterRef("comment__author"))
        mutes = mutes.annotate(named=Coalesce("speaks_as", 0)).filter(named=OuterRef("named"))
        found = self.alias(named=named).exclude(Exists(mutes))
        return found.filter(Q(Exists(follows)) | Q(comment__answers__author=F("to")))

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
        people = User.objects.filter(pk__in=_listeners(comment), is_active=True).exclude(pk=comment.author_id)
        people = people.exclude(muting__in=comment.author.muted_by.of(comment)).select_related("mail_choice")
        now, morning = timezone.now(), next_morning()
        due = {HowOften.AT_ONCE: now, HowOften.DAILY: morning}
        rows = [
            cls(comment=comment, to=person, due_at=due[often])
            for person in people
            if (often := getattr(person, "mail_choice", MailChoice()).how_often) in due
        ]
        cls.objects.bulk_create(rows, ignore_conflicts=True)

    @classmethod
    def take(cls, person):
        """Take everything one member should hear now, so that nobody else sends it; returns a list."""
        batch = uuid.uuid4()
        mine = list(cls.objects.sendable().filter(to=person).values_list("pk", flat=True))
        cls.objects.filter(pk__in=mine, sent_at=None).update(sent_at=timezone.now(), batch=batch)
        return list(cls.objects.filter(batch=batch).for_mail())


def _listeners(comment):
    followers = list(comment.discussion.follows.values_list("user", flat=True))
    return [*followers, comment.answers.author_id] if comment.answers else followers
