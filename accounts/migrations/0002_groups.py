from django.db import migrations

GROUPS = ["moderator", "editor", "managing editor"]


def make_groups(apps, schema_editor):
    """Make the three groups; each includes the one before."""
    group = apps.get_model("auth", "Group")
    for name in GROUPS:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
