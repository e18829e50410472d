from datetime import datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from forum.lib.asked import Given, asked
from forum.lib.text.prose import BodyField, FinishedField, clean, render
from forum.pages.permissions import may_edit_site

SOON = timedelta(days=14)
LONGEST = timedelta(days=62)

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

    discussion_days = models.PositiveSmallIntegerField(
        "discussions close after so many days",
        null=True,
        blank=True,
        default=30,
        validators=[MinValueValidator(1)],
        help_text="Counts for pieces published from now on. Leave empty to keep discussions open.",
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

    @cached_property
    def holiday(self):
        """The holiday that people should know of now, or None."""
        return Holiday.objects.near()

    @property
    def profiles(self):
        """The social profiles that have an address, as pairs of name and address."""
        fields = [self._meta.get_field(name) for name in ("twitter", "facebook", "linkedin", "mastodon")]
        named = [(field.verbose_name, getattr(self, field.name)) for field in fields]
        return [(name[0].upper() + name[1:], address) for name, address in named if address]

    @property
    def copyright_line(self):
        return f"All Rights Reserved. Copyright {self.founded} \N{EN DASH} {timezone.localdate().year}"


class PageManager(models.Manager):
    """Pages, asked for by what they are called in the address."""

    def by_slug(self, slug):
        """Return the page called `slug`, or None where nobody has written it."""
        return called.first(slug=slug)


class Page(models.Model):
    """A text about the site itself, kept by the managing editors."""

    slug = models.SlugField(unique=True, editable=False)
    title = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=300, blank=True)
    body = BodyField()
    html = FinishedField(editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PageManager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse({"moderation": "moderation_rules"}.get(self.slug, self.slug.replace("-", "_")))

    def rewrite(self, *, by, title, standfirst, body):
        """Replace the text."""
        if not may_edit_site(by, self):
            raise PermissionDenied("Only the managing editors change this page.")
        self.title, self.standfirst, self.body = title, standfirst, clean(body)
        self.html, self.updated_at = render(self.body), timezone.now()
        self.save(update_fields=["title", "standfirst", "body", "html", "updated_at"])


@asked
def called():
    """Return the page with this name in its address."""
    return Page.objects.filter(slug=Given("slug", models.SlugField()))


class HolidayQuerySet(models.QuerySet):
    """The desk's holidays."""

    def days_from(self, day):
        """Return the set of days from `day` on on which the desk is closed."""
        return {off for holiday in self.filter(last__gte=day) for off in holiday.days()}

    def near(self):
        """Return the holiday that people should know of now: it runs, or begins within two weeks."""
        today = timezone.localdate()
        return self.filter(last__gte=today, first__lte=today + SOON).first()

    def is_on(self):
        """Say whether the desk is closed today."""
        today = timezone.localdate()
        return self.filter(first__lte=today, last__gte=today).exists()

    def overlapping(self, first, last):
        """Return the holidays that share a day with these days."""
        return self.filter(first__lte=last, last__gte=first)


class Holiday(models.Model):
    """Days on which the desk is closed: no promise counts them, and running ones move."""

    first = models.DateField("first day")
    last = models.DateField("last day")
    words = models.CharField(
        "what authors read", max_length=200, blank=True, help_text="One sentence; leave empty for the dates alone."
    )

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last__gte=models.F("first")), name="holiday_ends_after_it_begins"
            )
        ]

    def __str__(self):
        return f"{_day(self.first)} to {_day(self.last)}"

    @property
    def sentence(self):
        """Return what authors read about it."""
        closed = f"The editors’ desk is closed from {_day(self.first)} to {_day(self.last)}"
        return " ".join(filter(None, [f"{closed}, and our dates leave these days out.", self.words]))

    def clean(self):
        if not (self.first and self.last):
            return
        if self.last < self.first:
            raise ValidationError({"last": "The last day comes before the first. Choose a later one."})
        if self.last - self.first > LONGEST:
            raise ValidationError({"last": "A holiday is at most two months long. Choose an earlier day."})
        other = Holiday.objects.overlapping(self.first, self.last).exclude(pk=self.pk).first()
        if other:
            raise ValidationError(f"There is a holiday from {other} already. Choose days before or after it.")
        if self._state.adding and self.last < timezone.localdate():
            raise ValidationError({"last": "These days are over. A holiday is for days to come."})

    def days(self):
        """Return every day from the first to the last."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def days_left(self):
        """Return how many of its days are not over yet."""
        return len([day for day in self.days() if day >= timezone.localdate()])

    def begins_at(self):
        """Return the moment from which dates meet it: its first day, or today where that is past."""
        return timezone.make_aware(datetime.combine(max(self.first, timezone.localdate()), time()))


def _day(day):
    return f"{day:%-d %B %Y}"
