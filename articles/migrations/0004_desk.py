import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import forum.lib.text.prose
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='signoff',
            options={'ordering': ['at', 'pk']},
        ),
        migrations.AddField(
            model_name='byline',
            name='consent',
            field=models.CharField(blank=True, choices=[('asked', 'was asked and has not answered yet'), ('yes', 'has agreed'), ('no', 'has said no')], max_length=5),
        ),
        migrations.AddField(
            model_name='byline',
            name='email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='byline',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='edition',
            name='declarations',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='letter',
            name='due_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='invited',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='letter',
            name='read_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='letter',
            name='reason',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='letter',
            name='version',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='signoff',
            name='content',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='signoff',
            name='void_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='submission',
            name='apologies',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='submission',
            name='guest',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submission',
            name='publish_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='not before'),
        ),
        migrations.AddField(
            model_name='submission',
            name='publisher',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submission',
            name='remind_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='body',
            field=forum.lib.text.prose.BodyField(blank=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='html',
            field=forum.lib.text.prose.FinishedField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name='upload',
            name='standfirst',
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.AddField(
            model_name='upload',
            name='title',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='upload',
            name='used_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='upload',
            name='words',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('verb', models.CharField(choices=[('ask_for_changes', 'asking for changes'), ('accept', 'accepting'), ('decline', 'declining'), ('revoke', 'taking an acceptance back'), ('write_author', 'a message to the author')], max_length=40, verbose_name='used for')),
                ('reason', models.CharField(blank=True, help_text='A code the desk counts letters by, such as too_long. The author never sees it.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z_]*$', 'Use small letters and underscores, such as too_long.')])),
                ('text', models.TextField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['verb', 'position', 'name'],
                'constraints': [models.UniqueConstraint(fields=('verb', 'name'), name='template_named_once')],
            },
        ),
        migrations.CreateModel(
            name='SafetyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(editable=False, max_length=20)),
                ('came_from', models.CharField(blank=True, editable=False, max_length=20)),
                ('turn', models.PositiveIntegerField(default=0, editable=False)),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('kind', models.CharField(choices=[('pen_name', 'a pen name in the place of the printed one'), ('name', 'another name, because it has changed'), ('delay', 'a later day of publication'), ('removal', 'that the piece is taken away')], max_length=10)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('account', models.BooleanField(default=False)),
                ('text', models.TextField()),
                ('html', forum.lib.text.prose.FinishedField(editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField()),
                ('answer_text', models.TextField(blank=True)),
                ('answer_html', forum.lib.text.prose.FinishedField(blank=True, editable=False)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='safety_requests', to='articles.submission')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'done', 'refused'])), name='safety_request_status_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SafetyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=40)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('target', models.CharField(max_length=40)),
                ('note', models.TextField(blank=True)),
                ('detail', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor_kind', models.CharField(max_length=10)),
                ('guest', models.EmailField(blank=True, max_length=254)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='articles.safetyrequest')),
            ],
            options={
                'ordering': ['pk'],
                'get_latest_by': 'pk',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StaffNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('html', forum.lib.text.prose.FinishedField(editable=False)),
                ('quote', models.TextField(blank=True, editable=False, verbose_name='words of the paragraph')),
                ('number', models.PositiveIntegerField(default=0, editable=False, verbose_name='place of the paragraph')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('resolved_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_notes', to='articles.submission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AuthorNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('html', forum.lib.text.prose.FinishedField(editable=False)),
                ('quote', models.TextField(blank=True, editable=False, verbose_name='words of the paragraph')),
                ('number', models.PositiveIntegerField(default=0, editable=False, verbose_name='place of the paragraph')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('resolved_at', models.DateTimeField(editable=False, null=True)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('left_at', models.DateTimeField(editable=False, null=True)),
                ('answer', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='author_notes', to='articles.submission')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('left_at__isnull', False), models.Q(('answer', ''), ('done_at__isnull', True)), _connector='OR'), name='note_is_answered_once_it_left')],
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('question', models.CharField(max_length=200)),
                ('policy', models.TextField(blank=True)),
                ('answer', models.CharField(blank=True, max_length=80)),
                ('said', models.CharField(blank=True, max_length=300, verbose_name='the answer as she read it')),
                ('words', models.TextField(blank=True, max_length=600)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='articles.submission')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'key'), name='declared_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='articles.submission')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('submission', 'person'), name='invited_once_to_a_piece')],
            },
        ),
        migrations.CreateModel(
            name='Kept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(editable=False, max_length=200, verbose_name='address of the form')),
                ('said', models.JSONField(default=dict, editable=False, verbose_name='fields of the form')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('by', 'place'), name='kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('weight', models.CharField(choices=[('must', 'must'), ('may', 'may')], max_length=4)),
                ('text', models.TextField()),
                ('answer', models.CharField(blank=True, choices=[('done', 'done as asked'), ('otherwise', 'done differently'), ('not_done', 'not done')], max_length=10)),
                ('words', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='articles.letter')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('letter', 'number'), name='point_number_once'), models.CheckConstraint(condition=models.Q(('weight__in', ['must', 'may'])), name='point_weight_known')],
            },
        ),
    ]
