from django.db import migrations

from comments.shipped import RULES


def write_rules(apps, schema_editor):
    """Write the first version of the rules of civil discussion."""
    rule = apps.get_model("comments", "Rule")
    for position, (slug, name, _, _, text) in enumerate(RULES, 1):
        rule.objects.create(slug=slug, version=1, position=position, name=name, text=text)


def erase_rules(apps, schema_editor):
    """Take the first version back."""
    apps.get_model("comments", "Rule").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [migrations.RunPython(write_rules, erase_rules)]
