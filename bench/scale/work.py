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

from django.apps import apps
from django.db import connection

STEPS = 10  # of SQLite's machine between two looks at it
UNSTEADY = r"'[^']*'(::[a-z ]+)?|\b\d+\b"  # what is another thing in each run
NAMED = re.compile(r'(?:FROM|JOIN) "(\w+)"(?: "?([A-Z]\d+)"?)?')  # a table, and what it is called in a question
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan"}
TRIES = 5
WIDTH = 110
ROW = 0.1  # of a block: what going through a row counts for


@dataclass
class Work:
    """What was asked, by which plans, and how hard that was."""

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
            self.asked.append((sql, params))
            if connection.vendor == "postgresql":
                self.amount += _cost(sql, params)
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


def plan(sql, params):
    """Return by which ways the database finds the rows of a question, a line for each."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            named = cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
        return [row[3] for row in named if row[3].startswith(("SCAN", "SEARCH"))]
    with connection.connection.cursor() as cursor:
        (found,) = cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params).fetchone()
    return list(_ways(found[0]["Plan"]))


def gone_through(sql, params, tables):
    """Return by which ways a question goes through one of these tables from one end to the other.

    To go along an index until a page is full is no such thing, and neither is a partial index, which has few rows. Of
    several tables that a question calls by one name the index tells which it is; without one, all must grow.
    """
    ways, sorts = _scans(sql, params)
    if "LIMIT" in sql and not sorts:
        return []
    named = {}
    for table, short in NAMED.findall(sql):
        named.setdefault(short or table, set()).add(table)
    partial, owners = _indices()
    found = [(owners.get(by) or named.get(name, {name}), name, by) for name, by in ways if by not in partial]
    return [f"{name} by {by}" for owner, name, by in found if owner <= tables]


def _scans(sql, params):
    """Return of what is looked at as a whole the table and the index, or "", and whether rows are sorted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            ways = [row[3].split() for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params).fetchall()]
        scans = [(way[1], way[-1] if "INDEX" in way else "") for way in ways if way[0] == "SCAN"]
        return scans, ["USE", "TEMP", "B-TREE", "FOR", "ORDER", "BY"] in ways
    with connection.connection.cursor() as cursor:
        (found,) = cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params).fetchone()
    nodes = list(_nodes(found[0]["Plan"]))
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


def _cost(sql, params):
    """Ask past Django, which would watch this question too, or declare a cursor for it."""
    with connection.connection.cursor() as cursor:
        (found,) = cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params).fetchone()
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] + ROW * _rows(plan)


def _rows(plan):
    gone = sum(plan.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck", "Join Filter"))
    return (plan["Actual Rows"] + gone) * plan["Actual Loops"] + sum(map(_rows, plan.get("Plans", ())))
