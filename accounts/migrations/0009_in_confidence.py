from django.db import migrations, models
from django.db.models import Q


def hide_reporters(apps, schema_editor):
    """Who reported a comment is told to nobody, administrators included."""
    letters = apps.get_model("accounts", "Delivery").objects
    about_reports = Q(key__startswith="comments.report:") | Q(key__startswith="comments.confirm:")
    letters.filter(about_reports).update(in_confidence=True)


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0008_secret_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="in_confidence",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(hide_reporters, migrations.RunPython.noop),
    ]
