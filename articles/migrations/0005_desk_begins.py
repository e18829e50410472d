from datetime import timedelta

from django.db import migrations
from django.db.models import F

OPENING = "Dear {name},\n\n"
SIGNED = "\n\n{editor}"
READ = "Thank you for sending us “{title}”. We have read it with care, and we will not print it."
WORDS = "\n\nWhat we liked: {strength}\n\nWhat would make it stronger: {improve}\n\n{invited}"

TEMPLATES = [
    # verb, name, reason, text between greeting and signature
    ("ask_for_changes", "Changes, point by point", "",
     ("Thank you for “{title}”. Before we decide, I ask you for some changes. They stand below, each with its number; "
      "please tell me for each what you did.")),
    ("ask_for_changes", "Sources", "sources",
     ("Thank you for “{title}”. Our readers will want to know where its facts come from. Please give a source for each "
      "of the statements below, in a footnote, or take the statement out.")),
    ("ask_for_changes", "Too long", "too_long",
     ("Thank you for “{title}”. It says what it has to say in more words than we can print. Please cut it; below "
      "I name the passages that it can spare.")),
    ("accept", "Acceptance", "",
     ("We are glad to accept “{title}”. I edit it now, and then you see the exact text before anything is printed.")),
    ("decline", "Considered decline", "", READ + WORDS),
    ("decline", "Not our subject", "off_scope",
     ("Thank you for sending us “{title}”. We print opinion on international relations and economics, and this piece "
      "is about something else, so we will not print it. That is no judgement of its worth. Another magazine may be "
      "just the place for it, and we should be glad to read you on one of our subjects.")),
    ("decline", "Needs an argument", "needs_argument",
     (READ + " It tells our readers much about its subject, but does not yet take a side that somebody could "
      "disagree with." + WORDS)),
    ("decline", "News report, not opinion", "news_report",
     (READ + " It reports what happened, and we print what people think should follow from it." + WORDS)),
    ("decline", "Already published", "already_published",
     ("Thank you for sending us “{title}”. It has been published elsewhere already, and we print only what is new. "
      "We should be glad to read something of yours that has not yet appeared.")),
    ("revoke", "Acceptance taken back", "",
     ("We had accepted “{title}”. I am sorry to tell you that we cannot print it after all, because […]")),
]  # fmt: skip


def write(apps, schema_editor):
    """Give the desk its first templates."""
    template = apps.get_model("articles", "LetterTemplate").objects
    for position, (verb, name, reason, text) in enumerate(TEMPLATES, 1):
        whole = OPENING + text + SIGNED
        template.create(verb=verb, name=name, reason=reason, text=whole, position=position)


def remind_of_running_dates(apps, schema_editor):
    """Let what already lies with its author be reminded of as well."""
    lying = apps.get_model("articles", "Submission").objects.filter(status__in=["with_author", "proof"])
    lying.filter(due_at__isnull=False).update(remind_at=F("due_at") - timedelta(days=3))


def say_what_was_used(apps, schema_editor):
    """Until now the text of every file counted at once."""
    apps.get_model("articles", "Upload").objects.update(used_at=F("at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_desk")]

    operations = [
        migrations.RunPython(step, migrations.RunPython.noop)
        for step in (write, remind_of_running_dates, say_what_was_used)
    ]
