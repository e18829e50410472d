import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

from comments.shipped import RULES


def say_how_they_are_counted(apps, schema_editor):
    """Give the rules there are the words that stand behind numbers."""
    rules = apps.get_model("comments", "Rule").objects.all()
    rules.update(one=F("name"), many=F("name"))
    for slug, _, one, many, _ in RULES:
        rules.filter(slug=slug).update(one=one, many=many)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("comments", "0002_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="one",
            field=models.CharField(default="", help_text="The same behind the number one.", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rule",
            name="many",
            field=models.CharField(default="", help_text="The same behind a larger number.", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rule",
            name="by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(say_how_they_are_counted, migrations.RunPython.noop),
    ]
