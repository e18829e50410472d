from dataclasses import asdict
from functools import reduce
from itertools import product
from operator import or_

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import models, transaction
from django.db.models import Count, Q, Window
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import Delivery, User
from articles import promises
from articles.models.private.byline import Byline
from articles.models.private.kept import Kept
from articles.models.private.message import Message
from articles.models.private.renaming import put_in
from articles.models.private.submission import Submission
from articles.models.public.article import Article
from articles.models.public.author import Author, PrintedByline
from articles.newname import NewName
from articles.permissions import is_safety_officer, may_answer_safety
from articles.workflow import SAFETY
from forum.lib.again import refuse_again
from forum.lib.handing import hand_over
from forum.lib.moves import Event, Moving
from forum.lib.text.prose import FinishedField, paragraphs
from forum.lib.ties import keys_close_to, people_too_close


def called(asked_at):
    """Return what a request is called; that says nothing of what it is."""
    return f"Request of {timezone.localtime(asked_at):%-d %B %Y}"


class SafetyRequestQuerySet(models.QuerySet):
    """Requests as the two sides see them; for everybody else there are none."""

    def for_officer(self, user):
        """Return what this person may answer: nothing about a piece she is too close to.

        Where no named officer is far enough from a piece, it falls on the managing editors who are.
        """
        if not may_answer_safety(user):
            return self.none()
        return self.far_from(user.pk, keys_close_to(user, Submission), is_officer=is_safety_officer(user))

    def far_from(self, person, close, *, is_officer):
        """Return the same of somebody by her key, who is too close to these pieces."""
        seen = self.exclude(asker=person).exclude(submission__in=close)
        return seen if is_officer else seen.without_officer()

    def without_officer(self):
        """Return what no named officer may see."""
        return self.exclude(Submission.objects.leaves_some(User.objects.named_officers(), "submission"))

    def asked_by(self, user, piece):
        """Return what this person asked about a piece, the newest first."""
        return self.filter(asker=user, submission=piece).order_by("-pk")

    def in_state(self, status):
        """Return the requests in one state, or all for ""."""
        return self.filter(status=status) if status else self

    def waiting(self, now):
        """Return what nobody has answered, the oldest promise first: key, days, how many, and how many are late."""
        found = self.in_state("asked").order_by("due_at", "pk")
        counts = {"total": Window(Count("pk")), "late": Window(Count("pk", filter=Q(due_at__lt=now)))}
        return found.annotate(**counts).values_list("pk", "asked_at", "due_at", *counts)

    def for_lists(self):
        return self.select_related("submission", "asker").defer("submission__body", "submission__html")

    def for_desk(self):
        """Return one request with the piece, who asked, and what happened to it."""
        return self.select_related("submission__article__edition", "asker").prefetch_related(
            "events__actor", "submission__bylines__author"
        )


class SafetyRequest(Moving):
    """What an author asks for her safety; seen by her and by the safety officers, and by nobody else."""

    machine = SAFETY

    class Kind(models.TextChoices):
        PEN_NAME = "pen_name", "a pen name in the place of the printed one"
        NAME = "name", "another name, because it has changed"
        DELAY = "delay", "a later day of publication"
        REMOVAL = "removal", "that the piece is taken away"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="safety_requests")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120, blank=True)
    account = models.BooleanField(default=False)
    text = models.TextField()
    html = FinishedField(editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    answer_text = models.TextField(blank=True)
    answer_html = FinishedField(blank=True, editable=False)

    objects = SafetyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [SAFETY.constraint("safety_request_status_known")]

    def __str__(self):
        return called(self.asked_at)

    @classmethod
    def ask(cls, *, by, submission, text, **fields):
        """Ask the safety officers for something, in words."""
        asked = {"asker": by, "submission": submission, "text": text, **fields}
        words = {"html": paragraphs(text), "due_at": promises.first_answer()}
        with transaction.atomic():
            Submission.objects.filter(pk=submission.pk).lock()
            refuse_again(cls.objects.filter(**asked), at="asked_at")
            with cls.making("ask", by=by, **asked, **words) as request:
                return request

    def fulfil(self, *, by, text):
        """Say that what was asked is done."""
        with self.moving("fulfil", by=by):
            self._answer(text)

    def refuse(self, *, by, text):
        """Say why it cannot be done."""
        with self.moving("refuse", by=by):
            self._answer(text)

    def change_name(self, *, by, name, text, everywhere=True, pen_name=False, bare=False, account=False, biography=""):
        """Print her under another name, on this piece or everywhere, and leave no trace of the old one.

        `bare` takes portrait and link off her page; `account` renames her account where it bears the old name.
        What it was before stands in this request's own event alone, for the officers.
        """
        pieces = list(Submission.objects.by_author(self.asker)) if everywhere else [self.submission]
        bearing = Author.objects.behind(self.asker, pieces).bearing(self.printed_name, pieces)
        others = bearing.names() - {self.printed_name, name} if everywhere else ()
        change, before = NewName(self.printed_name, name, sorted(others)), list(bearing)
        with self.moving("change_name", by=by, detail=asdict(change)):
            for piece in pieces:
                piece.rename(by=by, name=change, biography=biography)
            page = self._page(change, before, pieces, everywhere=everywhere)
            page.becomes(change, pen_name=pen_name, bare=bare, biography=biography)
            if account and self.asker.name in change.names:
                self.asker.be_called(change.new)
            self._forget(change, pieces)
            self._answer(text)

    @cached_property
    def officers(self):
        """Return the keys of those who may answer: officers, or else managing editors, not too close to the piece."""
        far = User.objects.exclude(pk__in={self.asker_id, *people_too_close(self.submission)})
        named = far.named_officers()
        return set((named if named.exists() else far.managing_editors()).values_list("pk", flat=True))

    @cached_property
    def printed_name(self):
        """Return the name under which she is printed on this piece."""
        bylines = list(self.submission.bylines.all())
        hers = [b for b in bylines if self.asker_id in (b.person_id, b.author and b.author.user_id)]
        if not hers and self.asker_id == self.submission.corresponding_author_id:
            hers = bylines[:1]
        return hers[0].name if hers else self.asker.name

    @property
    def asks_for_a_name(self):
        return self.kind in (self.Kind.PEN_NAME, self.Kind.NAME)

    def changed(self):
        """Return the change of name that was made, or None."""
        made = [event for event in self.events.all() if event.verb == "change_name"]
        return NewName(**made[0].detail) if made else None

    def biographies(self):
        """Return the biographies under her pieces that hint at the old name, each once."""
        change = self.changed() or NewName(self.printed_name, self.name)
        pieces = Submission.objects.by_author(self.asker)
        own = Q(edition__article__submission__in=pieces)
        printed = PrintedByline.objects.filter(own).values_list("biography", flat=True)
        found = {*printed, *Byline.objects.filter(submission__in=pieces).values_list("biography", flat=True)}
        return sorted(text for text in found if change.is_hinted_at(text))

    def said_elsewhere(self):
        """Return the pieces by others that readers can see and that speak of the old name."""
        change, said = self.changed() or NewName(self.printed_name, self.name), Q()
        for part, old in product(("body", "title", "standfirst"), change.names):
            said |= Q(**{f"edition__{part}__icontains": old})
        own = Submission.objects.by_author(self.asker).values("pk")
        return Article.objects.readable().filter(said).exclude(submission__in=own).for_cards()[:50]

    def _page(self, change, before, pieces, *, everywhere):
        """Return the author whose page carries the new name from now on; the old page goes if nothing is left on it."""
        hers = Author.objects.filter(user=self.asker, name=change.new).first()
        page = hers or (before[0] if everywhere and before else Author.called(change.new, user=self.asker))
        Byline.objects.filter(author__in=before, submission__in=pieces).update(author=page)
        printed = PrintedByline.objects.filter(author__in=before, edition__article__submission__in=pieces)
        printed.update(author=page)
        left = Author.objects.filter(pk__in={author.pk for author in before} - {page.pk})
        Author.objects.filter(joined_into__in=left, name=change.old).leading_nowhere().delete()
        for author in left.without_any_piece():
            author.joined.all().delete()
            hand_over(author, page)
            author.delete()
        return page

    def _forget(self, change, pieces):
        """Take the old name out of what stands outside her pieces: messages, records, kept forms, unsent mails."""
        articles = Article.objects.filter(submission__in=pieces)
        places = [f"/submissions/{piece.code}/" for piece in pieces] + [f"/articles/{a.pk}/" for a in articles]
        kept = reduce(or_, (Q(place__contains=place) for place in places))
        put_in(Kept.objects.filter(kept), change)
        put_in(Delivery.objects.filter(sent_at=None), change)
        Message.objects.filter(email=self.asker.email, name__in=change.names).update(name=change.new)
        LogEntry.objects.filter(object_repr__in=change.names).update(object_repr=change.new)
        self.asker.earlier_names.filter(name__in=change.names).delete()

    def _answer(self, text):
        self.record(answer_text=text, answer_html=paragraphs(text))


class SafetyEvent(Event):
    """What happened to a request about safety."""

    request = models.ForeignKey(SafetyRequest, models.CASCADE, related_name="events")
