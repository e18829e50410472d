from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from forum.lib.tables import Tables

# fmt: off
PERSON = settings.AUTH_USER_MODEL
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
GROUPS = ["moderator", "editor", "managing editor"]

TABLES = [
    migrations.CreateModel("User", [
        ID,
        ("password", models.CharField(max_length=128, verbose_name="password")),
        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
        ("is_superuser", models.BooleanField(
            default=False,
            help_text="Designates that this user has all permissions without explicitly assigning them.",
            verbose_name="superuser status",
        )),
        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
        ("name", models.CharField(help_text="Shown beside what you write.", max_length=80, verbose_name="name")),
        ("is_active", models.BooleanField(default=True, verbose_name="may sign in")),
        ("digest", models.BooleanField(
            default=True, verbose_name="one mail a day, when something waits for me at the desk",
        )),
        ("digested_on", models.DateField(editable=False, null=True)),
        ("is_invited", models.BooleanField(default=False, editable=False, verbose_name="invited only")),
        ("is_named_officer", models.BooleanField(default=False, verbose_name="safety officer")),
        ("joined_at", models.DateTimeField(default=timezone.now, editable=False, verbose_name="joined")),
        ("groups", models.ManyToManyField(
            "auth.group",
            related_name="user_set",
            blank=True,
            help_text=(
                "The groups this user belongs to. A user will get all permissions granted to each of "
                "their groups."
            ),
            related_query_name="user",
            verbose_name="groups",
        )),
        ("user_permissions", models.ManyToManyField(
            "auth.permission",
            related_name="user_set",
            blank=True,
            help_text="Specific permissions for this user.",
            related_query_name="user",
            verbose_name="user permissions",
        )),
    ], options={
        "verbose_name": "person",
        "verbose_name_plural": "people",
        "constraints": [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
        ],
    }),
    migrations.CreateModel("EarlierName", [
        ID,
        ("person", models.ForeignKey(PERSON, models.CASCADE, related_name="earlier_names")),
        ("name", models.CharField(max_length=80)),
        ("left_at", models.DateTimeField(default=timezone.now)),
    ], options={"ordering": ["-pk"]}),
    migrations.CreateModel("Delivery", [
        ID,
        ("key", models.CharField(max_length=200, unique=True)),
        ("group", models.CharField(blank=True, max_length=32)),
        ("whom", models.CharField(max_length=320)),
        ("answers", models.CharField(blank=True, max_length=320)),
        ("to", models.EmailField(blank=True, max_length=254)),
        ("sender", models.CharField(max_length=200)),
        ("subject", models.CharField(max_length=250)),
        ("text", models.TextField()),
        ("html", models.TextField(blank=True)),
        ("reply_to", models.CharField(blank=True, max_length=320)),
        ("headers", models.JSONField(blank=True, default=dict)),
        ("created_at", models.DateTimeField(default=timezone.now)),
        ("due_at", models.DateTimeField(default=timezone.now)),
        ("lapses_at", models.DateTimeField(null=True)),
        ("claimed_at", models.DateTimeField(null=True)),
        ("put_off_since", models.DateTimeField(null=True)),
        ("again_at", models.DateTimeField(null=True)),
        ("sent_at", models.DateTimeField(null=True)),
        ("dropped_at", models.DateTimeField(null=True)),
        ("failed_at", models.DateTimeField(null=True)),
        ("is_secret", models.BooleanField(default=False)),
        ("in_confidence", models.BooleanField(default=False)),
        ("tries", models.PositiveSmallIntegerField(default=0)),
        ("error", models.TextField(blank=True)),
    ], options={
        "verbose_name_plural": "deliveries",
        "ordering": ["-pk"],
        "indexes": [
            models.Index(models.F("due_at"), condition=Q(dropped_at=None, sent_at=None), name="delivery_unsent"),
            models.Index(models.F("group"), condition=~Q(group=""), name="delivery_group"),
        ],
    }),
]
# fmt: on


def make_groups(apps, schema_editor):
    """Make the three groups; each includes the one before."""
    group = apps.get_model("auth", "Group").objects
    for name in GROUPS:
        group.get_or_create(name=name)


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_groups"),
        ("accounts", "0003_desk"),
        ("accounts", "0004_addressees"),
        ("accounts", "0005_waiting_letters"),
        ("accounts", "0006_mail_goes_on"),
        ("accounts", "0007_earlier_names"),
        ("accounts", "0008_secret_letters"),
        ("accounts", "0009_in_confidence"),
        ("accounts", "0010_words_of_servers"),
        ("accounts", "0011_put_off_since"),
    ]

    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [
        Tables(TABLES),
        migrations.RunPython(make_groups),
    ]
