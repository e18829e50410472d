"""How hard the database works for a page: the same number on a quiet machine and on a busy one.

On SQLite that is how many steps its machine takes, on PostgreSQL how many blocks it looks at and rows it goes through.
"""

import json
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from textwrap import shorten
from typing import NamedTuple

from django.apps import apps
from django.db import connection
from psycopg import ClientCursor

from forum.lib.asked import keeps_its_plan

STEPS = 10  # of SQLite's machine between two looks at it
UNSTEADY = r"'[^']*'(::[a-z ]+)?|\b\d+\b"  # what is another thing in each run
NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: "?([A-Z]\d+)"?)?')  # a table, and what it is called in a question
PLACES = re.compile("%[s%]")
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan"}
TRIES = 5
WIDTH = 110
ROW = 0.1  # of a block: what going through a row counts for


class Question(NamedTuple):
    """One thing that was asked, and whether PostgreSQL keeps its plan, which then is none for these values."""

    sql: str
    params: tuple
    keeps_its_plan: bool = False


@dataclass
class Work:
    """What was asked, and how hard that was."""

    amount: float = 0
    asked: list = field(default_factory=list)

    def step(self):
        """Count some steps more, and let the database go on."""
        self.amount += STEPS
        return 0

    def look(self, execute, sql, params, many, context):
        """Keep a question, and on PostgreSQL ask first what answering it takes."""
        is_read = sql.startswith(("SELECT", "(SELECT"))
        if is_read and not many:
            question = Question(sql, params, keeps_its_plan(connection))
            self.asked.append(question)
            if connection.vendor == "postgresql":
                self.amount += _cost(question)
        return execute(sql, params, many, context)


@contextmanager
def watched():
    """Yield what the database does meanwhile."""
    work = Work()
    connection.ensure_connection()
    with connection.execute_wrapper(work.look):
        if connection.vendor == "postgresql":
            yield work
            return
        connection.connection.set_progress_handler(work.step, STEPS)
        try:
            yield work
        finally:
            connection.connection.set_progress_handler(None, 0)


def work_of(browser, path):
    """Return what a page takes of the database."""
    with watched() as work:
        answer(browser, path)
    return work


def cpu_of(browser, path):
    """Return the median milliseconds of processor time of a page, the database's with it."""
    took = []
    for _ in range(TRIES):
        before = _spent()
        answer(browser, path)
        took.append((_spent() - before) * 1000)
    return median(took)


def _spent():
    """Return the processor seconds of this process and, where it is on this machine, of its server process."""
    if connection.vendor == "sqlite":
        return time.process_time()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return time.process_time() + (int(told.read_text().split()[0]) / 1e9 if told.exists() else 0)


def plan(question):
    """Return by which ways the database finds the rows of a question, a line for each."""
    if connection.vendor == "sqlite":
        return [row for row in _named(question) if row.startswith(("SCAN", "SEARCH"))]
    return list(_ways(_explained(question)))


def gone_through(question, tables):
    """Return by which ways a question goes through one of these tables from one end to the other.

    To go along an index until a page is full is no such thing, and neither is a partial index, which has few rows. Of
    several tables that a question calls by one name the index tells which it is; without one, all must grow.
    """
    ways, sorts = _scans(question)
    if "LIMIT" in question.sql and not sorts:
        return []
    named = {}
    for table, short in NAMED.findall(question.sql):
        named.setdefault(short or table, set()).add(table)
    partial, owners = _indices()
    found = [(owners.get(by) or named.get(name, {name}), name, by) for name, by in ways if by not in partial]
    return [f"{name} by {by}" for owner, name, by in found if owner <= tables]


def _scans(question):
    """Return of what is looked at as a whole the table and the index, or "", and whether rows are sorted."""
    if connection.vendor == "sqlite":
        ways = [row.split() for row in _named(question)]
        scans = [(way[1], way[-1] if "INDEX" in way else "") for way in ways if way[0] == "SCAN"]
        return scans, ["USE", "TEMP", "B-TREE", "FOR", "ORDER", "BY"] in ways
    nodes = list(_nodes(_explained(question)))
    scans = [node for node in nodes if node["Node Type"] in SCANS and "Index Cond" not in node]
    sorts = any(node["Node Type"] == "Sort" for node in nodes)
    return [(node["Relation Name"], node.get("Index Name", "")) for node in scans], sorts


def _nodes(node):
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _indices():
    """Return the names of partial indices, and by their names the tables of all that models name."""
    metas = [model._meta for model in apps.get_models()]
    named = [(index, meta.db_table) for meta in metas for index in (*meta.indexes, *meta.constraints)]
    partial = {index.name for index, _ in named if getattr(index, "condition", None)}
    return partial, {index.name: {table} for index, table in named}


def _ways(node):
    if table := node.get("Relation Name"):
        by = f" by {node['Index Name']}" if "Index Name" in node else ""
        where = f" where {node['Index Cond']}" if "Index Cond" in node else ""
        yield shorten(f"{node['Node Type']} {table}{by}{re.sub(UNSTEADY, '…', where)}", WIDTH, placeholder=" …")
    elif "Index Name" in node:
        yield f"{node['Node Type']} by {node['Index Name']}"
    for child in node.get("Plans", ()):
        yield from _ways(child)


def answer(browser, path):
    """Ask for a page to its last byte."""
    response = browser.get(path)
    response.getvalue()
    if response.status_code != 200:
        raise SystemExit(f"{path} answered {response.status_code}")


def _named(question):
    with connection.cursor() as cursor:
        return [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {question.sql}", question.params).fetchall()]


def _cost(question):
    plan = _explained(question, "ANALYZE, BUFFERS, TIMING OFF, ")
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] + ROW * _rows(plan)


def _explained(question, how=""):
    """Return PostgreSQL's plan of a question, asked past Django, which would watch this as well."""
    sql, params, keeps_its_plan = question
    with ClientCursor(connection.connection) as cursor:
        if keeps_its_plan:
            numbers = iter(range(1, len(params) + 1))
            cursor.execute(f"PREPARE explained AS {PLACES.sub(lambda found: _place(found, numbers), sql)}")
            sql = f"EXECUTE explained ({', '.join(['%s'] * len(params))})" if params else "EXECUTE explained"
        (found,) = cursor.execute(f"EXPLAIN ({how}FORMAT JSON) {sql}", params).fetchone()
        if keeps_its_plan:
            cursor.execute("DEALLOCATE explained")
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def _place(found, numbers):
    return "%" if found[0] == "%%" else f"${next(numbers)}"


def _rows(plan):
    gone = sum(plan.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck", "Join Filter"))
    return (plan["Actual Rows"] + gone) * plan["Actual Loops"] + sum(map(_rows, plan.get("Plans", ())))
