from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_groups'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='digest',
            field=models.BooleanField(default=True, verbose_name='one mail a day, when something waits for me at the desk'),
        ),
        migrations.AddField(
            model_name='user',
            name='digested_on',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='user',
            name='is_invited',
            field=models.BooleanField(default=False, editable=False, verbose_name='invited only'),
        ),
        migrations.AddField(
            model_name='user',
            name='is_named_officer',
            field=models.BooleanField(default=False, verbose_name='safety officer'),
        ),
    ]
