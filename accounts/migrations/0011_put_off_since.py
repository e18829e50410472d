from django.db import migrations, models
from django.db.models import F


def count_on(apps, schema_editor):
    """What has been put off already goes on from where it counted until now, its time to leave."""
    letters = apps.get_model("accounts", "Delivery").objects
    letters.exclude(again_at=None).update(put_off_since=F("due_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0010_words_of_servers"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="put_off_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(count_on, migrations.RunPython.noop),
    ]
