from django.db import migrations

TABLE = {
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


def make_table(apps, schema_editor):
    schema_editor.execute(TABLE[schema_editor.connection.vendor])


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE article_search")


class Migration(migrations.Migration):
    """The search index lives beside the models: each database has its own way to do it well."""

    dependencies = [("articles", "0002_taxonomy")]

    operations = [migrations.RunPython(make_table, drop_table)]
