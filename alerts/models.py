from datetime import timedelta
from secrets import token_urlsafe

from django.db import IntegrityError, models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from alerts.workflow import SUBSCRIPTION
from forum.lib.moves import Event, Guest, IllegalMove, Moving

ASKED = ("join", "ask_again", "rejoin")
JUST_NOW = timedelta(minutes=2)


class SubscriberQuerySet(models.QuerySet):
    """Addresses, as the list's keepers ask for them."""

    def confirmed(self):
        """Return those who want mail, in the order they joined."""
        return self.filter(status="confirmed").order_by("pk")

    def asked_just_now(self, email):
        """Say whether a letter to this address about the list is on its way."""
        recent = {"events__verb__in": ASKED, "events__at__gt": timezone.now() - JUST_NOW}
        return self.filter(email__iexact=email, **recent).exists()


class Subscriber(Moving):
    """An address on the mailing list, and the link by which its holder manages it."""

    machine = SUBSCRIPTION

    email = models.EmailField()
    token = models.CharField(max_length=43, unique=True, default=token_urlsafe, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_at"]
        indexes = [models.Index(fields=["-moved_at", "-id"])]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_subscription_for_an_address"),
            SUBSCRIPTION.constraint("subscriber_status_known"),
        ]

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("alerts_manage", args=[self.token])

    @property
    def holder(self):
        """The person who opened the link mailed to this address."""
        return Guest(self.email, confirmed=True)

    @classmethod
    def join(cls, *, by):
        """Ask the holder of an address to confirm; one that is known already gets a letter that suits it."""
        try:
            with cls.making("join", by=by, email=by.email) as subscriber:
                return subscriber
        except IntegrityError:
            return cls.objects.get(email__iexact=by.email).ask_again(by=by)

    def ask_again(self, *, by):
        """Write once more to an address that is known, unless somebody asked for the same just now."""
        if type(self).objects.asked_just_now(self.email):
            return self
        try:
            with self.moving("rejoin" if self.status == "left" else "ask_again", by=by):
                return self
        except IllegalMove:
            return self

    def confirm(self, *, by):
        """Put the address on the list."""
        with self.moving("confirm", by=by):
            return self

    def leave(self, *, by):
        """Take the address off the list."""
        with self.moving("leave", by=by):
            return self


class SubscriberEvent(Event):
    """What happened to an address on the list."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="events")
