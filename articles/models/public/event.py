from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.urls import reverse

from articles.models.public import in_public
from articles.models.public.edition import KindOfChange
from articles.workflow import ARTICLE
from forum.lib.moves import Event

TOLD = ["amend", "retract", "remove", "restore"]
"""What the list of corrections names; the days of these stand in a column of their own, which has an index."""


class ArticleEventQuerySet(models.QuerySet):
    """What happened to articles, as readers are told."""

    def told_to_readers(self):
        """Return the changes, retractions and removals that the list of corrections names, newest first."""
        readable = Q(article__status__in=ARTICLE.where(readable=True))
        told = Q(verb__in=["amend", "retract", "restore"]) & readable
        removed = Q(verb="remove", article__status="removed")
        found = self.filter(told | removed, in_public.out("article__"), told_at__isnull=False)
        return found.exclude(verb="amend", detail__change=KindOfChange.TYPO).with_numbers().for_lists()

    def amended_openly(self):
        """Return the changes that were made with a public note."""
        return self.filter(verb="amend").exclude(detail__change=KindOfChange.TYPO)

    def taken_from_readers(self):
        """Return the retractions and removals."""
        return self.filter(verb__in=["retract", "remove"])

    def with_numbers(self):
        """Return events that each know, as `number`, the edition that was current after them."""
        earlier = self.model.objects.filter(article=OuterRef("article"), verb="amend", pk__lte=OuterRef("pk"))
        made = earlier.order_by().values("article").annotate(made=Count("pk")).values("made")
        return self.annotate(number=Subquery(made) + 1)

    def for_lists(self):
        """Return the rows with the titles of their pieces, newest first."""
        long = ["article__edition__body", "article__edition__html"]
        return self.select_related("article__edition").defer(*long).order_by("-told_at", "-pk")


class ArticleEvent(Event):
    """What happened to an article."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="events")
    told_at = models.GeneratedField(
        expression=Case(When(verb__in=TOLD, then="at")), output_field=models.DateTimeField(null=True), db_persist=True
    )

    objects = ArticleEventQuerySet.as_manager()

    class Meta(Event.Meta):
        abstract = False
        indexes = [models.Index(fields=["-told_at", "-id"])]

    CALLED = {"retract": "Retraction", "remove": "Removal", "restore": "Put back"}

    @property
    def what(self):
        """Return what readers are told it was, in a word or two."""
        return self.CALLED.get(self.verb) or KindOfChange(self.detail["change"]).label

    @property
    def title(self):
        """Return the title of the piece; one that is gone has none."""
        return "" if self.verb == "remove" else self.article.title

    @property
    def words(self):
        """Return what readers are told about it."""
        return {"remove": self.article.notice, "restore": ""}.get(self.verb, self.note)

    def get_absolute_url(self):
        """Return where it can be seen: what changed, the piece with its notice, or the list that tells of a removal."""
        place = [self.article.year, self.article.slug]
        if self.verb == "amend":
            return reverse("article_difference", args=[*place, self.number - 1, self.number])
        return f"{reverse('corrections')}#change-{self.pk}" if self.verb == "remove" else reverse("article", args=place)
