from django.db import migrations

from forum.lib import version


def make_table(apps, schema_editor):
    version.make_table()


def drop_table(apps, schema_editor):
    version.drop_table()


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_squashed_0002_trouble")]

    operations = [migrations.RunPython(make_table, drop_table)]
