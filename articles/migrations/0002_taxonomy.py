from django.db import migrations
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


def plant(apps, schema_editor):
    """Make the kinds, topics and regions of the magazine."""
    kind, topic, region = (apps.get_model("articles", name) for name in ("Kind", "Topic", "Region"))
    for position, (name, plural, fewest, most, staff) in enumerate(KINDS, 1):
        kind.objects.create(
            name=name,
            plural=plural,
            slug=slugify(name),
            fewest_words=fewest,
            most_words=most,
            by_staff=staff,
            position=position,
        )
    for position, name in enumerate(TOPICS, 1):
        topic.objects.create(name=name, slug=slugify(name.replace("&", "and")), position=position)
    for position, ((name, slug, m49), parts) in enumerate(REGIONS.items(), 1):
        parent = region.objects.create(name=name, slug=slug, m49=m49, position=position)
        for place, (name, slug, m49) in enumerate(parts, 1):
            region.objects.create(name=name, slug=slug, m49=m49, position=place, parent=parent)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
