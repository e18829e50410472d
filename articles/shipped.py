"""What a new site starts with: its kinds, topics, regions and templates of letters."""

from django.utils.text import slugify

KINDS = [
    # name, plural, fewest words, most words, by staff
    ("Editorial", "Editorials", 700, 1000, True),
    ("Essay", "Essays", 0, 3000, False),
    ("Student essay", "Student essays", 700, 3000, False),
    ("Interview", "Interviews", 0, 0, True),
    ("Roundtable", "Roundtables", 0, 0, True),
    ("Book review", "Book reviews", 0, 1500, False),
    ("Response", "Responses", 0, 800, False),
    ("Letter", "Letters", 0, 400, False),
    ("Explainer", "Explainers", 0, 0, True),
]

TOPICS = [
    "Conflict & peace",
    "Defence",
    "Terrorism & insurgency",
    "Nuclear & arms control",
    "Intelligence",
    "Diplomacy",
    "Alliances & institutions",
    "International law",
    "Human rights",
    "Democracy & governance",
    "Elections",
    "Sanctions & statecraft",
    "Trade & industry",
    "Economy & finance",
    "Development & aid",
    "Energy & resources",
    "Climate & environment",
    "Migration & refugees",
    "Health & food",
    "Technology & AI",
    "Cyber & information",
    "Space",
    "Gender & society",
    "Religion & identity",
    "Media & education",
    "History & ideas",
]

REGIONS = {
    # codes: United Nations, Standard country or area codes for statistical use (M49)
    ("Africa", "africa", "002"): [
        ("North Africa", "north-africa", "015"),
        ("West Africa", "west-africa", "011"),
        ("Central Africa", "central-africa", "017"),
        ("East Africa & Horn", "east-africa-and-horn", "014"),
        ("Southern Africa", "southern-africa", "018"),
    ],
    ("Americas", "americas", "019"): [
        ("North America", "north-america", "021"),
        ("Central America & Caribbean", "central-america-and-caribbean", "013 029"),
        ("South America", "south-america", "005"),
    ],
    ("Asia", "asia", "142"): [
        ("Central Asia", "central-asia", "143"),
        ("East Asia", "east-asia", "030"),
        ("South Asia", "south-asia", "034"),
        ("Southeast Asia", "southeast-asia", "035"),
    ],
    ("Europe", "europe", "150"): [
        ("Northern Europe", "northern-europe", "154"),
        ("Western Europe", "western-europe", "155"),
        ("Southern Europe", "southern-europe", "039"),
        ("Eastern Europe & Balkans", "eastern-europe-and-balkans", "151"),
        ("Caucasus", "caucasus", "051 031 268"),
    ],
    ("Middle East", "middle-east", "145"): [
        ("Levant", "levant", "376 400 422 275 760"),
        ("Gulf", "gulf", "048 414 512 634 682 784 887"),
        ("Iran, Iraq & Türkiye", "iran-iraq-turkiye", "364 368 792"),
    ],
    ("Oceania", "oceania", "009"): [],
    ("Polar", "polar", "010"): [],
    ("Global", "global", "001"): [],
}

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


def plant(apps, schema_editor):
    """Make the kinds, topics and regions of the magazine."""
    kind, topic, region = (apps.get_model("articles", name).objects for name in ("Kind", "Topic", "Region"))
    for position, (name, plural, fewest, most, staff) in enumerate(KINDS, 1):
        words = {"fewest_words": fewest, "most_words": most}
        kind.create(name=name, plural=plural, slug=slugify(name), by_staff=staff, position=position, **words)
    for position, name in enumerate(TOPICS, 1):
        topic.create(name=name, slug=slugify(name.replace("&", "and")), position=position)
    for position, ((name, slug, m49), parts) in enumerate(REGIONS.items(), 1):
        whole = region.create(name=name, slug=slug, m49=m49, position=position)
        for place, (part, address, codes) in enumerate(parts, 1):
            region.create(name=part, slug=address, m49=codes, position=place, parent=whole)


def write_templates(apps, schema_editor):
    """Give the desk its first templates."""
    template = apps.get_model("articles", "LetterTemplate").objects
    for position, (verb, name, reason, text) in enumerate(TEMPLATES, 1):
        whole = OPENING + text + SIGNED
        template.create(verb=verb, name=name, reason=reason, text=whole, position=position)
