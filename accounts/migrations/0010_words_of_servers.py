from django.db import migrations
from django.db.models import Q


def forget_whom_they_name(apps, schema_editor):
    """A mail server's words name whom it refuses, and stood with letters of others and in confidence."""
    letters = apps.get_model("accounts", "Delivery").objects
    for letter in letters.filter(Q(in_confidence=True) | Q(error__contains="@")):
        letter.error = letter.error.partition(":")[0]
        letter.save(update_fields=["error"])


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0009_in_confidence"),
    ]

    operations = [
        migrations.RunPython(forget_whom_they_name, migrations.RunPython.noop),
    ]
