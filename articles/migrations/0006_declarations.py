import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_files_keep_their_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="edition",
            name="declarations",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20)),
                ("question", models.CharField(max_length=200)),
                ("policy", models.TextField(blank=True)),
                ("answer", models.CharField(blank=True, max_length=80)),
                (
                    "said",
                    models.CharField(blank=True, max_length=300, verbose_name="the answer as she read it"),
                ),
                ("words", models.TextField(blank=True, max_length=600)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="articles.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("submission", "key"), name="declared_once")],
            },
        ),
    ]
