from django.db import migrations, models
from django.db.models import F
from django.utils import timezone

MOST_TRIES = 5


def keep_failures(apps, schema_editor):
    """What had been given up stands as not sent, so that somebody may send it again."""
    letters = apps.get_model("accounts", "Delivery").objects.filter(sent_at=None, dropped_at=None)
    letters.filter(tries__gte=MOST_TRIES, due_at__lte=timezone.now()).update(failed_at=F("due_at"))


def forget_tasks(apps, schema_editor):
    """Letters were sent by tasks once; now the postman looks for them himself."""
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path="accounts.tasks.deliver").delete()


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0005_waiting_letters"),
        ("django_tasks_database", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="lapses_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="failed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_due",
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("dropped_at", None), ("sent_at", None)),
                name="delivery_unsent",
            ),
        ),
        migrations.RunPython(keep_failures, migrations.RunPython.noop),
        migrations.RunPython(forget_tasks, migrations.RunPython.noop),
    ]
