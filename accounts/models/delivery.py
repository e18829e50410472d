from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import F
from django.utils import timezone

from accounts.models.deliveries import DeliveryQuerySet, group_of
from forum.lib.mail import message_id

NO_TIME = timedelta()
IN_CONFIDENCE = "somebody in confidence"


def _clock(at):
    return f"{timezone.localtime(at):%-d %b %Y, %H:%M}"


class Delivery(models.Model):
    """One mail to one person, written when it was posted, sent once, to where she is to be found by then.

    `whom` and `answers` are addressees (`accounts.addressing`); `to` and `reply_to` are their addresses as they were
    last asked for. It is to leave at `due_at`, is of no use to its reader from `lapses_at` on, and where the server did
    not take it, is `put_off_since` then and tried again at `again_at`. Where it holds a code or a link that lets in
    whoever has it, it `is_secret`: what it said is forgotten once it is over; `in_confidence`: the desk does not see
    who reads it.
    """

    key = models.CharField(max_length=200, unique=True)
    group = models.CharField(max_length=32, blank=True)
    whom = models.CharField(max_length=320)
    answers = models.CharField(max_length=320, blank=True)
    to = models.EmailField(blank=True)
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    put_off_since = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    is_secret = models.BooleanField(default=False)
    in_confidence = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-pk"]
        indexes = [
            models.Index("due_at", name="delivery_unsent", condition=models.Q(sent_at=None, dropped_at=None)),
            models.Index("group", name="delivery_group", condition=~models.Q(group="")),
        ]

    def __str__(self):
        """Return what it was about; its subject may be a code, which nobody but its reader sees."""
        return f"{self.about} → {self.reader}"

    @property
    def about(self):
        """Return which letter it was, by the beginning of its key."""
        return self.key.partition(":")[0]

    @property
    def reader(self):
        """Return the address it goes to, as far as the desk may see it."""
        return IN_CONFIDENCE if self.in_confidence else self.to

    @property
    def outcome(self):
        """Return what has become of it so far."""
        if self.sent_at:
            return f"Sent {_clock(self.sent_at)}"
        if self.dropped_at:
            is_lapsed = self.lapses_at and self.dropped_at >= self.lapses_at
            return "Lapsed: too late for its reader" if is_lapsed else "Dropped unsent"
        if self.failed_at:
            return "Not sent"
        if self.again_at:
            return f"Put off, again {_clock(self.again_at)}"
        return f"{'Leaves' if self.due_at > timezone.now() else 'Due since'} {_clock(self.due_at)}"

    @property
    def may_be_sent_again(self):
        """Whether it should have left, has not, and can."""
        is_unsent = not self.sent_at and not self.dropped_at
        return is_unsent and self.due_at <= timezone.now() and bool(self.text)

    @classmethod
    def post(cls, key, message, *, whom="", answers="", about=None, wait=NO_TIME, lapses_at=None, **marks):
        """Keep `message` for sending, unless something was posted under `key` before; return the delivery.

        Without `whom` and `answers` it goes to the addresses that stand on it, whatever happens meanwhile. It waits for
        the time `wait`; until somebody begins to send it, the next move of the thing it is `about` drops it, if that is
        `Overtaking`. What has not gone out at `lapses_at` does not go out any more. `marks` are
        `is_secret` and `in_confidence`.
        """
        delivery, _ = cls.objects.get_or_create(
            key=key,
            defaults={
                "whom": whom or message.to[0],
                "answers": answers or ", ".join(message.reply_to),
                "group": group_of(about) if about else "",
                "due_at": timezone.now() + wait,
                "lapses_at": lapses_at,
                **marks,
                "to": message.to[0],
                "sender": message.from_email,
                "subject": message.subject,
                "text": message.body,
                "html": next((part.content for part in message.alternatives), ""),
                "reply_to": ", ".join(message.reply_to),
                "headers": {"Auto-Submitted": "auto-generated", "Message-ID": message_id(), **message.extra_headers},
            },
        )
        return delivery

    def message(self):
        """Return the mail exactly as it was posted, addressed as it is now."""
        message = EmailMultiAlternatives(
            self.subject,
            self.text,
            self.sender,
            [self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=self.headers,
        )
        if self.html:
            message.attach_alternative(self.html, "text/html")
        return message

    def readdress(self, to, reply_to):
        """Write down where it goes after all, and where answers to it go."""
        if (to, reply_to) != (self.to, self.reply_to):
            self.to, self.reply_to = to, reply_to
            self.save(update_fields=["to", "reply_to"])

    def claim(self):
        """Take this delivery for one try; False when it is not due, or another worker got there first."""
        mine = type(self).objects.due().filter(pk=self.pk)
        claimed = mine.update(tries=F("tries") + 1, claimed_at=timezone.now())
        self.refresh_from_db()
        return bool(claimed)

    def sent(self):
        """Write down that the mail went out."""
        self.sent_at, self.error = timezone.now(), ""
        self.save(update_fields=["sent_at", "error", *(self._without_words() if self.is_secret else ())])

    def forget(self):
        """Forget what it said; what became of it stays."""
        self.save(update_fields=self._without_words())

    def _without_words(self):
        self.subject = self.text = self.html = ""
        self.headers = {name: self.headers[name] for name in ("Message-ID",) if name in self.headers}
        return ["subject", "text", "html", "headers"]

    def drop(self, why):
        """Write down why nobody gets it."""
        self.dropped_at, self.error = timezone.now(), str(why)
        self.save(update_fields=["dropped_at", "error"])

    def failed(self, why):
        """Write down why the mail server will never take it."""
        self.failed_at, self.claimed_at, self.error = timezone.now(), None, why
        self.save(update_fields=["failed_at", "claimed_at", "error"])

    def put_off(self, why):
        """Write down why this try came to nothing, and when the next one is."""
        type(self).objects.filter(pk=self.pk).put_off(why)
        self.refresh_from_db()
