from django.db import migrations

from forum.lib.text.prose import render
from forum.pages.shipped import shipped


def write(apps, schema_editor):
    apps.get_model("pages", "SiteSettings").objects.get_or_create(pk=1)
    pages = apps.get_model("pages", "Page").objects
    for fields in shipped():
        pages.get_or_create(slug=fields["slug"], defaults={**fields, "html": render(fields["body"])})


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
