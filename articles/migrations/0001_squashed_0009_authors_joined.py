from django.conf import settings
from django.core.validators import RegexValidator
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

from articles import shipped
from articles.models.private.message import new_receipt
from articles.models.public.picture import new_key, original_path
from articles.models.private.submission import new_code
from articles.models.private.upload import manuscript_path
from forum.lib.tables import Tables
from forum.lib.text.prose import BodyField, FinishedField

# fmt: off
PERSON = settings.AUTH_USER_MODEL
ID = ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
PLACED = [
    ("name", models.CharField(max_length=80)),
    ("slug", models.SlugField(max_length=80, unique=True)),
    ("position", models.PositiveSmallIntegerField(default=0)),
]
MOVING = [
    ("status", models.CharField(editable=False, max_length=20)),
    ("came_from", models.CharField(blank=True, editable=False, max_length=20)),
    ("turn", models.PositiveIntegerField(default=0, editable=False)),
    ("moved_at", models.DateTimeField(default=timezone.now, editable=False)),
]
TEXT = [
    ("title", models.CharField(blank=True, max_length=200)),
    ("standfirst", models.CharField(blank=True, max_length=400)),
    ("body", BodyField(blank=True)),
    ("html", FinishedField(blank=True, editable=False)),
    ("words", models.PositiveIntegerField(default=0, editable=False)),
]
CLASSIFIED = [
    ("kind", models.ForeignKey("articles.kind", models.PROTECT, related_name="%(class)ss", blank=True, null=True)),
    ("primary_topic", models.ForeignKey("articles.topic", models.PROTECT, related_name="+", blank=True, null=True)),
    ("perspective", models.CharField(blank=True, max_length=12, choices=[
        ("left", "left"), ("centre-left", "centre-left"), ("centre", "centre"),
        ("centre-right", "centre-right"), ("right", "right"), ("other", "in other words"), ("", "not stated"),
    ])),
    ("perspective_country", models.CharField(blank=True, max_length=60, verbose_name="country")),
    ("perspective_words", models.CharField(blank=True, max_length=80, verbose_name="in the author’s words")),
    ("connection", models.CharField(blank=True, max_length=8, verbose_name="connection to the region", choices=[
        ("lives", "lives there"), ("from", "is from there"), ("worked", "worked there"),
        ("studies", "studies it"), ("", "not stated"),
    ])),
]
PRINTED_AS = [
    ("order", models.PositiveSmallIntegerField(default=1)),
    ("name", models.CharField(max_length=120, verbose_name="name as printed")),
    ("biography", models.TextField(blank=True, max_length=400, verbose_name="two lines about you")),
]
ANSWERING = [
    ("question", models.ForeignKey("articles.question", models.PROTECT, related_name="%(class)ss")),
    ("stance", models.CharField(max_length=8, choices=[("yes", "Yes"), ("no", "No"), ("depends", "It depends")])),
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
NOTE = [
    ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+", editable=False)),
    ("text", models.TextField()),
    ("html", FinishedField(editable=False)),
    ("quote", models.TextField(blank=True, editable=False, verbose_name="words of the paragraph")),
    ("number", models.PositiveIntegerField(default=0, editable=False, verbose_name="place of the paragraph")),
    ("at", models.DateTimeField(default=timezone.now, editable=False)),
    ("resolved_at", models.DateTimeField(editable=False, null=True)),
    ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
]
SEARCH = {
    "sqlite": """
        CREATE VIRTUAL TABLE article_search USING fts5(
            title, standfirst, names, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3'
        )""",
    "postgresql": """
        CREATE TABLE article_search (
            article_id bigint PRIMARY KEY,
            title text NOT NULL,
            standfirst text NOT NULL,
            names text NOT NULL,
            body text NOT NULL,
            words tsvector NOT NULL GENERATED ALWAYS AS (
                setweight(to_tsvector('english', title), 'A')
                || setweight(to_tsvector('simple', names), 'A')
                || setweight(to_tsvector('english', standfirst), 'B')
                || setweight(to_tsvector('english', body), 'D')
            ) STORED
        );
        CREATE INDEX article_search_words ON article_search USING gin (words);""",
}

TABLES = [
    migrations.CreateModel("Kind", [
        ID, *PLACED,
        ("plural", models.CharField(max_length=80)),
        ("fewest_words", models.PositiveIntegerField(default=0)),
        ("most_words", models.PositiveIntegerField(default=0)),
        ("by_staff", models.BooleanField(default=False, help_text="Written by the house, not sent in.")),
    ], options={"ordering": ["position", "name"]}),
    migrations.CreateModel("Topic", [
        ID, *PLACED,
    ], options={"ordering": ["position", "name"]}),
    migrations.CreateModel("Region", [
        ID, *PLACED,
        ("parent", models.ForeignKey("articles.region", models.PROTECT, related_name="parts", blank=True, null=True)),
        ("m49", models.CharField(
            blank=True, help_text="Separated by spaces.", max_length=80, verbose_name="UN M49 codes",
        )),
    ], options={"ordering": ["position", "name"]}),
    migrations.CreateModel("Question", [
        ID,
        ("title", models.CharField(max_length=160)),
        ("slug", models.SlugField(max_length=80, unique=True)),
        ("summary", models.TextField(blank=True, max_length=600)),
        ("shown", models.BooleanField(default=True)),
        ("asked_at", models.DateTimeField(auto_now_add=True)),
    ], options={"ordering": ["-asked_at", "-pk"]}),
    migrations.CreateModel("Submission", [
        ID, *MOVING, *TEXT, *CLASSIFIED,
        ("publisher", models.ForeignKey(
            PERSON, models.PROTECT, related_name="+", blank=True, editable=False, null=True,
        )),
        ("publish_at", models.DateTimeField(editable=False, null=True, verbose_name="not before")),
        ("due_at", models.DateTimeField(blank=True, editable=False, null=True)),
        ("lapses_at", models.DateTimeField(blank=True, editable=False, null=True)),
        ("extended", models.BooleanField(default=False, editable=False)),
        ("remind_at", models.DateTimeField(blank=True, editable=False, null=True)),
        ("apologies", models.PositiveSmallIntegerField(default=0, editable=False)),
        ("code", models.CharField(default=new_code, editable=False, max_length=12, unique=True)),
        ("corresponding_author", models.ForeignKey(
            PERSON, models.PROTECT, related_name="submissions", blank=True, null=True,
        )),
        ("editor", models.ForeignKey(PERSON, models.PROTECT, related_name="handled", blank=True, null=True)),
        ("guest", models.ForeignKey(PERSON, models.PROTECT, related_name="+", blank=True, null=True)),
        ("responds_to", models.ForeignKey(
            "articles.article", models.SET_NULL, related_name="responses", blank=True, null=True,
        )),
        ("begun_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("written_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("version", models.PositiveIntegerField(default=0, editable=False)),
        ("topics", models.ManyToManyField("articles.topic", related_name="%(class)ss", blank=True)),
        ("regions", models.ManyToManyField("articles.region", related_name="%(class)ss", blank=True)),
    ], options={
        "ordering": ["-begun_at", "-pk"],
        "indexes": [
            models.Index(fields=["status", "due_at"], name="articles_su_status_b19bcc_idx"),
            models.Index(fields=["editor", "status"], name="articles_su_editor__9c33bd_idx"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft", "submitted", "in_review", "with_author", "accepted", "proof", "ready",
                        "published", "declined", "dismissed", "withdrawn",
                    ],
                ),
                name="submission_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(corresponding_author__isnull=False),
                name="submission_beyond_a_draft_has_its_author",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=["draft", "submitted", "declined", "dismissed", "withdrawn"])
                    | Q(editor__isnull=False)
                ),
                name="submission_in_review_has_its_editor",
            ),
        ],
    }),
    migrations.CreateModel("Upload", [
        ID, *TEXT,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="uploads")),
        ("file", models.FileField(max_length=120, upload_to=manuscript_path)),
        ("name", models.CharField(max_length=200)),
        ("remarks", models.JSONField(blank=True, default=list)),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)),
        ("at", models.DateTimeField(default=timezone.now)),
        ("used_at", models.DateTimeField(editable=False, null=True)),
    ], options={"ordering": ["pk"]}),
    migrations.CreateModel("Picture", [
        ID,
        ("key", models.CharField(default=new_key, editable=False, max_length=20, unique=True)),
        ("submission", models.ForeignKey(
            "articles.submission", models.CASCADE, related_name="pictures", blank=True, null=True,
        )),
        ("original", models.FileField(max_length=120, upload_to=original_path)),
        ("alt", models.CharField(blank=True, max_length=400, verbose_name="what the picture shows")),
        ("credit", models.CharField(blank=True, max_length=200)),
        ("renditions", models.JSONField(blank=True, default=list, editable=False)),
        ("failure", models.CharField(blank=True, editable=False, max_length=200)),
        ("added_at", models.DateTimeField(default=timezone.now, editable=False)),
        ("ready_at", models.DateTimeField(editable=False, null=True)),
    ], options={"ordering": ["pk"]}),
    migrations.CreateModel("Author", [
        ID,
        ("joined_into", models.ForeignKey(
            "articles.author", models.CASCADE, related_name="joined", blank=True, editable=False, null=True,
        )),
        ("name", models.CharField(max_length=120)),
        ("slug", models.SlugField(max_length=80, unique=True)),
        ("biography", models.TextField(blank=True, max_length=600)),
        ("affiliation", models.CharField(blank=True, max_length=160)),
        ("link", models.URLField(blank=True)),
        ("is_pen_name", models.BooleanField(default=False)),
        ("user", models.ForeignKey(PERSON, models.SET_NULL, related_name="authors", blank=True, null=True)),
        ("portrait", models.ForeignKey(
            "articles.picture", models.SET_NULL, related_name="portrayed", blank=True, null=True,
        )),
    ], options={"ordering": ["name"]}),
    migrations.CreateModel("Byline", [
        ID, *PRINTED_AS,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="bylines")),
        ("author", models.ForeignKey(
            "articles.author", models.PROTECT, related_name="bylines", blank=True, null=True,
        )),
        ("email", models.EmailField(blank=True, max_length=254)),
        ("person", models.ForeignKey(PERSON, models.PROTECT, related_name="+", blank=True, null=True)),
        ("consent", models.CharField(blank=True, max_length=5, choices=[
            ("asked", "was asked and has not answered yet"), ("yes", "has agreed"), ("no", "has said no"),
        ])),
    ], options={
        "ordering": ["order"],
        "constraints": [
            models.UniqueConstraint(fields=("submission", "order"), name="byline_order_once"),
            models.CheckConstraint(condition=~Q(order=0), name="byline_order_from_one"),
        ],
    }),
    migrations.CreateModel("SubmissionAnswer", [
        ID, *ANSWERING,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="answers")),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("submission", "question"), name="submission_answers_once"),
        ],
    }),
    migrations.CreateModel("Declaration", [
        ID,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="declarations")),
        ("key", models.CharField(max_length=20)),
        ("question", models.CharField(max_length=200)),
        ("policy", models.TextField(blank=True)),
        ("answer", models.CharField(blank=True, max_length=80)),
        ("said", models.CharField(blank=True, max_length=300, verbose_name="the answer as she read it")),
        ("words", models.TextField(blank=True, max_length=600)),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.UniqueConstraint(fields=("submission", "key"), name="declared_once"),
        ],
    }),
    migrations.CreateModel("SubmissionEvent", [
        ID, *EVENT,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Revision", [
        ID, *TEXT,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="revisions")),
        ("number", models.PositiveIntegerField()),
        ("verb", models.CharField(max_length=40)),
        ("made_by", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("made_at", models.DateTimeField(default=timezone.now)),
        ("upload", models.ForeignKey("articles.upload", models.PROTECT, related_name="+", null=True)),
    ], options={
        "ordering": ["number"],
        "constraints": [
            models.UniqueConstraint(fields=("submission", "number"), name="revision_number_once"),
        ],
    }),
    migrations.CreateModel("Invitation", [
        ID,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="invitations")),
        ("person", models.ForeignKey(PERSON, models.CASCADE, related_name="invitations")),
        ("number", models.PositiveIntegerField(default=1)),
        ("made_at", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["pk"],
        "constraints": [
            models.UniqueConstraint(fields=("submission", "person"), name="invited_once_to_a_piece"),
        ],
    }),
    migrations.CreateModel("SignOff", [
        ID,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="sign_offs")),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("digest", models.CharField(max_length=64)),
        ("content", models.JSONField(blank=True, default=dict)),
        ("at", models.DateTimeField(default=timezone.now)),
        ("void_at", models.DateTimeField(editable=False, null=True)),
    ], options={
        "ordering": ["at", "pk"],
        "constraints": [
            models.UniqueConstraint(fields=("submission", "by", "digest"), name="signed_once"),
        ],
    }),
    migrations.CreateModel("Conflict", [
        ID,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="conflicts")),
        ("user", models.ForeignKey(PERSON, models.CASCADE, related_name="+")),
        ("reason", models.CharField(blank=True, max_length=200)),
        ("at", models.DateTimeField(default=timezone.now)),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("submission", "user"), name="conflict_declared_once"),
        ],
    }),
    migrations.CreateModel("Letter", [
        ID,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="letters")),
        ("verb", models.CharField(max_length=40)),
        ("by", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("text", models.TextField()),
        ("html", FinishedField(editable=False)),
        ("at", models.DateTimeField(default=timezone.now)),
        ("reason", models.CharField(blank=True, max_length=40)),
        ("invited", models.BooleanField(default=False)),
        ("due_at", models.DateTimeField(editable=False, null=True)),
        ("read_at", models.DateTimeField(editable=False, null=True)),
        ("version", models.PositiveIntegerField(default=0, editable=False)),
    ], options={"ordering": ["pk"]}),
    migrations.CreateModel("Point", [
        ID,
        ("letter", models.ForeignKey("articles.letter", models.CASCADE, related_name="points")),
        ("number", models.PositiveSmallIntegerField()),
        ("weight", models.CharField(max_length=4, choices=[("must", "must"), ("may", "may")])),
        ("text", models.TextField()),
        ("answer", models.CharField(blank=True, max_length=10, choices=[
            ("done", "done as asked"), ("otherwise", "done differently"), ("not_done", "not done"),
        ])),
        ("words", models.TextField(blank=True)),
        ("answered_at", models.DateTimeField(null=True)),
    ], options={
        "ordering": ["number"],
        "constraints": [
            models.UniqueConstraint(fields=("letter", "number"), name="point_number_once"),
            models.CheckConstraint(condition=Q(weight__in=["must", "may"]), name="point_weight_known"),
        ],
    }),
    migrations.CreateModel("LetterTemplate", [
        ID,
        ("name", models.CharField(max_length=80)),
        ("verb", models.CharField(max_length=40, verbose_name="used for", choices=[
            ("ask_for_changes", "asking for changes"), ("accept", "accepting"), ("decline", "declining"),
            ("revoke", "taking an acceptance back"), ("write_author", "a message to the author"),
        ])),
        ("reason", models.CharField(
            blank=True,
            help_text="A code the desk counts letters by, such as too_long. The author never sees it.",
            max_length=40,
            validators=[RegexValidator("^[a-z][a-z_]*$", "Use small letters and underscores, such as too_long.")],
        )),
        ("text", models.TextField()),
        ("position", models.PositiveSmallIntegerField(default=0)),
    ], options={
        "ordering": ["verb", "position", "name"],
        "constraints": [
            models.UniqueConstraint(fields=("verb", "name"), name="template_named_once"),
        ],
    }),
    migrations.CreateModel("StaffNote", [
        ID, *NOTE,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="staff_notes")),
    ]),
    migrations.CreateModel("AuthorNote", [
        ID, *NOTE,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="author_notes")),
        ("left_at", models.DateTimeField(editable=False, null=True)),
        ("answer", models.TextField(blank=True)),
        ("done_at", models.DateTimeField(editable=False, null=True)),
    ], options={
        "constraints": [
            models.CheckConstraint(
                condition=Q(left_at__isnull=False) | Q(answer="", done_at__isnull=True),
                name="note_is_answered_once_it_left",
            ),
        ],
    }),
    migrations.CreateModel("Kept", [
        ID,
        ("by", models.ForeignKey(PERSON, models.CASCADE, related_name="+", editable=False)),
        ("place", models.CharField(editable=False, max_length=200, verbose_name="address of the form")),
        ("said", models.JSONField(default=dict, editable=False, verbose_name="fields of the form")),
        ("at", models.DateTimeField(default=timezone.now, editable=False)),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("by", "place"), name="kept_once"),
        ],
    }),
    migrations.CreateModel("SafetyRequest", [
        ID, *MOVING,
        ("submission", models.ForeignKey("articles.submission", models.CASCADE, related_name="safety_requests")),
        ("asker", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("kind", models.CharField(max_length=10, choices=[
            ("pen_name", "a pen name in the place of the printed one"),
            ("name", "another name, because it has changed"), ("delay", "a later day of publication"),
            ("removal", "that the piece is taken away"),
        ])),
        ("name", models.CharField(blank=True, max_length=120)),
        ("account", models.BooleanField(default=False)),
        ("text", models.TextField()),
        ("html", FinishedField(editable=False)),
        ("asked_at", models.DateTimeField(default=timezone.now)),
        ("due_at", models.DateTimeField()),
        ("answer_text", models.TextField(blank=True)),
        ("answer_html", FinishedField(blank=True, editable=False)),
    ], options={
        "ordering": ["-asked_at", "-pk"],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "done", "refused"]),
                name="safety_request_status_known",
            ),
        ],
    }),
    migrations.CreateModel("SafetyEvent", [
        ID, *EVENT,
        ("request", models.ForeignKey("articles.safetyrequest", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Article", [
        ID, *MOVING, *CLASSIFIED,
        ("submission", models.OneToOneField("articles.submission", models.PROTECT, related_name="article")),
        ("edition", models.OneToOneField(
            "articles.edition", models.RESTRICT, related_name="current_of", editable=False, null=True,
        )),
        ("year", models.PositiveSmallIntegerField(editable=False)),
        ("slug", models.SlugField(editable=False, max_length=80)),
        ("published_at", models.DateTimeField(editable=False)),
        ("announced_at", models.DateTimeField(editable=False, null=True)),
        ("notice", models.TextField(
            blank=True, editable=False, max_length=1000, verbose_name="what readers are told",
        )),
        ("topics", models.ManyToManyField("articles.topic", related_name="%(class)ss", blank=True)),
        ("regions", models.ManyToManyField("articles.region", related_name="%(class)ss", blank=True)),
    ], options={
        "ordering": ["-published_at", "-pk"],
        "indexes": [
            models.Index(fields=["status", "-published_at", "-id"], name="articles_ar_status_e13435_idx"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["published", "retracted", "removed"]),
                name="article_status_known",
            ),
            models.UniqueConstraint(fields=("year", "slug"), name="article_address_once"),
        ],
    }),
    migrations.CreateModel("Edition", [
        ID, *TEXT,
        ("article", models.ForeignKey("articles.article", models.CASCADE, related_name="editions")),
        ("number", models.PositiveIntegerField()),
        ("change", models.CharField(default="first", max_length=14, choices=[
            ("first", "First published"), ("typo", "Typing error"), ("clarification", "Clarification"),
            ("correction", "Correction"), ("update", "Update"), ("note", "Editor’s note"),
        ])),
        ("note", models.TextField(blank=True, max_length=1000, verbose_name="what changed, for readers")),
        ("declarations", models.JSONField(blank=True, default=list)),
        ("made_by", models.ForeignKey(PERSON, models.PROTECT, related_name="+")),
        ("made_at", models.DateTimeField(default=timezone.now)),
    ], options={
        "ordering": ["number"],
        "constraints": [
            models.UniqueConstraint(fields=("article", "number"), name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(change__in=["first", "typo"]) | ~Q(note=""),
                name="edition_says_what_changed",
            ),
        ],
    }),
    migrations.CreateModel("PrintedByline", [
        ID, *PRINTED_AS,
        ("edition", models.ForeignKey("articles.edition", models.CASCADE, related_name="bylines")),
        ("author", models.ForeignKey("articles.author", models.PROTECT, related_name="printed_bylines")),
    ], options={
        "ordering": ["order"],
        "constraints": [
            models.UniqueConstraint(fields=("edition", "order"), name="printed_byline_order_once"),
        ],
    }),
    migrations.CreateModel("Answer", [
        ID, *ANSWERING,
        ("article", models.ForeignKey("articles.article", models.CASCADE, related_name="answers")),
    ], options={
        "constraints": [
            models.UniqueConstraint(fields=("article", "question"), name="article_answers_once"),
        ],
    }),
    migrations.CreateModel("ArticleEvent", [
        ID, *EVENT,
        ("article", models.ForeignKey("articles.article", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
    migrations.CreateModel("Message", [
        ID, *MOVING,
        ("receipt", models.CharField(default=new_receipt, editable=False, max_length=32, unique=True)),
        ("kind", models.CharField(max_length=12, choices=[
            ("contact", "Message to the editors"), ("correction", "Suggested correction"),
            ("abuse", "Report of abuse"),
        ])),
        ("article", models.ForeignKey(
            "articles.article", models.CASCADE, related_name="messages", blank=True, null=True,
        )),
        ("reason", models.CharField(blank=True, max_length=60)),
        ("text", models.TextField()),
        ("html", FinishedField(editable=False)),
        ("name", models.CharField(blank=True, max_length=80)),
        ("email", models.EmailField(blank=True, max_length=254)),
        ("sent_at", models.DateTimeField(default=timezone.now)),
        ("due_at", models.DateTimeField()),
        ("answer_text", models.TextField(blank=True)),
        ("answer_html", FinishedField(blank=True, editable=False)),
    ], options={
        "ordering": ["-sent_at", "-pk"],
        "indexes": [
            models.Index(fields=["status", "due_at"], name="articles_me_status_2ce0bf_idx"),
        ],
        "constraints": [
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "closed"]),
                name="message_status_known",
            ),
        ],
    }),
    migrations.CreateModel("MessageEvent", [
        ID, *EVENT,
        ("message", models.ForeignKey("articles.message", models.CASCADE, related_name="events")),
    ], options={"ordering": ["pk"], "get_latest_by": "pk"}),
]
# fmt: on


def make_search(apps, schema_editor):
    """Make the search index, which lives beside the models: each database has its own way to do it well."""
    schema_editor.execute(SEARCH[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("articles", "0001_initial"),
        ("articles", "0002_taxonomy"),
        ("articles", "0003_search"),
        ("articles", "0004_desk"),
        ("articles", "0005_desk_begins"),
        ("articles", "0006_declarations_moved"),
        ("articles", "0007_old_declarations_gone"),
        ("articles", "0008_approvals_of_earlier_proofs"),
        ("articles", "0009_authors_joined"),
    ]

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        Tables(TABLES),
        migrations.RunPython(make_search),
        migrations.RunPython(shipped.plant),
        migrations.RunPython(shipped.write_templates),
    ]
