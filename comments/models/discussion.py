from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import Count, F, Max, Prefetch, Q
from django.utils import timezone

from articles.models import Article
from comments.models.tally import Tally

PAGE = 50


class DiscussionQuerySet(models.QuerySet):
    """Discussions as readers meet them."""

    def recently_discussed(self):
        """Return discussions with comments of pieces that are listed, the newest comment first."""
        cards = Prefetch("article", Article.objects.for_cards())
        talked = self.filter(published_count__gt=0, article__in=Article.objects.listed())
        return talked.order_by("-last_comment_at", "-pk").prefetch_related(cards)


class Discussion(models.Model):
    """The comments under one piece: when they close, the next number, and how many there are."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="discussion")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closes_at = models.DateTimeField("closes", null=True, blank=True)
    next_number = models.PositiveIntegerField(default=1, editable=False)
    published_count = models.PositiveIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(null=True, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-last_comment_at", "-id"])]
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
        return cls.objects.get_or_create(article=article)[0]

    @classmethod
    def under(cls, article):
        """Return the discussion of `article` for a reader, who changes nothing by looking."""
        discussion = cls.objects.filter(article=article).first() or cls(article=article)
        discussion.article = article
        return discussion

    @property
    def is_open(self):
        """Whether new comments are taken: before its closing time, while the piece is in public."""
        closed = self.closes_at is not None and self.closes_at <= timezone.now()
        return not closed and self.article.status != "removed"

    @property
    def address(self):
        """Return where the discussion begins."""
        return f"{self.article.get_absolute_url()}#comments"

    @property
    def pages(self):
        """Return how many pages its numbers fill."""
        return max(1, -(-(self.next_number - 1) // PAGE))

    def tally(self):
        """Return what became of the comments that ever stood here, or None where none did."""
        return Tally.of(self.published_count, self.comments.tallied()) if self.next_number > 1 else None

    @contextmanager
    def held(self):
        """Hold this discussion against everybody else who posts or decides, and leave its count right."""
        with transaction.atomic():
            yield type(self).objects.select_for_update().get(pk=self.pk)
            self._recount()

    def post(self, *, by, text, key):
        """Post one comment, at once or held for the editors; the same `key` posts once."""
        with self.held() as discussion:
            sent_before = discussion.comments.filter(author=by, key=key).first()
            return sent_before or discussion.comments.model.write(discussion, by=by, text=text, key=key)

    def take_number(self):
        """Return the next number; the caller holds the discussion."""
        row = type(self).objects.filter(pk=self.pk)
        row.update(next_number=F("next_number") + 1)
        return row.values_list("next_number", flat=True).get() - 1

    def _recount(self):
        counted = self.comments.counted().aggregate(
            published_count=Count("pk"), last_comment_at=Max("published_at")
        )
        type(self).objects.filter(pk=self.pk).update(**counted)
