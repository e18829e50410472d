from django.db import migrations
from django.db.models import F


def hide_objectors(apps, schema_editor):
    """Whoever objects to a decision and did not write the comment had reported it, which is told to nobody."""
    letters = apps.get_model("accounts", "Delivery").objects
    events = apps.get_model("comments", "AppealEvent").objects.exclude(verb="ask_guest")
    of_writers = events.filter(appeal__objector=F("appeal__ruling__comment__author"))
    for event in events.exclude(pk__in=of_writers.values("pk")):
        found = letters.filter(key=f"comments.appealevent.{event.pk}.appeal.{event.appeal_id}", in_confidence=False)
        for letter in found:
            letter.in_confidence, letter.error = True, letter.error.partition(":")[0]
            letter.save(update_fields=["in_confidence", "error"])


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0006_own_pieces"),
        ("accounts", "0009_in_confidence"),
    ]

    operations = [
        migrations.RunPython(hide_objectors, migrations.RunPython.noop),
    ]
