from django.db import migrations

MOMENT = {"postgresql": "timestamptz", "sqlite": "datetime"}
TABLE = """
    CREATE TABLE article_months (
        begins_at {0} NOT NULL, zone varchar(80) NOT NULL, month varchar(7) NOT NULL, pieces integer NOT NULL
    )"""
INDICES = [
    "CREATE INDEX article_months_begin ON article_months (begins_at)",
    "CREATE INDEX article_months_some ON article_months (begins_at) WHERE pieces <> 0",
]


def make(apps, editor):
    for statement in [TABLE.format(MOMENT[editor.connection.vendor]), *INDICES]:
        editor.execute(statement)


def drop(apps, editor):
    editor.execute("DROP TABLE article_months")


class Migration(migrations.Migration):
    """Hold how many pieces came out in each month; what counts is made anew after each migration."""

    dependencies = [("articles", "0011_questions_by_day")]
    operations = [migrations.RunPython(make, drop)]
