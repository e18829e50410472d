import secrets

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify

from articles.models.public import in_public
from articles.models.public.joining import Joining
from forum.lib.asked import Given, asked


def free_slug(name, taken, fallback):
    """Return a slug for `name` that is not among the `taken` ones."""
    base = slugify(name)[:70].strip("-") or fallback
    numbered = (f"{base}-{n}" for n in range(2, 10_000))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _printed(at=None):
    return PrintedByline.objects.filter(in_public.readable("edition__current_of__", at), author=OuterRef("pk"))


class AuthorQuerySet(models.QuerySet):
    """Authors as readers meet them."""

    def in_print(self, at=None):
        """Return the authors of at least one piece that readers can see."""
        return self.filter(Exists(_printed(at))).order_by("slug")

    def on_desk(self, submissions):
        """Return the authors in print, those of these submissions, and those without any piece."""
        hers = submissions.filter(bylines__author=OuterRef("pk"))
        unknown = self.model.objects.without_any_piece().filter(pk=OuterRef("pk"))
        ways = [Subquery(rows.order_by().values("pk")[:1]) for rows in (_printed(), hers, unknown)]
        return self.alias(found=Coalesce(*ways)).filter(found__isnull=False, joined_into=None)  # asked of each listed

    def leading_on(self, slug):
        """Return the page in print to which the address of a page that was joined with it leads."""
        return self.in_print().filter(joined__slug=slug)

    def locked(self):
        """Return these pages, locked in one order against everybody else who joins them."""
        return self.select_for_update().order_by("pk")

    def behind(self, user, pieces):
        """Return the authors of this account, and those without any account that stand on these pieces."""
        return self.filter(
            Q(user=user)
            | Q(user=None, bylines__submission__in=pieces)
            | Q(user=None, printed_bylines__edition__article__submission__in=pieces)
        ).distinct()

    def bearing(self, name, pieces):
        """Return the pages of this name: by title, by a page joined with them, or by what stands above these pieces."""
        return self.filter(
            Q(name=name)
            | Q(joined__name=name)
            | Q(bylines__submission__in=pieces, bylines__name=name)
            | Q(printed_bylines__edition__article__submission__in=pieces, printed_bylines__name=name)
        ).distinct()

    def names(self):
        """Return every name of these pages: their titles, those of pages joined with them, and as printed."""
        pages = self.model.objects.filter(pk__in=self.values("pk"))
        where = ("name", "joined__name", "bylines__name", "printed_bylines__name")
        return {name for path in where for name in pages.values_list(path, flat=True)} - {None}

    def leading_nowhere(self):
        """Return pages that were joined with others on which their name stands above no piece any more."""
        above = Q(joined_into__bylines__name=F("name")) | Q(joined_into__printed_bylines__name=F("name"))
        return self.exclude(pk__in=self.filter(above).values("pk"))

    def without_any_piece(self):
        """Return the authors whose name stands on nothing."""
        return self.filter(bylines=None, printed_bylines=None)

    def with_portraits(self):
        return self.select_related("portrait")


class Author(Joining, models.Model):
    """Somebody in print: a name with a page, with or without an account; a pen name names nobody else."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    biography = models.TextField(max_length=600, blank=True)
    affiliation = models.CharField(max_length=160, blank=True)
    link = models.URLField(blank=True)
    is_pen_name = models.BooleanField(default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="authors"
    )
    portrait = models.ForeignKey(
        "articles.Picture", models.SET_NULL, null=True, blank=True, related_name="portrayed"
    )

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name", "-id"])]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("author", args=[self.slug])

    def becomes(self, change, *, pen_name, bare, biography):
        """Bear the new name alone: no address of the page leads from the old one (`articles.newname.NewName`)."""
        self.joined.all().delete()  # their addresses may say the old one
        if self.name != change.new or self.slug != change.put_in_address(self.slug):
            others = type(self).objects.exclude(pk=self.pk).values_list("slug", flat=True)
            self.name, self.slug = change.new, free_slug(change.new, set(others), "author")
        self.is_pen_name = pen_name
        self.biography, self.affiliation = biography or change.put(self.biography), change.put(self.affiliation)
        if bare:
            self.link, self.portrait = "", None
        self.save(update_fields=["name", "slug", "is_pen_name", "biography", "affiliation", "link", "portrait"])

    @classmethod
    def called(cls, name, *, user=None, biography=""):
        """Return this person's author of that name, or the page it was joined into, or a new one; never another's."""
        hers = Q(joined_into=None, user=user) | Q(joined_into__isnull=False, joined_into__user=user)
        named = cls.objects.filter(hers, name=name).select_related("joined_into")
        found = named.order_by(F("joined_into").asc(nulls_first=True)).first()
        return (found.joined_into or found) if found else cls._new(name, user, biography)

    @classmethod
    def _new(cls, name, user, biography):
        taken = set(cls.objects.filter(slug__startswith=slugify(name)[:70]).values_list("slug", flat=True))
        slug = free_slug(name, taken, "author")
        fields = {"name": name, "biography": biography, "user": user}
        try:
            with transaction.atomic():
                return cls.objects.create(slug=slug, **fields)
        except IntegrityError:
            return cls.objects.create(slug=f"{slug}-{secrets.token_hex(3)}", **fields)


class PrintedAs(models.Model):
    """A name and a biography as they stand on a piece."""

    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField("name as printed", max_length=120)
    biography = models.TextField("two lines about you", max_length=400, blank=True)

    class Meta:
        abstract = True
        ordering = ["order"]


class PrintedByline(PrintedAs):
    """One author of an edition: the byline as it was on that day."""

    edition = models.ForeignKey("articles.Edition", models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, models.PROTECT, related_name="printed_bylines")

    class Meta(PrintedAs.Meta):
        constraints = [
            models.UniqueConstraint(fields=["edition", "order"], name="printed_byline_order_once"),
        ]

    def __str__(self):
        return self.name


@asked
def names_above():
    """Return the names that stand above an edition."""
    return PrintedByline.objects.filter(edition=Given("edition")).values_list("name", flat=True)
