"""Full-text search over public pieces: FTS5 on SQLite, tsvector on PostgreSQL; a migration makes the table.

The index holds each piece from the moment it is printed; what may be found is decided by `Article.listed()`.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db import connection

from articles.models import Article
from forum.lib.text.prose import plain

MOST = 1000  # hits that are ranked and counted
SIZE = 20

FIND = {
    "sqlite": """
        WITH hits AS MATERIALIZED (
            SELECT rowid AS id, bm25(article_search, 10.0, 4.0, 6.0, 1.0) AS score
            FROM article_search WHERE article_search MATCH %s ORDER BY score LIMIT %s
        ) SELECT id FROM hits ORDER BY score, id DESC""",
    "postgresql": """
        SELECT article_id FROM (
            SELECT article_id, words, query
            FROM article_search, websearch_to_tsquery('english', %s) AS query
            WHERE words @@ query ORDER BY article_id DESC LIMIT %s
        ) AS newest ORDER BY ts_rank(words, query) DESC, article_id DESC""",
}
FORGET = {
    "sqlite": "DELETE FROM article_search WHERE rowid = %s",
    "postgresql": "DELETE FROM article_search WHERE article_id = %s",
}
KEEP = {
    "sqlite": """
        INSERT INTO article_search (rowid, title, standfirst, names, body)
        VALUES (%s, %s, %s, %s, %s)""",
    "postgresql": """
        INSERT INTO article_search (article_id, title, standfirst, names, body)
        VALUES (%s, %s, %s, %s, %s)""",
}


@dataclass(frozen=True)
class Found:
    """One page of what was found, best first; `older` asks for the next page, `newer` for the first."""

    items: list = field(default_factory=list)
    count: int = 0
    older: str = ""
    newer: str = ""

    @property
    def is_capped(self):
        """Say whether there may be more than was counted."""
        return self.count >= MOST


def find(words, *, after=None):
    """Return the pieces readers may see that speak of these words."""
    said = as_query(words)
    if not said:
        return Found()
    with connection.cursor() as cursor:
        cursor.execute(FIND[connection.vendor], [said, MOST])
        ranked = [pk for (pk,) in cursor]
    seen = set(Article.objects.listed().filter(pk__in=ranked).values_list("pk", flat=True))
    ranked = [pk for pk in ranked if pk in seen]
    start = ranked.index(after) + 1 if after in ranked else 0
    chosen = ranked[start : start + SIZE]
    rows = {article.pk: article for article in Article.objects.listed().filter(pk__in=chosen).for_cards()}
    more = start + SIZE < len(ranked)
    return Found(
        [rows[pk] for pk in chosen if pk in rows],
        len(ranked),
        "?" + urlencode({"q": words, "after": chosen[-1]}) if more else "",
        "?" + urlencode({"q": words}) if start else "",
    )


def as_query(words):
    """Return what was typed in the database's own language: every word must stand in the piece."""
    if connection.vendor == "postgresql":
        return words.strip()
    said = [phrase or word for phrase, word in re.findall(r'"([^"]*)"|(\w+)', words)]
    parts = [" ".join(re.findall(r"\w+", part)) for part in said[:16]]
    return " ".join(f'"{part}"' for part in parts if part)


def index(article):
    """Put the current text of a piece in the index, in the place of what was there."""
    edition = article.edition
    names = ", ".join(byline.name for byline in edition.bylines.all())
    forget(article)
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP[connection.vendor],
            [article.pk, edition.title, edition.standfirst, names, plain(edition.body, notes=True)],
        )


def forget(article):
    """Take a piece out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET[connection.vendor], [article.pk])
