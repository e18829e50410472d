from django.db import migrations, models
from django.db.models import Q

CODES = ("accounts.code:", "accounts.login_code:", "accounts.password_code:", "accounts.address_code:")
DOORS = ("/link/", "/objections/", "/comments/mail/", "/reports/", "/alerts/", "/messages/")


def forget_secrets(apps, schema_editor):
    """What carries a code or a link that lets in whoever has it is a secret, and forgotten where it is over."""
    letters = apps.get_model("accounts", "Delivery").objects.all()
    is_secret = Q()
    for code in CODES:
        is_secret |= Q(key__startswith=code)
    for door in DOORS:
        is_secret |= Q(text__contains=door)
    letters.filter(is_secret).update(is_secret=True)
    is_over = Q(sent_at__isnull=False) | Q(dropped_at__isnull=False)
    letters.filter(is_over, is_secret=True).update(subject="", text="", html="", headers={})


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0007_earlier_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="is_secret",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(forget_secrets, migrations.RunPython.noop),
    ]
