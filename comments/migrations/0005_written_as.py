from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_names(apps, schema_editor):
    """Comments keep the name that stands on them today."""
    names = apps.get_model("accounts", "User").objects.filter(pk=OuterRef("author")).values("name")
    apps.get_model("comments", "Comment").objects.update(written_as=Subquery(names))


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0004_civil"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="written_as",
            field=models.CharField(default="", editable=False, max_length=80),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
    ]
