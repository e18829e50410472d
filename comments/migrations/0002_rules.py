from django.db import migrations

RULES = [
    ("threat", "a threat", "Nobody threatens anybody here, openly or between the lines."),
    ("illegal", "illegal content", "What the law forbids to publish is not published here."),
    (
        "privacy",
        "private information",
        "Addresses, telephone numbers, health, family and whereabouts of others stay out of the discussion.",
    ),
    (
        "hatred",
        "hatred of a group",
        "Nobody is put down for where they come from, what they believe, whom they love or what they are. Ideas, parties and governments may be criticised as sharply as you like.",
    ),
    (
        "attack",
        "personal attack",
        "Answer what was said, not who said it. Insults and guesses about motives go; hard disagreement stays.",
    ),
    (
        "impersonation",
        "impersonation",
        "Write as yourself. A pen name is welcome, the name of another living person is not.",
    ),
    ("spam", "spam", "No advertising, no campaigns, no text sent to many places at once."),
    (
        "off_topic",
        "off topic",
        "Comments are about the piece above them or about another comment below it.",
    ),
]


def write_rules(apps, schema_editor):
    """Write the first version of the rules of civil discussion."""
    rule = apps.get_model("comments", "Rule")
    for position, (slug, name, text) in enumerate(RULES, 1):
        rule.objects.create(slug=slug, version=1, position=position, name=name, text=text)


def erase_rules(apps, schema_editor):
    """Take the first version back."""
    apps.get_model("comments", "Rule").objects.filter(version=1).delete()


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [migrations.RunPython(write_rules, erase_rules)]
