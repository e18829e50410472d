"""Measure every page with 2,000 pieces in print and with fifty times as many; write RESULTS-scale.md and plans/.

    python -m bench.scale [pieces] [times]

The database is a temporary one beside what DATABASE_URL says (SQLite in a file where it says nothing).
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from bench.scale import report, world
from bench.scale.copies import count_on
from bench.scale.pages import PAGES, person, places
from bench.scale.work import cpu_of, work_of
from forum import figures

LOGIN = settings.AUTHENTICATION_BACKENDS[0]


def main(pieces=world.PIECES, times=world.TIMES):
    """Build, measure, copy, measure again, and write down what was found; 1 where a page works harder for more rows."""
    setup_test_environment(debug=False)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        begun = time.perf_counter()
        rows = world.build(pieces)
        count_on()
        few = measure("few")
        world.grow(rows, times, bar)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = 0")
                cursor.execute("VACUUM ANALYZE")
        many = measure("many")
        minutes = (time.perf_counter() - begun) / 60
        return report.write(few, many, pieces=pieces, times=times, minutes=minutes)
    finally:
        teardown_databases(databases, verbosity=0)


def measure(name):
    """Return for each page the work of the database, its plans, and the milliseconds of processor time."""
    figures.due()
    found, known = {}, places()
    for place, (who, page, path) in enumerate(PAGES, 1):
        browser = Client()
        if reader := person(who):
            browser.force_login(reader, backend=LOGIN)
        address = path.format(**known)
        found[f"{who}: {page}"] = work_of(browser, address), cpu_of(browser, address)
        bar(place, len(PAGES), f"measuring {name}")
    return found


def bar(done, of, what="copying"):
    """Say how far it has come."""
    drawn = "#" * (40 * done // of)
    sys.stderr.write(f"\r{connection.vendor:10} {what:16} [{drawn:40}] {done}/{of}" + "\n" * (done == of))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
