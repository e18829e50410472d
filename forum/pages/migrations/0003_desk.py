from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0002_first_texts'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitesettings',
            name='publisher_is_not_accepter',
            field=models.BooleanField(default=False, help_text='Somebody else publishes; “Publish all the same” asks for a reason and tells every managing editor. Readers see on the page Transparency whether this rule holds.', verbose_name='whoever accepted a piece does not publish it'),
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='first day')),
                ('last', models.DateField(verbose_name='last day')),
                ('words', models.CharField(blank=True, help_text='One sentence; leave empty for the dates alone.', max_length=200, verbose_name='what authors read')),
            ],
            options={
                'ordering': ['first'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='holiday_ends_after_it_begins')],
            },
        ),
    ]
