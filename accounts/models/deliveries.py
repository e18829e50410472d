"""Letters, as the post office asks for them."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addressing import put_person

LEASE = timedelta(seconds=90)  # a letter talks for half a minute (forum.lib.smtp.LETTER); a busy database adds to it
SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
PATIENCE = timedelta(days=5)
SITE_WAS_OFF = timedelta(hours=2)  # what nobody tried again for so long waited for us, not for the mail server
LATE = timedelta(minutes=15)
KEPT_FOR = timedelta(days=30)


class DeliveryQuerySet(models.QuerySet):
    """A letter is unsent until it is sent or dropped, even where the mail server refused it for good."""

    def unsent(self):
        """Return what has not gone out and still has somebody to go to."""
        return self.filter(sent_at=None, dropped_at=None)

    def underway(self):
        """Return what will go out by itself."""
        return self.unsent().filter(failed_at=None)

    def due(self):
        """Return what should be tried now: new, put off a while ago, or left behind by a dead worker.

        A letter does not overtake an earlier one about the same thing to the same person.
        """
        now = timezone.now()
        same = {"group": OuterRef("group"), "whom": OuterRef("whom"), "pk__lt": OuterRef("pk")}
        earlier = self.model.objects.underway().filter(**same).exclude(group="")
        is_time = Q(due_at__lte=now) & (Q(again_at=None) | Q(again_at__lte=now))
        is_useful = Q(lapses_at=None) | Q(lapses_at__gt=now)
        is_free = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
        return self.underway().filter(~Exists(earlier), is_time & is_useful & is_free)

    def next_due(self):
        """Return the letter to send next, or None: a code that is soon too old stands before what keeps."""
        return self.due().order_by(F("lapses_at").asc(nulls_last=True), "due_at", "pk").first()

    def to_person(self, person):
        """Return what was written to somebody with an account, as her or at the address of her account."""
        hers = models.Q(whom=f"person:{person.pk}") | models.Q(whom__iexact=person.email)
        return self.filter(hers).order_by("pk")

    def about(self, thing):
        """Return the letters that the next move of a thing drops."""
        return self.filter(group=group_of(thing))

    def waiting(self):
        """Return what nobody has begun to send, because it is not due yet or has just become so."""
        return self.underway().filter(tries=0)

    def when_about(self, things):
        """Return when the letters about these things leave, by the keys of those about which letters wait."""
        keys = {group_of(thing): thing.pk for thing in things}
        rows = self.waiting().filter(group__in=keys).order_by("-due_at").values_list("group", "due_at")
        return {keys[group]: due for group, due in rows}

    def drop(self):
        """Drop those that nobody has begun to send, and return how many; what was begun may have arrived.

        What has failed goes with them, so that nobody sends it again, but is not counted.
        """
        self.failed().update(dropped_at=timezone.now())
        return self.waiting().update(dropped_at=timezone.now())

    def take_back(self, events):
        """Drop the letters about these events that have not left and that nobody has in hand."""
        table = f"{events.model._meta.label_lower}."
        rows = self.unsent().filter(claimed_at=None, key__startswith=table).values_list("pk", "key")
        about = {pk: int(key.removeprefix(table).partition(".")[0]) for pk, key in rows}
        gone = set(events.filter(pk__in=about.values()).values_list("pk", flat=True))
        found = self.unsent().filter(pk__in=[pk for pk, event in about.items() if event in gone], claimed_at=None)
        return found.update(dropped_at=timezone.now())

    def lapse(self):
        """Drop what has come too late for its reader, unless somebody has it in hand."""
        now = timezone.now()
        is_free = Q(claimed_at=None) | Q(claimed_at__lte=now - LEASE)
        return self.unsent().filter(is_free, lapses_at__lte=now).update(dropped_at=now)

    def put_off(self, why):
        """Let these be tried again later, ever more seldom; what has been tried for days has failed."""
        now = timezone.now()
        free = {"claimed_at": None, "error": why}
        is_first = Q(put_off_since=None) | Q(again_at__lt=now - SITE_WAS_OFF)
        self.filter(is_first).update(put_off_since=now)
        self.filter(put_off_since__lte=now - PATIENCE).update(failed_at=now, **free)
        rest = self.filter(failed_at=None)
        newest = rest.aggregate(at=Max("put_off_since"))["at"]
        return rest.update(again_at=now + _pause_after(now - newest), **free) if newest else 0

    def send_again(self):
        """Let these be tried at once; what had failed is tried from anew, if its words are there."""
        now = timezone.now()
        anew = {"due_at": now, **dict.fromkeys(("failed_at", "again_at", "put_off_since", "claimed_at"))}
        failed = self.failed().exclude(text="").update(**anew)
        return failed + self.underway().filter(due_at__lt=now).update(again_at=None)

    def put_person(self, was, now):
        """Let these letters, and the answers to them, go to one person in the place of another."""
        for letter in self.filter(Q(whom__contains=f":{was}") | Q(answers__contains=f":{was}")):
            letter.whom = put_person(letter.whom, was, now)
            letter.answers = put_person(letter.answers, was, now)
            letter.save(update_fields=["whom", "answers"])

    def dropped(self):
        """Return what was dropped unsent."""
        return self.exclude(dropped_at=None)

    def failed(self):
        """Return what the mail server refused for good, or did not take for days."""
        return self.unsent().exclude(failed_at=None)

    def late(self):
        """Return what should have gone out a while ago, or never will by itself, oldest first."""
        is_late = Q(due_at__lt=timezone.now() - LATE) | Q(failed_at__isnull=False)
        return self.unsent().filter(is_late).order_by("due_at", "pk")

    def by_cause(self):
        """Return why they have not left: each cause with how many, and when the first of them should have left."""
        causes = self.order_by().values("error")
        return causes.annotate(number=models.Count("pk"), first=Min("due_at")).order_by("first")

    def waits(self):
        """Return what will go out by itself and is not late."""
        return self.underway().filter(due_at__gte=timezone.now() - LATE)

    def sent(self):
        """Return what went out."""
        return self.exclude(sent_at=None)

    def let_go(self):
        """Try these no more, whatever kept them; why stays with them."""
        return self.unsent().update(dropped_at=timezone.now())

    def to_be_forgotten(self):
        """Return what was over KEPT_FOR ago and still has its words; a secret once it is over and cannot go again."""
        now = timezone.now()
        before = now - KEPT_FOR
        is_over = Q(sent_at__lt=before) | Q(dropped_at__lt=before) | Q(failed_at__lt=before)
        is_told = Q(sent_at__isnull=False) | Q(dropped_at__isnull=False) | Q(failed_at__lt=now - PATIENCE)
        return self.filter(is_over | (Q(is_secret=True) & is_told)).exclude(text="")


def _pause_after(waited):
    return min(max(waited / 3, SHORTEST_PAUSE), LONGEST_PAUSE)


def group_of(thing):
    """Return what the letters about a thing have in common, by which nobody finds the thing from a letter."""
    name = f"{thing._meta.label_lower}.{thing.pk}"
    return salted_hmac("accounts.delivery", name, algorithm="sha256").hexdigest()[:32]
