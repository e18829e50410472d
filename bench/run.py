"""Measure each page with few submissions and with many: server time and number of queries.

    python -m bench.run [few] [many]

The database is a temporary one beside what DATABASE_URL says (SQLite in a file where it says nothing).
"""

import os
import sys
import time
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from articles.models import Article, Author, Submission
from bench.build import Newsroom

TIMES = 7
LOGIN = settings.AUTHENTICATION_BACKENDS[0]
DESK = {
    "front page": "/admin/",
    "submissions": "/admin/submissions/",
    "submissions in review": "/admin/submissions/?state=in_review",
    "submissions, searched": "/admin/submissions/?q=canal+vote",
    "one submission": "/admin/submissions/{code}/",
    "published pieces": "/admin/articles/",
    "one published piece": "/admin/articles/{pk}/",
    "messages": "/admin/messages/",
    "comments": "/admin/comments/",
    "authors": "/admin/articles/author/",
}
PUBLIC = {
    "home": "/",
    "an article": "{article}",
    "a topic": "/topics/diplomacy/",
    "a region": "/regions/europe/",
    "the archive": "/archive/",
    "the authors": "/authors/",
    "an author": "/authors/{author}/",
    "search": "/search/?q=canal",
    "corrections": "/corrections/",
    "transparency": "/transparency/",
    "the feed": "/feed.atom",
    "the sitemap": "/sitemap.xml",
}
AUTHOR = {"my pieces": "/submissions/"}


def main(few=50, many=5000):
    """Build, measure, build more, measure again, and say what it costs; 1 where a page asks more often."""
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        newsroom = Newsroom.open()
        newsroom.add(few)
        before = measure(newsroom)
        start = time.perf_counter()
        newsroom.add(many - few)
        write(f"{connection.vendor}: {many} submissions, built in {time.perf_counter() - start:.0f} s\n")
        tell_planner()
        return report(before, measure(newsroom), few, many)
    finally:
        teardown_databases(databases, verbosity=0)


def tell_planner():
    """Let the database count its rows, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(newsroom):
    """Return for each page its median time in milliseconds and its number of queries."""
    editor, managing = newsroom.editors[:2]
    places = {
        "code": Submission.objects.filter(status="in_review").earliest("pk").code,
        "pk": Article.objects.out().earliest("pk").pk,
        "author": Author.objects.in_print().first().slug,
        "article": Article.objects.out().earliest("pk").get_absolute_url(),
    }
    people = [
        ("editor", editor, DESK),
        ("managing editor", managing, {"front page": DESK["front page"], "submissions": DESK["submissions"]}),
        ("author", newsroom.authors[0].user, AUTHOR),
        ("reader", None, PUBLIC),
    ]
    found = {}
    for who, person, pages in people:
        browser = Client()
        if person:
            browser.force_login(person, backend=LOGIN)
        for name, path in pages.items():
            found[f"{who}: {name}"] = timed(browser, path.format(**places))
    return found


def timed(browser, path):
    """Return the median milliseconds and the number of queries of one page."""
    with CaptureQueriesContext(connection) as asked:
        answer(browser, path)
    queries, took = len(asked), []
    for _ in range(TIMES):
        cache.clear()
        start = time.perf_counter()
        answer(browser, path)
        took.append((time.perf_counter() - start) * 1000)
    return median(took), queries


def answer(browser, path):
    """Ask for a page to its last byte."""
    response = browser.get(path)
    response.getvalue()
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")


def report(before, after, few, many):
    """Write one line for each page; return 1 where a page asks the database more often for more rows."""
    write(f"{'page':34} {few:>6} ms {many:>6} ms  times  queries\n")
    for page, (was, queries) in before.items():
        now, more = after[page]
        grew = "" if more == queries else f" was {queries}"
        write(f"{page:34} {was:9.1f} {now:9.1f} {now / was:6.1f} {more:8}{grew}\n")
    return int(any(after[page][1] > queries for page, (_, queries) in before.items()))


def write(text):
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
