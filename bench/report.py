"""bench/RESULTS.md, as the benchmark writes it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import facts

RESULTS = Path(__file__).parent / "RESULTS.md"
KEPT = ["home", "article", "topic", "question"]
COLD = {  # page: how many times the processor time of the bare application it may take, and how many queries it may ask
    **dict.fromkeys(
        ["home", "article", "topic", "question", "author", "archive"], "20 times bare, 6 queries"
    ),
    **dict.fromkeys(["sitemap", "sitemap of pieces", "feed"], "25 times bare"),
    **dict.fromkeys(["home, signed in", "article, signed in"], "30 times bare, 9 queries"),
    **dict.fromkeys(
        [
            "desk, editor",
            "desk, managing editor",
            "submissions, editor",
            "submissions, managing editor",
            "published pieces, editor",
            "comments, moderator",
        ],
        "60 times bare",
    ),
}
AT_ONCE = ["desk, editor", "desk, managing editor", "submissions, managing editor", "comments, moderator"]
GROWING = ["article, signed in"]
HEAD = """# What the site takes beside a bare application

`make bench` writes this file. {when}; {how}.

{machine}

Every number is a median of rounds in which all servers were asked in turn, in an order that was shuffled anew, by
processes of our own on the same machine. *Times bare* is processor time for each answer, the database's with it, over
that of a bare WSGI application under the same gunicorn (one process, eight threads) that answers the bytes of the
article: {bare:.2f} ms here. *Of bare* and *of nginx* are shares of the answers in a second, two asking at once, with
the processor time of each; nginx serves the article as a file compressed before, over TLS as the site's own does.
*Cold*: no page is kept, and the process is warm.
"""
PEERS = """
## Others, for comparison

From a separate run, side by side on two cores, of 2026-11-29: the same article with 50 comments, the same two numbers.

| | answers, of bare | processor time, times bare | queries |
|---|---:|---:|---:|
| nginx, a file | 2.7 | 0.2 | 0 |
| WordPress behind nginx’s cache | 2.0 | 0.3 | 0 |
| Django with its default middleware, a string | 0.54 | 1.8 | 0 |
| Wagtail with its page cache | 0.32 | 3.1 | 0 |
| plain Django | 0.036 | 28 | 3 |
| Wagtail | 0.017 | 60 | 11 |
| WordPress | 0.002 | 580 | 44 |
"""


@dataclass(frozen=True)
class Row:
    """What was measured, what was hoped for, under which name it was found, and beside what that is said."""

    what: str
    reach: str
    kind: str
    page: str
    say: str
    beside: tuple = ("bare", 1)

    def said(self, found, vendor, queries):
        """Return what was found on a database, or a dash where that was not measured."""
        came = found.get((vendor, self.kind, self.page))
        beside = found.get(self.beside) or found.get((vendor, *self.beside))
        if not came or not beside:
            return "–"
        share, times = came.rate / beside.rate, came.cpu / beside.cpu
        return self.say.format(share=share, times=times, cpu=came.cpu, p95=came.p95, queries=queries[self.page])


SHARE, TIMES, MORE_THAN_ONE = "{share:.2f}, {cpu:.2f} ms", "{times:.0f}, {queries} queries", "{share:.1f} times"
ROWS = [
    *(Row(f"{page}, kept", "0.8 of bare", "kept", page, SHARE, ("bare", 2)) for page in KEPT),
    *(Row(f"{page}, kept, through nginx", "0.8 of nginx", "nginx", page, SHARE, ("file", 2)) for page in KEPT),
    *(Row(f"{page}, cold", reach, "cold", page, TIMES) for page, reach in COLD.items()),
    *(Row(f"{page}, five at once", "95 % within 300 ms", "five", page, "{p95:.0f} ms") for page in AT_ONCE),
    *(
        row
        for page in GROWING
        for row in (
            Row(f"{page}: answers of two processes", "1.5 times", "two", page, MORE_THAN_ONE, ("four", page)),
            Row(f"{page}: processor time with Redis", "1 time", "redis", page, "{times:.2f} times", ("cold", page)),
        )
    ),
]
MORE = {  # name: (what it is, what is hoped for)
    "requests": ("requests of an article, cold browser", "5"),
    "wire": ("an article on the wire, compressed", "25 kB"),
    "accepted": ("comments accepted in a second, two readers at once", "60"),
    "p99": ("99 % of these within", "500 ms"),
    "hidden": ("old words after a comment was hidden, from the site and through nginx", "1 s"),
    "removed": ("old words after a piece was removed, from the site and through nginx", "1 s"),
}


def write(found, more, corpora, how):
    """Write what was found, with what was hoped for beside it."""
    head = HEAD.format(
        when=f"{datetime.now(UTC):%Y-%m-%d}",
        how="{articles} pieces of about 1,300 words, {rounds} rounds of {seconds} s".format(**how),
        machine="\n".join(f"- {fact}" for fact in facts()),
        bare=found["bare", 1].cpu,
    )
    vendors = {vendor: corpus["queries"] for vendor, corpus in corpora.items()}
    table = [
        ["", "reach", *vendors],
        ["---", "---", *["---:"] * len(vendors)],
        *([row.what, row.reach, *(row.said(found, *each) for each in vendors.items())] for row in ROWS),
        *([*MORE[name], *(more[vendor].get(name, "–") for vendor in vendors)] for name in MORE),
    ]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in table)
    RESULTS.write_text(f"{head}\n{lines}\n{PEERS}", encoding="utf-8")
