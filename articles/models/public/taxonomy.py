from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse


class Placed(models.Model):
    """Something named that readers browse by, in the editors' order."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class KindQuerySet(models.QuerySet):
    """Kinds as writers meet them."""

    def sent_in(self):
        """Return the kinds anybody may send in."""
        return self.filter(by_staff=False)


class Kind(Placed):
    """What a piece is: an essay, a letter, an interview. Its word limits are advice."""

    plural = models.CharField(max_length=80)
    fewest_words = models.PositiveIntegerField(default=0)
    most_words = models.PositiveIntegerField(default=0)
    by_staff = models.BooleanField(default=False, help_text="Written by the house, not sent in.")

    objects = KindQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("kind", args=[self.slug])

    @property
    def advice(self):
        """Return the word limits in words."""
        if self.fewest_words and self.most_words:
            return f"{self.fewest_words:,} to {self.most_words:,} words"
        return f"at most {self.most_words:,} words" if self.most_words else ""


class Topic(Placed):
    """What a piece is about."""

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class RegionQuerySet(models.QuerySet):
    """Regions as readers browse them."""

    def continents(self):
        """Return the top of the tree."""
        return self.filter(parent=None)

    def by_continent(self):
        """Return pairs of a continent and its parts; every page asks for all of them, so they are read at once."""
        regions = list(self)
        return [(top, [part for part in regions if part.parent_id == top.pk]) for top in regions if not top.parent_id]

    def in_tree(self):
        """Return all regions, each continent followed by its parts."""
        top = Coalesce("parent__position", "position")
        return self.select_related("parent").order_by(top, F("parent").asc(nulls_first=True), "position")

    def with_parts(self):
        """Return regions with what lies above and below them."""
        return self.select_related("parent").prefetch_related("parts")


class Region(Placed):
    """Where a piece looks, in a tree of two levels."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    m49 = models.CharField("UN M49 codes", max_length=80, blank=True, help_text="Separated by spaces.")

    objects = RegionQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("region", args=[self.slug])


class Perspective(models.TextChoices):
    """The author's own label for a piece; it says nothing about the person."""

    LEFT = "left", "left"
    CENTRE_LEFT = "centre-left", "centre-left"
    CENTRE = "centre", "centre"
    CENTRE_RIGHT = "centre-right", "centre-right"
    RIGHT = "right", "right"
    OTHER = "other", "in other words"
    NOT_STATED = "", "not stated"


class Connection(models.TextChoices):
    """The author's connection to the region a piece is about."""

    LIVES = "lives", "lives there"
    FROM = "from", "is from there"
    WORKED = "worked", "worked there"
    STUDIES = "studies", "studies it"
    NOT_STATED = "", "not stated"


PLACE = ["perspective", "perspective_country", "perspective_words", "connection"]
"""How an author places her piece; with kind and first topic it travels from a submission to its article."""


class Classified(models.Model):
    """What a piece is, is about, and how its author places it: the same before and after publication."""

    kind = models.ForeignKey(Kind, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    primary_topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="+")
    topics = models.ManyToManyField(Topic, blank=True, related_name="%(class)ss")
    regions = models.ManyToManyField(Region, blank=True, related_name="%(class)ss")
    perspective = models.CharField(max_length=12, choices=Perspective, blank=True)
    perspective_country = models.CharField("country", max_length=60, blank=True)
    perspective_words = models.CharField("in the author’s words", max_length=80, blank=True)
    connection = models.CharField(
        "connection to the region", max_length=8, choices=Connection, blank=True
    )

    class Meta:
        abstract = True

    @property
    def topics_in_order(self):
        """Return the topics, the primary one first."""
        return sorted(self.topics.all(), key=lambda topic: topic.pk != self.primary_topic_id)

    def classify(self, *, kind, topics, regions):
        """Set kind, topics (the first is primary) and regions."""
        self.kind, self.primary_topic = kind, next(iter(topics), None)
        self.save(update_fields=["kind", "primary_topic"])
        self.topics.set(topics)
        self.regions.set(regions)


def perspective_sentence(piece):
    """Return how the author describes a piece and stands to its region, or ""."""
    said = []
    if piece.perspective:
        words = piece.perspective_words if piece.perspective == Perspective.OTHER else piece.perspective
        country = f" ({piece.perspective_country})" if piece.perspective_country else ""
        said.append(f"The author describes this piece as {words}{country}.")
    if piece.connection:
        said.append(f"Connection to the region: {piece.get_connection_display()}.")
    return " ".join(said)
