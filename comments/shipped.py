"""What a new site starts with: the first version of its rules of discussion."""

RULES = [
    # slug, name, the same behind the number one, behind a larger number, text
    ("threat", "a threat", "threat", "threats", "Nobody threatens anybody here, openly or between the lines."),
    ("illegal", "illegal content", "piece of illegal content", "pieces of illegal content",
     "What the law forbids to publish is not published here."),
    ("privacy", "private information", "case of private information", "cases of private information",
     "Addresses, telephone numbers, health, family and whereabouts of others stay out of the discussion."),
    ("hatred", "hatred of a group", "case of hatred", "cases of hatred",
     ("Nobody is put down for where they come from, what they believe, whom they love or what they are. Ideas, "
      "parties and governments may be criticised as sharply as you like.")),
    ("attack", "personal attack", "attack", "attacks",
     "Answer what was said, not who said it. Insults and guesses about motives go; hard disagreement stays."),
    ("impersonation", "impersonation", "impersonation", "impersonations",
     "Write as yourself. A pen name is welcome, the name of another living person is not."),
    ("spam", "spam", "spam", "spam", "No advertising, no campaigns, no text sent to many places at once."),
    ("off_topic", "off topic", "off topic", "off topic",
     "Comments are about the piece above them or about another comment below it."),
]  # fmt: skip


def write_rules(apps, schema_editor):
    """Write the first version of the rules of civil discussion."""
    rule = apps.get_model("comments", "Rule").objects
    for position, (slug, name, one, many, text) in enumerate(RULES, 1):
        rule.create(slug=slug, version=1, position=position, name=name, one=one, many=many, text=text)
