from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    """Make the table that CACHE_URL names unless it says otherwise; earlier versions made it by a command."""
    call_command("createcachetable", "forum_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
