from django.core.validators import MinValueValidator, URLValidator
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from forum.lib.tables import Tables
from forum.lib.text.prose import BodyField, FinishedField, render
from forum.pages.shipped import shipped

# fmt: off
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
HTTPS = URLValidator(message="Give the full address, beginning with https://", schemes=["https"])

TABLES = [
    migrations.CreateModel("SiteSettings", [
        ID,
        ("name", models.CharField(default="International Affairs Forum", max_length=100)),
        ("tagline", models.CharField(default="Around the World, Across the Political Spectrum", max_length=200)),
        ("founded", models.PositiveSmallIntegerField(default=2002, verbose_name="running since")),
        ("contact_email", models.EmailField(
            blank=True, help_text="For readers. Leave empty to show the form alone.", max_length=254,
        )),
        ("editor_email", models.EmailField(
            blank=True, help_text="For authors. Leave empty to show the form alone.", max_length=254,
        )),
        ("twitter", models.CharField(blank=True, max_length=200, validators=[HTTPS])),
        ("facebook", models.CharField(blank=True, max_length=200, validators=[HTTPS])),
        ("linkedin", models.CharField(blank=True, max_length=200, verbose_name="LinkedIn", validators=[HTTPS])),
        ("mastodon", models.CharField(blank=True, max_length=200, validators=[HTTPS])),
        ("publisher_is_not_accepter", models.BooleanField(
            default=False,
            help_text=(
                "Somebody else publishes; “Publish all the same” asks for a reason and tells every "
                "managing editor. Readers see on the page Transparency whether this rule holds."
            ),
            verbose_name="whoever accepted a piece does not publish it",
        )),
        ("discussion_days", models.PositiveSmallIntegerField(
            blank=True,
            default=30,
            help_text="Counts for pieces published from now on. Leave empty to keep discussions open.",
            null=True,
            verbose_name="discussions close after so many days",
            validators=[MinValueValidator(1)],
        )),
    ], options={
        "verbose_name": "site settings",
        "verbose_name_plural": "site settings",
        "constraints": [
            models.CheckConstraint(condition=Q(pk=1), name="one_row_of_settings"),
        ],
    }),
    migrations.CreateModel("Page", [
        ID,
        ("slug", models.SlugField(editable=False, unique=True)),
        ("title", models.CharField(max_length=120)),
        ("standfirst", models.CharField(blank=True, max_length=300)),
        ("body", BodyField()),
        ("html", FinishedField(editable=False)),
        ("updated_at", models.DateTimeField(default=timezone.now, editable=False)),
    ], options={"ordering": ["title"]}),
    migrations.CreateModel("Holiday", [
        ID,
        ("first", models.DateField(verbose_name="first day")),
        ("last", models.DateField(verbose_name="last day")),
        ("words", models.CharField(
            blank=True,
            help_text="One sentence; leave empty for the dates alone.",
            max_length=200,
            verbose_name="what authors read",
        )),
    ], options={
        "ordering": ["first"],
        "constraints": [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="holiday_ends_after_it_begins"),
        ],
    }),
]
# fmt: on


def write(apps, schema_editor):
    """Write the settings and the texts that a site begins with."""
    apps.get_model("pages", "SiteSettings").objects.get_or_create(pk=1)
    pages = apps.get_model("pages", "Page").objects
    for fields in shipped():
        pages.get_or_create(slug=fields["slug"], defaults={**fields, "html": render(fields["body"])})


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("pages", "0001_initial"),
        ("pages", "0002_first_texts"),
        ("pages", "0003_desk"),
        ("pages", "0004_moderation"),
        ("pages", "0005_closing"),
        ("pages", "0006_versions_gone"),
    ]

    dependencies = []

    operations = [
        Tables(TABLES),
        migrations.RunPython(write),
    ]
