from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_declarations_moved")]

    operations = [
        migrations.RemoveField(model_name="submission", name=name)
        for name in ("is_original", "conflict", "ai_use", "ai_note")
    ]
