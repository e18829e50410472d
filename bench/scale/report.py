"""bench/RESULTS-scale.md and bench/plans/, as the benchmark writes them: each database its own part."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from bench.machine import facts
from bench.scale.work import plan

HERE = Path(__file__).parent.parent
MOST = 1.3  # how many times as hard a page may be with fifty times as many pieces
HEAD = """# What each page takes with {many:,} pieces

`make bench-scale` writes this file. Work is the database's own: steps of SQLite's machine, or blocks that PostgreSQL
looks at and a tenth of the rows it goes through; it is the same on a busy machine and on a quiet one. Processor time is
in milliseconds, the database's with it, the median of a few. Both worlds have the same desk, queue and discussions of
50 and of 5,000 comments; the larger has {many:,} pieces in print instead of {few:,}, {comments:,} comments and
{authors:,} authors. Search by words is left out.
"""


def write(few, many, *, pieces, times, minutes):
    """Write what was found on this database; return 1 where a page grew too much, and say which."""
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    lines = [f"## {name}", "", f"{datetime.now(UTC):%Y-%m-%d}, {minutes:.0f} minutes.", "", *_machine(), ""]
    lines += ["| page | work, few | many | times | ms, few | many | times | queries |", "|---|" + "---:|" * 7]
    lines += [_row(page, few[page], many[page]) for page in few]
    sizes = {"few": pieces, "many": pieces * times, "comments": 2 * pieces * times, "authors": pieces * times // 10}
    _keep(name, "\n".join(lines) + "\n", HEAD.format(**sizes))
    _write_plans(many)
    grown = [page for page in few if _grew(few[page], many[page])]
    sys.stderr.write("".join(f"{name}: grew too much: {page}\n" for page in grown))
    return int(bool(grown))


def _grew(few, many):
    """Say whether a page takes longer because the database works harder.

    Work alone can be more and take no longer: of a small table PostgreSQL reads all, of a large one row by row. Time
    alone can be that of something else on the machine.
    """
    return all(after > MOST * before for before, after in ((few[0].amount, many[0].amount), (few[1], many[1])))


def _machine():
    return [f"- {fact}" for fact in facts()]


def _row(page, few, many):
    (little, before), (much, after) = few, many
    numbers = [f"{little.amount:,.0f}", f"{much.amount:,.0f}", _times(much.amount, little.amount)]
    numbers += [f"{before:.1f}", f"{after:.1f}", _times(after, before), str(len(much.asked))]
    return f"| {page} | {' | '.join(numbers)} |"


def _times(now, before):
    found = now / before if before else 1
    return f"**{found:.1f}**" if found > MOST else f"{found:.1f}"


def _keep(name, part, head):
    """Put one database's part in the file, and leave the other's."""
    file = HERE / "RESULTS-scale.md"
    old = re.split(r"^(?=## )", file.read_text() if file.exists() else "", flags=re.MULTILINE)[1:]
    others = [text.rstrip() + "\n" for text in old if not text.startswith(f"## {name}\n")]
    file.write_text("\n".join([head, *sorted([*others, part])]))


def _write_plans(found):
    folder = HERE / "plans"
    folder.mkdir(exist_ok=True)
    lines = ["# How the database finds the rows of each page, with many pieces; written by `make bench-scale`.", ""]
    for page, (work, _) in found.items():
        steps = [step for asked in work.asked for step in plan(asked)]
        lines += [page, *(f"    {step}" for step in dict.fromkeys(steps))]
    (folder / f"{connection.vendor}.txt").write_text("\n".join(lines) + "\n")
