"""Submissions as each person may see them; every page, list and count starts here."""

from datetime import timedelta

from django.conf import settings
from django.db.models import (
    F,
    Prefetch,
    Q,
)
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_editor, is_managing_editor
from articles import promises
from articles.models.private.awaiting import Awaited
from articles.models.private.byline import Consent
from articles.models.private.counting import SubmissionCounts
from articles.models.private.front import LEFT_TO_THE_DESK, FrontPage
from articles.models.private.locking import Locking
from articles.models.private.revision import Revision
from articles.models.private.upload import Upload
from articles.workflow import SUBMISSION
from forum.lib.ties import TiedQuerySet, asked_once, keys_close_to


def _given_to(guest):
    """Return the condition for what this person was asked to decide on as a guest, and has now."""
    return Q(guest=guest, editor=guest, status__in=SUBMISSION.where(handled=True, undecided=True))


class SubmissionQuerySet(FrontPage, Awaited, SubmissionCounts, Locking, TiedQuerySet):
    """What a person may see of what was sent in."""

    NAMED = Q(bylines__consent__in=["", Consent.ASKED, Consent.YES])
    TIES = {
        "corresponding_author": Q(),
        "bylines__author__user": NAMED,
        "bylines__person": NAMED,
        "conflicts__user": Q(),
    }
    BEHIND = ("responds_to",)
    SENT_IN, AGREEING = ~Q(status="draft"), Q(bylines__consent__in=[Consent.ASKED, Consent.YES])
    WRITTEN = {
        "corresponding_author": Q(),
        "bylines__author__user": NAMED & SENT_IN,
        "bylines__person": AGREEING & SENT_IN,
    }

    def visible_to(self, user):
        """Return one's own pieces and, for editors, what is on the desk; everything else does not exist."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        own, desk = self.model.objects.by_author(user), self.model.objects.on_desk(user)
        return self.filter(Q(pk__in=own) | Q(pk__in=desk) | _given_to(user))

    def open_to(self, person):
        """Return what somebody may see who came by a personal link: what she wrote, or is asked to decide on."""
        return self.filter(Q(pk__in=self.model.objects.by_author(person)) | _given_to(person))

    def with_guest(self, user):
        """Return what this person was asked to decide on as a guest, and has now."""
        return self.filter(_given_to(user)) if isinstance(user, User) else self.none()

    def for_guests(self):
        """Return what somebody may ask a guest about: without a judge, or with a guest who has not decided."""
        waiting = Q(pk__in=self.model.objects.without_a_judge()) | Q(status="in_review", guest=F("editor"))
        return self.filter(waiting)

    def without_a_judge(self):
        """Return what was sent in and everybody at the desk is too close to."""
        return self.filter(status="submitted").exclude(self.leaves_some(User.objects.editors()))

    def by_author(self, user):
        """Return what this person wrote: sent in herself, or bylined once it was sent in."""
        return self.written_by(user) if isinstance(user, User) else self.none()

    def written_by(self, person):
        """Return the same of a person by her key, or of one who will be given."""
        pieces = self.model.objects.order_by()
        ways = [pieces.filter(only, **{way: person}).values("pk") for way, only in self.WRITTEN.items()]
        return self.filter(pk__in=ways[0].union(*ways[1:]))  # each way by an index, none through every piece

    def on_desk(self, user):
        """Return what an editor may see: all that was sent in, but for pieces she is too close to."""
        return self.filter(self.is_on_desk(user))

    def is_on_desk(self, user, at=""):
        """Say at the end of a path which pieces an editor may see."""
        return self.is_sent_in(self.kept_from(user), at) if is_editor(user) else Q(pk__in=[])

    def is_sent_in(self, kept_from, at=""):
        """Say the same, of an editor who is kept from these."""
        return ~Q(**{f"{at}status": "draft"}) & ~Q(**{f"{at}pk__in": kept_from})

    def kept_from(self, editor):
        """Return the keys of what an editor sees nothing of at the desk."""
        close = keys_close_to(editor, self.model)
        if close and is_managing_editor(editor):
            close -= asked_once(editor, "left", lambda: self._left_to(editor))
        return close

    def _left_to(self, user):
        """Return the keys of what she is too close to and sees into print all the same: nobody else could."""
        left = Q(status__in=SUBMISSION.where(approved=True)) & ~self.has_other_publishers(user.pk)
        left |= Q(guest__isnull=False, editor=user, status__in=SUBMISSION.where(accepted=True)) & ~Q(guest=user)
        return frozenset(self.model.objects.close_to(user).filter(left).values_list("pk", flat=True))

    def unclaimed(self):
        """Return the drafts whose writers have not given their address yet."""
        return self.filter(status="draft", corresponding_author=None)

    def forgotten(self):
        """Return the unclaimed drafts that no session can hold any more."""
        ended = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
        return self.unclaimed().filter(written_at__lt=ended)

    def unclaimed_with(self, codes):
        """Return the unclaimed drafts with these codes, the newest first."""
        return self.unclaimed().filter(code__in=codes).with_authors().for_lists().order_by("-begun_at", "-pk")

    def in_state(self, status):
        """Return the pieces in one state, or all for ""."""
        return self.filter(status=status) if status else self

    def matching(self, words):
        """Return the pieces in whose title or names all these words stand."""
        found = self
        for word in words.split()[:8]:
            named = self.model.objects.filter(bylines__name__icontains=word)
            sent_in = Q(corresponding_author__name__icontains=word)
            found = found.filter(Q(title__icontains=word) | sent_in | Q(pk__in=named.values("pk")))
        return found

    def overdue_with_author(self, now):
        """Return what has lain with its author beyond the day it lapses."""
        return self.filter(status="with_author", lapses_at__lte=now)

    def late_with_author(self):
        """Return what was not sent by its date, and whose date has not been moved yet."""
        return self.filter(status="with_author", extended=False, due_at__lt=promises.this_morning())

    def to_be_reminded(self):
        """Return what its author should be reminded of now."""
        return self.filter(status__in=SUBMISSION.where(sent_back=True), remind_at__lte=timezone.now())

    def to_apologise_for(self):
        """Return what the desk is late with and may still apologise for."""
        most = settings.PROMISES["most_apologies"]
        late = self.filter(status__in=LEFT_TO_THE_DESK, due_at__lt=promises.this_morning())
        return late.filter(apologies__lt=most)

    def running_into(self, holiday):
        """Return what is promised or asked for on the first day of a new holiday or later."""
        return self.under_way().filter(due_at__gt=holiday.begins_at())

    def for_review(self):
        """Return one piece as the desk sees it: with all that happened to it."""
        return self.for_reading().select_related("responds_to__edition").prefetch_related(
            "conflicts",
            "events__actor",
            "letters__by",
            "letters__points",
            "pictures",
            "sign_offs__by",
            Prefetch("revisions", Revision.objects.for_lists()),
            Prefetch("uploads", Upload.objects.for_lists()),
        )

    def for_reading(self):
        """Return one piece as it is read: with its people and all that classifies it."""
        return self.select_related(
            "corresponding_author", "editor", "kind", "primary_topic", "article"
        ).prefetch_related(
            "bylines__person", "topics", "regions", "answers__question", "declarations"
        )
