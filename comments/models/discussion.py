from contextlib import contextmanager
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from articles.models import Article, Author
from articles.models.private.reach import is_on_desk
from comments.models.screened import screened
from comments.models.tally import Tally
from comments.permissions import keeps_discussions
from comments.screening import reason_to_hold
from forum.lib.asked import NOW, Given, asked, changed
from forum.lib.moves import NOT_YOURS, Refused
from forum.pages.models import SiteSettings

PAGE = 50


class DiscussionQuerySet(models.QuerySet):
    """Discussions as readers meet them."""

    def recently_discussed(self, at=None):
        """Return what was talked about of the pieces that are listed, the newest comment first."""
        listed = Article.objects.listed(at).filter(pk=OuterRef("article"))  # asked of the latest discussions
        talked = self.filter(Exists(listed), published_count__gt=0, last_comment_at__isnull=False)
        where = {"year": F("article__year"), "slug": F("article__slug"), "title": F("article__edition__title")}
        told = talked.annotate(**where).values_list(*where, "published_count", named=True)
        return told.order_by("-last_comment_at", "-pk")

    def next_change(self, now):
        """Return when discussions close after `now`, the first one first."""
        return self.filter(closes_at__gt=now).order_by("closes_at").values("closes_at")

    def on_desk(self, user):
        """Return the discussions of the pieces an editor may see."""
        found = self.filter(is_on_desk(user, "article__"))
        return found.select_related("article__edition", "article__submission")


class Discussion(models.Model):
    """The comments under one piece: when they close, the next number, and how many there are."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="discussion")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closes_at = models.DateTimeField("closes", null=True, blank=True)
    holds_all = models.BooleanField("the editors read every comment before it appears", default=False)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    published_count = models.PositiveIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(null=True, editable=False)

    now = seen_up_to = None
    is_followed = False

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-last_comment_at", "-id"]), models.Index(fields=["closes_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(next_number__gte=1), name="discussion_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(published_count__lt=F("next_number")), name="discussion_counts_what_has_a_number"
            ),
        ]

    def __str__(self):
        return f"Discussion of {self.article}"

    @classmethod
    def of(cls, article):
        """Return the discussion of `article`, opened now where there was none."""
        return cls.objects.get_or_create(article=article, defaults={"closes_at": closing(article)})[0]

    @classmethod
    def under(cls, article, rows=None):
        """Return the discussion of `article` among these `rows`; who only looks changes nothing."""
        found = discussion_of(article=article.pk) if rows is None else rows
        discussion = next(iter(found), None) or cls(article=article, closes_at=closing(article))
        discussion.article = article
        return discussion

    @property
    def is_open(self):
        """Whether new comments are taken: before its closing time, while the piece is in public."""
        closed = self.closes_at is not None and self.closes_at <= (self.now or timezone.now())
        return not closed and self.article.state.readable

    def new_for(self, reader):
        """Return how many comments of others a member has not seen; 0 on her first visit."""
        if self.seen_up_to is None or self.seen_up_to >= self.next_number - 1:
            return 0
        return self.comments.shown().filter(number__gt=self.seen_up_to).exclude(author=reader).count()

    @property
    def first_new(self):
        """Return the number at which a member goes on reading."""
        return (self.seen_up_to or 0) + 1

    @property
    def address(self):
        """Return where the discussion begins."""
        return f"{self.article.get_absolute_url()}#comments"

    @property
    def pages(self):
        """Return how many pages its numbers fill."""
        return max(1, -(-(self.next_number - 1) // PAGE))

    def tally(self, *, decided=True):
        """Return what became of the comments that ever stood here, or None where none did.

        Who knows that nothing was `decided` about any of them spares the database the counting.
        """
        if self.next_number == 1:
            return None
        return Tally.of(self.published_count, self.comments.tallied() if decided else [])

    @contextmanager
    def locked(self):
        """Lock this discussion against everybody else who posts or decides, and leave its count right."""
        with transaction.atomic():
            yield self._lock()
            self._recount()

    def _lock(self):
        """Return it as it is once the lock is taken, with its piece and the database's time then as `now`."""
        locked = locked_row.get(pk=self.pk)
        locked.article = piece_above.get(discussion=self.pk)  # a join would bring it as it was before the wait
        locked.now = locked.article.now
        return locked

    def post(self, *, by, text, key, as_author=False, answers=None, quote=None, known=None):
        """Post one comment, at once or held for the editors; the same `key` posts once.

        `answers` is the comment it replies to, `quote` the place in that comment's words as (start, length);
        `as_author` lets somebody who wrote the piece speak as its author; `known` is what was `screened` of her now.
        """
        waits = reason_to_hold(by, text, self, known=known or screened.get(writer=by.pk))
        with transaction.atomic():
            discussion = self._lock()
            if sent_before := sent_by.first(discussion=self.pk, writer=by.pk, key=key):
                return sent_before.sent_again(text)
            return self.comments.model.write(
                discussion,
                by=by,
                text=text,
                key=key,
                waits=waits,
                speaks_as=self._speaker(by) if as_author else None,
                answers=discussion.still(answers),
                quote=quote,
            )

    def still(self, answered):
        """Return the comment that is answered as it is now; refuse where its words are not those that were read."""
        now = answered and self.comments.for_thread().filter(pk=answered.pk).first()
        if answered and now and now.current_id != answered.current_id:
            raise Refused("The comment you answer was changed a moment ago. Read it again, then post yours.")
        return now or answered

    def answerable(self, number):
        """Return the comment of this number, where readers can see it, or None."""
        return self.comments.shown().for_thread().filter(number=number).first() if self.pk else None

    def author_for(self, user):
        """Return as which of the piece's authors this person may speak, or None."""
        return Author.objects.filter(user=user, printed_bylines__edition=self.article.edition_id).first()

    def _speaker(self, user):
        if author := self.author_for(user):
            return author
        raise Refused("You are not printed as an author of this piece, so this cannot stand as the author’s.")

    def move_with_piece(self):
        """Let it close as many days after the new date of its piece."""
        type(self).objects.filter(pk=self.pk).exclude(closes_at=None).update(closes_at=closing(self.article))

    def close_at(self, moment, *, by):
        """Let it close at `moment`, or never where that is None."""
        self._keep(by, closes_at=moment)

    def hold_all(self, *, by, wanted):
        """Let the editors read every comment here before it appears, or not any more."""
        self._keep(by, holds_all=wanted)

    def _keep(self, by, **fields):
        if not keeps_discussions(by, self):
            raise PermissionDenied(NOT_YOURS)
        known = {"closes_at": self.closes_at, "holds_all": self.holds_all}
        if not type(self).objects.filter(pk=self.pk, **known).update(**fields):
            raise Refused("Somebody else changed this discussion at this moment. Look at it again first.")
        self.refresh_from_db(fields=list(fields))

    def take_number(self):
        """Return the next number; the caller has locked the discussion."""
        row = type(self).objects.filter(pk=self.pk)
        row.update(next_number=F("next_number") + 1)
        return row.values_list("next_number", flat=True).get() - 1

    def grow(self):
        """Return the number of a comment that appears now, and count it; this is the discussion as it is locked."""
        latest = max(self.now, self.last_comment_at or self.now)
        grown(pk=self.pk, next_number=self.next_number + 1, latest=latest)
        return self.next_number

    def _recount(self):
        counted = self.comments.counted().aggregate(
            published_count=Count("pk"), last_comment_at=Max("published_at")
        )
        type(self).objects.filter(pk=self.pk).update(**counted)


@asked
def discussion_of():
    """Return the discussion under a piece, as it stands for everybody."""
    return Discussion.objects.filter(article=Given("article"))


@asked
def locked_row():
    """Return a discussion, which nobody else changes until the transaction is over."""
    return Discussion.objects.filter(pk=Given("pk")).select_for_update()


@asked
def piece_above():
    """Return the piece above a discussion, as far as posting asks of it, and the time."""
    needed = ("status", "year", "slug", "edition", "submission")
    return Article.objects.filter(discussion=Given("discussion")).annotate(now=Now()).only(*needed)


@asked
def sent_by():
    """Return what a writer has posted in a discussion by a key."""
    by_key = {"author": Given("writer"), "key": Given("key", models.UUIDField())}
    return Discussion.comments.rel.related_model.objects.filter(discussion=Given("discussion"), **by_key)


@changed
def grown():
    """Count a comment that appears in a discussion."""
    number = Given("next_number", models.PositiveIntegerField())
    counted = {"published_count": F("published_count") + 1, "last_comment_at": Given("latest", models.DateTimeField())}
    return Discussion.objects.filter(pk=Given("pk")), {"next_number": number, **counted}


@asked
def recently_discussed():
    """Return what is talked about on the front page."""
    return Discussion.objects.recently_discussed(at=NOW)[:6]


def closing(article):
    """Return when the discussion of a piece closes unless an editor says otherwise; None for never."""
    days = SiteSettings.get().discussion_days
    return article.published_at + timedelta(days=days) if days else None
