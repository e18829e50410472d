"""The tests that know of dates, at the moments at which dates go wrong: `make any-day`.

Each run takes place at one moment of the site's zone from before the first import on, as said by `AT` and `TIME_ZONE`:
`AT=2028-02-29T12:00 TIME_ZONE=Europe/London python -m pytest -p tests.any_day tests`. The clock of the database stands
where it stood, so ours answers when it is asked for the time.
"""

import inspect
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from queue import SimpleQueue
from zoneinfo import ZoneInfo

import time_machine
from django.db import connection
from django.db.models import DateTimeField
from django.db.models.functions import Now

from forum.lib.asked import Given

LONDON, NEW_YORK = "Europe/London", "America/New_York"
MOMENTS = [  # on every day of the week
    ("UTC", "2026-11-25T10:00"),  # an ordinary Wednesday
    ("UTC", "2026-11-30T23:30"),
    ("UTC", "2028-02-28T10:00"),
    ("UTC", "2028-02-29T10:00"),
    ("UTC", "2026-12-31T23:30"),
    ("UTC", "2027-01-01T00:10"),
    (NEW_YORK, "2026-12-31T23:30"),  # next year in UTC
    ("Pacific/Auckland", "2027-01-01T00:10"),  # last year in UTC
    (LONDON, "2027-03-27T23:50"),  # a Saturday; clocks go forward at 01:00
    (LONDON, "2027-03-28T12:00"),
    (LONDON, "2027-10-31T00:30"),  # clocks go back at 02:00
    (LONDON, "2027-10-31T12:00"),
    (NEW_YORK, "2027-03-14T01:30"),  # clocks go forward at 02:00
    (NEW_YORK, "2027-11-07T00:30"),  # clocks go back at 02:00
]
WORDS = "ago clock date datetime due_at later localdate promises published_at tick timedelta timezone"
DATED = re.compile(rf"\b({WORDS.replace(' ', '|')})\b")
AT_ONCE = 2
ELSEWHERE = ["browser", "races", "world", "comments/test_properties.py", "test_leaks.py", "test_queries.py"]  # slow


class Clock(Given):
    """The clock of the database, which a question that is written once looks at each time, too."""

    def value(self, said, connection):
        """Return what it says."""
        return self.output_field.get_db_prep_value(datetime.now(UTC), connection)


CLOCK = Clock("clock", DateTimeField())


def pytest_load_initial_conftests():
    """Travel before anything of ours is imported."""
    at = datetime.fromisoformat(os.environ["AT"]).replace(tzinfo=ZoneInfo(os.environ["TIME_ZONE"]))
    time_machine.travel(at, tick=True).start()


def pytest_configure():
    """Let the database say our time."""

    def ours(self, compiler, connection, **context):
        return "%s", [CLOCK]

    sqlite3.register_adapter(Clock, lambda clock: clock.value({}, connection))
    Now.as_sqlite = ours


def pytest_collection_modifyitems(config, items):
    """Keep the tests that name a moment."""
    kept = [item for item in items if DATED.search(inspect.getsource(item.function))]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def run_at(zone, moment, folder):
    """Run the tests at a moment, on an SQLite database in `folder`; return whether all passed, and what was said."""
    pytest = [sys.executable, "-m", "pytest", "-q", "--no-header", "--reuse-db", "-p", "tests.any_day", "tests"]
    pytest += [f"--ignore=tests/{slow}" for slow in ELSEWHERE]
    environment = {**os.environ, "AT": moment, "TIME_ZONE": zone, "VAR_DIR": folder}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(pytest, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def main():
    """Run at every moment, two at once, and say what came of each; return how many failed."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as runs:
        folders = SimpleQueue()
        for number in range(AT_ONCE):
            folders.put(f"{folder}/{number}")

        def run(place):
            mine = folders.get()
            passed, said = run_at(*place, mine)
            folders.put(mine)
            print(f"{place[1]} {place[0]}: {said.splitlines()[-1] if passed else said}", flush=True)  # noqa: T201
            return passed

        return list(runs.map(run, MOMENTS)).count(False)


if __name__ == "__main__":
    sys.exit(main())
