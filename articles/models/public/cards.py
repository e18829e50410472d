"""Pieces as readers are shown them: values that HTML is made from, with nothing left to ask the database for."""

from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import OuterRef
from django.db.models.functions import Coalesce
from django.db.models.query import ValuesListIterable
from django.urls import reverse

from articles.models.public.author import PrintedByline
from articles.models.public.question import Answer
from articles.models.public.taxonomy import Region, Topic
from forum.lib.rows import Beside

COLUMNS = ("pk", "year", "slug", "edition__title", "edition__standfirst")
COLUMNS += ("kind__name", "primary_topic__name", "published_at", "bylines")


class Signature(NamedTuple):
    """One author as printed above a piece; `slug` where her page is told too."""

    name: str
    biography: str = ""
    slug: str = ""


class Continent(NamedTuple):
    """A top of the tree of regions, in the editors' order."""

    position: int
    name: str
    slug: str


class Card(NamedTuple):
    """A piece in a list. Where a query says so: its answer to a question, and the continents it is about."""

    pk: int
    year: int
    slug: str
    title: str
    standfirst: str
    kind: str | None
    topic: str | None
    published_at: datetime
    bylines: tuple[Signature, ...]
    stance: str = ""
    question_id: int = 0
    continents: tuple[tuple, ...] = ()

    def get_absolute_url(self):
        return reverse("article", args=[self.year, self.slug])


class CardIterable(ValuesListIterable):
    """Makes cards of the rows of a query of `COLUMNS` and what else its cards are to carry."""

    def __iter__(self):
        more = self.queryset._fields[len(COLUMNS) :]
        for row in super().__iter__():
            *told, bylines = row[: len(COLUMNS)]
            carried = dict(zip(more, row[len(COLUMNS) :], strict=True))
            yield Card(*told, tuple(Signature(name) for (name,) in bylines), **carried)


@cache  # the same for every query, and not to be had before all models are; so are the others
def names():
    """Return the names printed above each article of a query."""
    return Beside(_bylines(), "name")


@cache
def continents():
    """Return the continents each article of a query is about."""
    top = [Coalesce(f"parent__{column}", column) for column in Continent._fields]
    return Beside(Region.objects.filter(articles=OuterRef("pk")).order_by(), *top)


@cache
def beside():
    """Return what stands beside each article of a query on its page."""
    topics, regions = (
        model.objects.filter(articles=OuterRef("pk")).order_by("position", "name") for model in (Topic, Region)
    )
    answers = Answer.objects.filter(article=OuterRef("pk"), question__shown=True).order_by("pk")
    return {
        "told_bylines": Beside(_bylines(), "name", "biography", "author__slug"),
        "told_topics": Beside(topics, "pk", "name", "slug"),
        "told_regions": Beside(regions, "name", "slug"),
        "told_answers": Beside(answers, "question", "stance", "question__title", "question__slug"),
    }


def _bylines():
    return PrintedByline.objects.filter(edition=OuterRef("edition")).order_by("order")

