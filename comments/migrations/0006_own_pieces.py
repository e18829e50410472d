from django.db import migrations, models


def keep_silence(apps, schema_editor):
    """Whoever wanted no mail about comments before gets none of the new kind."""
    apps.get_model("comments", "MailChoice").objects.filter(how_often="off").update(own_pieces="off")


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0005_written_as"),
    ]

    operations = [
        migrations.AddField(
            model_name="mailchoice",
            name="own_pieces",
            field=models.CharField(
                choices=[("at_once", "At once"), ("daily", "Once a day"), ("off", "Never")],
                default="daily",
                max_length=10,
            ),
        ),
        migrations.RunPython(keep_silence, migrations.RunPython.noop),
    ]
