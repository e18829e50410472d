from django.core.management import call_command
from django.db import migrations, models
from django.utils import timezone

from forum.lib.tables import Tables

# fmt: off
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))

TABLES = [
    migrations.CreateModel("Trouble", [
        ID,
        ("name", models.CharField(max_length=100, unique=True)),
        ("since", models.DateTimeField(default=timezone.now)),
        ("last_at", models.DateTimeField(default=timezone.now)),
        ("times", models.PositiveIntegerField(default=1)),
        ("error", models.TextField()),
    ], options={"ordering": ["since", "pk"]}),
]
# fmt: on


def make_cache(apps, schema_editor):
    """Make the table that CACHE_URL names unless it says otherwise."""
    call_command("createcachetable", "forum_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("forum", "0001_cache_table"),
        ("forum", "0002_trouble"),
    ]

    dependencies = []

    operations = [
        Tables(TABLES),
        migrations.RunPython(make_cache),
    ]
