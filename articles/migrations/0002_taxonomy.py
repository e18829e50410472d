from django.db import migrations

from articles.shipped import plant


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
