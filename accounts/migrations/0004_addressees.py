from django.db import migrations, models
from django.db.models import F


def keep_addresses(apps, schema_editor):
    """Letters that wait already go where they were addressed to."""
    apps.get_model("accounts", "Delivery").objects.update(whom=F("to"), answers=F("reply_to"))


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="whom",
            field=models.CharField(default="", max_length=320),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="delivery",
            name="answers",
            field=models.CharField(blank=True, max_length=320),
        ),
        migrations.AddField(
            model_name="delivery",
            name="dropped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="to",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
    ]
