from secrets import token_urlsafe

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from forum.lib.tables import Tables

# fmt: off
PERSON = settings.AUTH_USER_MODEL
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
TABLES = [
    migrations.CreateModel("Subscriber", [
        ID,
        ("status", models.CharField(editable=False, max_length=20)),
        ("came_from", models.CharField(blank=True, editable=False, max_length=20)),
        ("turn", models.PositiveIntegerField(default=0, editable=False)),
        ("moved_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("email", models.EmailField(max_length=254)),
        ("token", models.CharField(default=token_urlsafe, editable=False, max_length=43, unique=True)),
    ], options={
        "ordering": ["-moved_at"],
        "constraints": [
            models.UniqueConstraint(Lower("email"), name="one_subscription_for_an_address"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "confirmed", "left"]),
                name="subscriber_status_known",
            ),
        ],
    }),
    migrations.CreateModel("SubscriberEvent", [
        ID,
        ("verb", models.CharField(max_length=40)),
        ("source", models.CharField(blank=True, max_length=40)),
        ("target", models.CharField(max_length=40)),
        ("note", models.TextField(blank=True)),
        ("detail", models.JSONField(blank=True, default=dict)),
        ("at", models.DateTimeField(default=timezone.now)),
        ("actor_kind", models.CharField(max_length=10)),
        ("actor", models.ForeignKey(PERSON, models.PROTECT, related_name="+", blank=True, null=True)),
        ("guest", models.EmailField(blank=True, max_length=254)),
        ("subscriber", models.ForeignKey("alerts.subscriber", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
]
# fmt: on


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [Tables(TABLES)]
