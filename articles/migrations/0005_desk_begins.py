from datetime import timedelta

from django.db import migrations
from django.db.models import F

from articles.shipped import write_templates


def remind_of_running_dates(apps, schema_editor):
    """Let what already lies with its author be reminded of as well."""
    lying = apps.get_model("articles", "Submission").objects.filter(status__in=["with_author", "proof"])
    lying.filter(due_at__isnull=False).update(remind_at=F("due_at") - timedelta(days=3))


def say_what_was_used(apps, schema_editor):
    """Until now the text of every file counted at once."""
    apps.get_model("articles", "Upload").objects.update(used_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk")]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (write_templates, remind_of_running_dates, say_what_was_used)
    ]
