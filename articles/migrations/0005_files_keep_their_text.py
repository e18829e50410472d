import forum.lib.text
from django.db import migrations, models


def say_what_was_used(apps, schema_editor):
    """Until now the text of every file counted at once."""
    apps.get_model("articles", "Upload").objects.update(used_at=models.F("at"))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_points_and_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='body',
            field=forum.lib.text.BodyField(blank=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='html',
            field=forum.lib.text.ShownField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='upload',
            name='standfirst',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='upload',
            name='title',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='upload',
            name='used_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='words',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(say_what_was_used, migrations.RunPython.noop),
    ]
