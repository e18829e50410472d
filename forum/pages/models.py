from django.core.exceptions import PermissionDenied
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from forum.lib.moves import Refused
from forum.lib.text import BodyField, ShownField, clean, render
from forum.pages.permissions import may_edit_site

https = URLValidator(schemes=["https"], message="Give the full address, beginning with https://")


class SiteSettings(models.Model):
    """What the site is called and where it can be reached: one row, read once for a page."""

    name = models.CharField(max_length=100, default="International Affairs Forum")
    tagline = models.CharField(max_length=200, default="Around the World, Across the Political Spectrum")
    founded = models.PositiveSmallIntegerField("running since", default=2002)
    contact_email = models.EmailField(
        blank=True, help_text="For readers. Leave empty to show the form alone."
    )
    editor_email = models.EmailField(blank=True, help_text="For authors. Leave empty to show the form alone.")
    twitter = models.CharField(max_length=200, blank=True, validators=[https])
    facebook = models.CharField(max_length=200, blank=True, validators=[https])
    linkedin = models.CharField("LinkedIn", max_length=200, blank=True, validators=[https])
    mastodon = models.CharField(max_length=200, blank=True, validators=[https])
    publisher_is_not_accepter = models.BooleanField(
        "whoever accepted a piece does not publish it",
        default=False,
        help_text="Somebody else publishes; “Publish all the same” asks for a reason and tells every managing "
        "editor. Readers see on the page Transparency whether this rule holds.",
    )

    class Meta:
        verbose_name = verbose_name_plural = "site settings"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_settings")]

    def __str__(self):
        return self.name

    @classmethod
    def get(cls):
        """Return the settings, or the defaults where nothing is stored yet."""
        return cls.objects.first() or cls(pk=1)

    @property
    def office(self):
        """Return where answers of readers go, or ""."""
        return self.contact_email or self.editor_email

    @property
    def desk(self):
        """Return where answers of authors go, or ""."""
        return self.editor_email or self.contact_email

    @property
    def profiles(self):
        """The social profiles that have an address, as pairs of name and address."""
        fields = [self._meta.get_field(name) for name in ("twitter", "facebook", "linkedin", "mastodon")]
        named = [(field.verbose_name, getattr(self, field.name)) for field in fields]
        return [(name[0].upper() + name[1:], address) for name, address in named if address]

    @property
    def copyright_line(self):
        return f"All Rights Reserved. Copyright {self.founded} \N{EN DASH} {timezone.localdate().year}"


class PageQuerySet(models.QuerySet):
    """Pages, asked for by what they are called in the address."""

    def by_slug(self, slug):
        """Return the page called `slug`, or None where nobody has written it."""
        return self.filter(slug=slug).first()


class Page(models.Model):
    """A text about the site itself, kept by the managing editors."""

    slug = models.SlugField(unique=True, editable=False)
    title = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=300, blank=True)
    body = BodyField()
    html = ShownField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PageQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse({"moderation": "moderation_rules"}.get(self.slug, self.slug.replace("-", "_")))

    def rewrite(self, *, by, seen, title, standfirst, body):
        """Replace the text, unless somebody else did since version `seen` was opened."""
        if not may_edit_site(by, self):
            raise PermissionDenied("Only the managing editors change this page.")
        body = clean(body)
        written = Page.objects.filter(pk=self.pk, version=seen).update(
            title=title,
            standfirst=standfirst,
            body=body,
            html=render(body),
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        self.refresh_from_db()
        if not written:
            raise Refused(f"Somebody else saved “{self.title}” while you were writing.")
