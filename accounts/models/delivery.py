from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import F
from django.utils import timezone

MOST_TRIES = 5
LEASE = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)
BACKOFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 0)]


class DeliveryQuerySet(models.QuerySet):
    """Letters, as the post office asks for them."""

    def due(self):
        """Return what should be tried now: new, failed a while ago, or left behind by a dead worker."""
        return self.filter(sent_at=None, tries__lt=MOST_TRIES, due_at__lte=timezone.now())

    def sent_long_ago(self):
        """Return what went out more than KEPT_FOR ago and still has its words."""
        return self.filter(sent_at__lt=timezone.now() - KEPT_FOR).exclude(text="")

    def failed(self):
        """Return what was tried as often as it may be and never went out."""
        return self.filter(sent_at=None, tries__gte=MOST_TRIES, due_at__lte=timezone.now())


class Delivery(models.Model):
    """One mail to one person, written when it was posted, sent once."""

    key = models.CharField(max_length=200, unique=True)
    to = models.EmailField()
    sender = models.CharField(max_length=200)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-pk"]
        indexes = [models.Index("due_at", name="delivery_due", condition=models.Q(sent_at=None))]

    def __str__(self):
        """Return what it was about; its subject may be a code, which nobody but its reader sees."""
        return f"{self.about} → {self.to}"

    @property
    def about(self):
        """Return which letter it was, by the beginning of its key."""
        return self.key.partition(":")[0]

    @classmethod
    def post(cls, key, message):
        """Keep `message` for sending, unless something was posted under `key` before; return the delivery."""
        delivery, _ = cls.objects.get_or_create(
            key=key,
            defaults={
                "to": message.to[0],
                "sender": message.from_email,
                "subject": message.subject,
                "text": message.body,
                "html": next((part.content for part in message.alternatives), ""),
                "reply_to": ", ".join(message.reply_to),
                "headers": {"Auto-Submitted": "auto-generated", **message.extra_headers},
            },
        )
        return delivery

    def message(self):
        """Return the mail exactly as it was posted."""
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

    def claim(self):
        """Take this delivery for one try; False when it is not due, or another worker got there first."""
        now = timezone.now()
        mine = type(self).objects.due().filter(pk=self.pk)
        claimed = mine.update(tries=F("tries") + 1, claimed_at=now, due_at=now + LEASE)
        self.refresh_from_db()
        return bool(claimed)

    def sent(self):
        """Write down that the mail went out."""
        self.sent_at, self.error = timezone.now(), ""
        self.save(update_fields=["sent_at", "error"])

    def failed(self, error):
        """Write down why this try failed, and when the next one is due."""
        self.error = str(error)
        self.due_at = timezone.now() + BACKOFF[self.tries - 1]
        self.save(update_fields=["error", "due_at"])
