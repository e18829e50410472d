from secrets import token_urlsafe

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from comments.shipped import write_rules
from forum.lib.tables import Tables
from forum.lib.text.prose import FinishedField

# fmt: off
PERSON = settings.AUTH_USER_MODEL
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
MOVING = [
    ("status", models.CharField(editable=False, max_length=20)),
    ("came_from", models.CharField(blank=True, editable=False, max_length=20)),
    ("turn", models.PositiveIntegerField(default=0, editable=False)),
    ("moved_at", models.DateTimeField(default=timezone.now, editable=False)),
]
EVENT = [
    ("verb", models.CharField(max_length=40)),
    ("source", models.CharField(blank=True, max_length=40)),
    ("target", models.CharField(max_length=40)),
    ("note", models.TextField(blank=True)),
    ("detail", models.JSONField(blank=True, default=dict)),
    ("at", models.DateTimeField(default=timezone.now)),
    ("actor_kind", models.CharField(max_length=10)),
    ("actor", models.ForeignKey(PERSON, models.PROTECT, related_name="+", blank=True, null=True)),
    ("guest", models.EmailField(blank=True, max_length=254)),
]
REASON = ("reason", models.CharField(max_length=20, choices=[
    ("threat", "It threatens somebody"), ("illegal", "It is illegal"),
    ("privacy", "It gives away private information"), ("hatred", "It spreads hatred of a group"),
    ("attack", "It attacks a person instead of an argument"),
    ("impersonation", "It pretends to be somebody else"), ("spam", "It is advertising or spam"),
    ("off_topic", "It has nothing to do with the piece"),
]))
RESTRICTING = ["hide", "ask_to_reword", "remove", "mark_spam", "warn", "hold_comments", "pause", "ban"]

TABLES = [
    migrations.CreateModel("Discussion", [
        ID,
        ("article", models.OneToOneField("articles.article", models.CASCADE, related_name="discussion")),
        ("opened_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="closes")),
        ("holds_all", models.BooleanField(
            default=False, verbose_name="the editors read every comment before it appears",
        )),
        ("next_number", models.PositiveIntegerField(default=1, editable=False)),
        ("published_count", models.PositiveIntegerField(default=0, editable=False)),
        ("last_comment_at", models.DateTimeField(editable=False, null=True)),
    ], options={
        "indexes": [
            models.Index(fields=["-last_comment_at", "-id"], name="comments_di_last_co_961f18_idx"),
        ],
        "constraints": [
            models.CheckConstraint(condition=Q(next_number__gte=1), name="discussion_numbers_from_one"),
            models.CheckConstraint(
                condition=Q(published_count__lt=models.F("next_number")),
                name="discussion_counts_what_has_a_number",
            ),
        ],
    }),
    migrations.CreateModel("Rule", [
        ID,
        ("slug", models.SlugField(max_length=40)),
        ("version", models.PositiveIntegerField(default=1)),
        ("position", models.PositiveSmallIntegerField(default=0)),
        ("name", models.CharField(help_text="What breaks the rule, in a few small words.", max_length=60)),
        ("one", models.CharField(help_text="The same behind the number one.", max_length=60)),
        ("many", models.CharField(help_text="The same behind a larger number.", max_length=60)),
        ("text", models.TextField(max_length=600)),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False, null=True)),
        ("since", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["position", "version"],
        "constraints": [
            models.UniqueConstraint(fields=("slug", "version"), name="rule_version_once"),
        ],
    }),
    migrations.CreateModel("Comment", [
        ID, *MOVING,
        ("discussion", models.ForeignKey("comments.discussion", models.CASCADE, related_name="comments")),
        ("author", models.ForeignKey(PERSON, models.PROTECT, related_name="comments")),
        ("written_as", models.CharField(editable=False, max_length=80)),
        ("key", models.UUIDField(editable=False)),
        ("number", models.PositiveIntegerField(editable=False, null=True)),
        ("published_at", models.DateTimeField(editable=False, null=True)),
        ("written_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("hidden_until", models.DateTimeField(editable=False, null=True)),
        ("current", models.OneToOneField(
            "comments.commentrevision", models.PROTECT, related_name="current_of", editable=False, null=True,
        )),
        ("answers", models.ForeignKey(
            "comments.comment", models.PROTECT, related_name="answered_by", editable=False, null=True,
        )),
        ("quoted", models.ForeignKey(
            "comments.commentrevision", models.PROTECT, related_name="+", editable=False, null=True,
        )),
        ("quote_start", models.PositiveIntegerField(editable=False, null=True)),
        ("quote_length", models.PositiveIntegerField(editable=False, null=True)),
        ("speaks_as", models.ForeignKey(
            "articles.author", models.PROTECT, related_name="+", editable=False, null=True,
        )),
        ("letter", models.OneToOneField(
            "articles.submission", models.SET_NULL, related_name="invited_by", editable=False, null=True,
        )),
        ("shown_from", models.PositiveIntegerField(default=1, editable=False)),
        ("ruling", models.ForeignKey("comments.ruling", models.PROTECT, related_name="+", editable=False, null=True)),
    ], options={
        "ordering": ["pk"],
        "indexes": [
            models.Index(fields=["status", "moved_at"], name="comments_co_status_77912a_idx"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["pending", "published", "hidden", "removed", "spam", "withdrawn"]),
                name="comment_status_known",
            ),
            models.UniqueConstraint(fields=("discussion", "number"), name="comment_number_once"),
            models.UniqueConstraint(fields=("discussion", "author", "key"), name="comment_sent_once"),
            models.CheckConstraint(
                condition=(
                    Q(number__isnull=True, published_at__isnull=True)
                    | Q(number__isnull=False, published_at__isnull=False)
                ),
                name="comment_numbered_when_it_appears",
            ),
            models.CheckConstraint(
                condition=(
                    Q(quote_length=None, quote_start=None, quoted=None)
                    | Q(answers__isnull=False, quote_length__gte=1, quote_start__gte=0, quoted__isnull=False)
                ),
                name="comment_quotes_what_it_answers",
            ),
        ],
    }),
    migrations.CreateModel("CommentRevision", [
        ID,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="revisions")),
        ("number", models.PositiveIntegerField(default=1)),
        ("text", models.TextField()),
        ("html", FinishedField(editable=False)),
        ("held_for", models.CharField(blank=True, max_length=20, choices=[
            ("newcomer", (
                "The editors read the first comments of everybody before they appear, until 3 were "
                "approved on 2 different days."
            )),
            ("links", "A comment with more than 2 links is read by the editors before it appears."),
            ("words", (
                "A comment with a word from the editors’ list is read by them before it appears. Most of "
                "these are fine."
            )),
            ("sanction", (
                "The editors have decided to read your comments before they appear, for the time they "
                "told you."
            )),
            ("discussion", (
                "Where the editors have said so below a piece, they read every comment before it appears."
            )),
            ("scorer", (
                "A program asked the editors to read this comment before it appears. It decides nothing "
                "else."
            )),
            ("reworded", "The editors asked for another wording, and read it before it appears."),
        ])),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["number"],
        "constraints": [
            models.UniqueConstraint(fields=("comment", "number"), name="comment_revision_number_once"),
        ],
    }),
    migrations.CreateModel("CommentEvent", [
        ID, *EVENT,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("ReportCase", [
        ID, *MOVING,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="cases")),
        ("revision", models.ForeignKey("comments.commentrevision", models.PROTECT, related_name="cases")),
        REASON,
        ("opened_at", models.DateTimeField(default=timezone.now, editable=False)),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["open", "removed", "kept", "moot"]),
                name="report_case_status_known",
            ),
            models.UniqueConstraint(
                condition=Q(status="open"),
                fields=("comment",),
                name="report_case_open_once_for_a_comment",
            ),
        ],
    }),
    migrations.CreateModel("Report", [
        ID,
        ("case", models.ForeignKey("comments.reportcase", models.CASCADE, related_name="reports")),
        ("revision", models.ForeignKey("comments.commentrevision", models.PROTECT, related_name="reports")),
        REASON,
        ("words", models.TextField(blank=True, max_length=1000)),
        ("reporter", models.ForeignKey(PERSON, models.SET_NULL, related_name="+", null=True)),
        ("email", models.EmailField(blank=True, max_length=254)),
        ("person", models.CharField(editable=False, max_length=80)),
        ("network", models.CharField(blank=True, editable=False, max_length=32)),
        ("confirmed_at", models.DateTimeField(editable=False, null=True)),
        ("receipt", models.CharField(default=token_urlsafe, editable=False, max_length=64, unique=True)),
        ("at", models.DateTimeField(default=timezone.now, editable=False)),
    ], options={
        "ordering": ["pk"],
        "indexes": [
            models.Index(models.F("at"), condition=~Q(network=""), name="report_of_a_network"),
        ],
        "constraints": [
            models.UniqueConstraint(fields=("revision", "person"), name="report_once_by_a_person"),
        ],
    }),
    migrations.CreateModel("ReportCaseEvent", [
        ID, *EVENT,
        ("case", models.ForeignKey("comments.reportcase", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Ruling", [
        ID,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="rulings")),
        ("revision", models.ForeignKey("comments.commentrevision", models.PROTECT, related_name="rulings")),
        ("case", models.ForeignKey("comments.reportcase", models.PROTECT, related_name="rulings", null=True)),
        ("verb", models.CharField(max_length=40)),
        ("rule", models.ForeignKey("comments.rule", models.PROTECT, related_name="rulings", null=True)),
        ("reason", models.TextField(blank=True)),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)),
        ("guest", models.EmailField(blank=True, max_length=254)),
        ("automatic", models.BooleanField(default=False)),
        ("quote", models.TextField(blank=True)),
        ("until", models.DateTimeField(null=True)),
        ("statement", models.TextField(blank=True)),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.CheckConstraint(
                condition=(
                    ~Q(verb__in=RESTRICTING)
                    | (Q(rule__isnull=False) & ~Q(statement=""))
                ),
                name="ruling_that_restricts_has_rule_and_statement",
            ),
            models.CheckConstraint(
                condition=Q(automatic=True) | Q(by__isnull=False) | ~Q(guest=""),
                name="ruling_by_a_person_or_a_machine",
            ),
        ],
    }),
    migrations.CreateModel("Appeal", [
        ID, *MOVING,
        ("ruling", models.ForeignKey("comments.ruling", models.PROTECT, related_name="appeals")),
        ("objector", models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)),
        ("report", models.ForeignKey("comments.report", models.PROTECT, related_name="+", null=True)),
        ("words", models.TextField(max_length=2000)),
        ("submitted_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("guest_name", models.CharField(blank=True, editable=False, max_length=80)),
        ("guest_email", models.EmailField(blank=True, editable=False, max_length=254)),
        ("guest_until", models.DateTimeField(editable=False, null=True)),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["submitted", "reversed", "stands"]),
                name="appeal_status_known",
            ),
            models.UniqueConstraint(fields=("ruling", "objector"), name="appeal_once_for_a_decision"),
            models.UniqueConstraint(fields=("ruling", "report"), name="appeal_once_for_a_report"),
            models.CheckConstraint(
                condition=Q(objector=None, report__isnull=False) | Q(objector__isnull=False, report=None),
                name="appeal_by_a_member_or_a_guest",
            ),
        ],
    }),
    migrations.CreateModel("AppealEvent", [
        ID, *EVENT,
        ("appeal", models.ForeignKey("comments.appeal", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Sanction", [
        ID, *MOVING,
        ("user", models.ForeignKey(PERSON, models.CASCADE, related_name="sanctions")),
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="sanctions")),
        ("level", models.CharField(max_length=20, choices=[
            ("warn", "Warning"), ("hold_comments", "Comments are read before they appear"),
            ("pause", "Pause: no new comments for a time"), ("ban", "Ban: no new comments"),
        ])),
        ("until", models.DateTimeField(null=True)),
        ("ruling", models.OneToOneField("comments.ruling", models.PROTECT, related_name="sanction")),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["in_force", "lifted", "expired", "reversed"]),
                name="sanction_status_known",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["warn", "hold_comments", "pause", "ban"]),
                name="sanction_level_known",
            ),
            models.UniqueConstraint(
                condition=Q(status="in_force"),
                fields=("user", "level"),
                name="sanction_of_a_level_once",
            ),
        ],
    }),
    migrations.CreateModel("SanctionEvent", [
        ID, *EVENT,
        ("sanction", models.ForeignKey("comments.sanction", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Trust", [
        ID,
        ("user", models.OneToOneField(PERSON, models.CASCADE, related_name="trust")),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("at", models.DateTimeField(default=timezone.now)),
    ]),
    migrations.CreateModel("Respect", [
        ID,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="respects")),
        ("user", models.ForeignKey(PERSON, models.CASCADE, related_name="respects")),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("comment", "user"), name="respected_once"),
        ],
    }),
    migrations.CreateModel("Mute", [
        ID,
        ("by", models.ForeignKey(PERSON, models.CASCADE, related_name="muting")),
        ("whom", models.ForeignKey(PERSON, models.CASCADE, related_name="muted_by")),
        ("speaks_as", models.ForeignKey("articles.author", models.CASCADE, related_name="+", null=True)),
    ], options={
        "constraints": [
            models.UniqueConstraint(condition=Q(speaks_as=None), fields=("by", "whom"), name="muted_once"),
            models.UniqueConstraint(fields=("by", "whom", "speaks_as"), name="muted_once_as_author"),
        ],
    }),
    migrations.CreateModel("Follow", [
        ID,
        ("discussion", models.ForeignKey("comments.discussion", models.CASCADE, related_name="follows")),
        ("user", models.ForeignKey(PERSON, models.CASCADE, related_name="follows")),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("discussion", "user"), name="followed_once"),
        ],
    }),
    migrations.CreateModel("Visit", [
        ID,
        ("discussion", models.ForeignKey("comments.discussion", models.CASCADE, related_name="visits")),
        ("user", models.ForeignKey(PERSON, models.CASCADE, related_name="visits")),
        ("number", models.PositiveIntegerField()),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("discussion", "user"), name="visited_once"),
        ],
    }),
    migrations.CreateModel("MailChoice", [
        ID,
        ("user", models.OneToOneField(PERSON, models.CASCADE, related_name="mail_choice")),
        ("how_often", models.CharField(default="at_once", max_length=10, choices=[
            ("at_once", "At once"), ("daily", "Once a day"), ("off", "Never"),
        ])),
        ("own_pieces", models.CharField(default="daily", max_length=10, choices=[
            ("at_once", "At once"), ("daily", "Once a day"), ("off", "Never"),
        ])),
    ]),
    migrations.CreateModel("Notice", [
        ID,
        ("comment", models.ForeignKey("comments.comment", models.CASCADE, related_name="notices")),
        ("to", models.ForeignKey(PERSON, models.CASCADE, related_name="notices")),
        ("due_at", models.DateTimeField()),
        ("sent_at", models.DateTimeField(null=True)),
        ("batch", models.UUIDField(null=True)),
    ], options={
        "ordering": ["pk"],
        "indexes": [
            models.Index(models.F("due_at"), condition=Q(sent_at=None), name="notice_due"),
        ],
        "constraints": [
            models.UniqueConstraint(fields=("comment", "to"), name="noticed_once"),
        ],
    }),
    migrations.CreateModel("WordList", [
        ID, *MOVING,
        ("words", models.TextField(max_length=4000)),
        ("found", models.JSONField(default=dict, editable=False)),
        ("looked_at", models.PositiveIntegerField(default=0, editable=False)),
        ("would_wait", models.PositiveIntegerField(default=0, editable=False)),
        ("tried_at", models.DateTimeField(default=timezone.now, editable=False)),
    ], options={
        "ordering": ["-pk"],
        "constraints": [
            models.CheckConstraint(condition=Q(status__in=["tried", "on", "off"]), name="word_list_status_known"),
            models.UniqueConstraint(condition=Q(status="on"), fields=("status",), name="word_list_on_once"),
        ],
    }),
    migrations.CreateModel("WordListEvent", [
        ID, *EVENT,
        ("word_list", models.ForeignKey("comments.wordlist", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
]
# fmt: on


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("comments", "0001_initial"),
        ("comments", "0002_rules"),
        ("comments", "0003_rules"),
        ("comments", "0004_civil"),
        ("comments", "0005_written_as"),
        ("comments", "0006_own_pieces"),
        ("comments", "0007_objections_in_confidence"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("articles", "0001_squashed_0009_authors_joined"),
    ]

    operations = [
        Tables(TABLES),
        migrations.RunPython(write_rules),
    ]
