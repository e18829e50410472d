"""Measure the site beside a bare application and nginx, and write bench/RESULTS.md.

    python -m bench [articles] [rounds] [seconds]

On SQLite, and on PostgreSQL beside the database that DATABASE_URL names, where it does.
"""

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import report
from bench.fronts import before, with_a_file
from bench.load import Caller, request
from bench.report import AT_ONCE, KEPT
from bench.rounds import Job, found
from bench.servers import place, vendors
from tests.operations.fronting import NGINX


def main(articles=2000, rounds=5, seconds=1.0):
    """Build, serve, ask, and write down what was found."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as running:
        sites = {vendor: running.enter_context(place(Path(folder), vendor)) for vendor in vendors()}
        jobs, corpora = {}, {}
        for vendor, site in sites.items():
            say(f"Building {articles} pieces on {vendor}")
            site.prepare()
            corpora[vendor] = json.loads(site.run("-m", "bench.corpus", str(articles)))
            jobs |= jobs_of(vendor, site, corpora[vendor], running)
        jobs |= measures(jobs, next(iter(sites.values())), running)
        result = found(jobs, rounds, seconds)
    report.write(result, corpora, {"articles": articles, "rounds": rounds, "seconds": seconds})


def jobs_of(vendor, site, corpus, running):
    """Serve a site, once without pages that are kept; return what is asked of it."""
    cold = running.enter_context(site.served(PAGES_KEPT_MB="0"))
    kept = running.enter_context(site.served())
    jobs = {}
    for name, (who, path) in corpus["pages"].items():
        asked = {"path": path, "cookie": corpus["cookies"][who]}
        jobs[vendor, "cold", name] = Job(cold, **asked)
        if name in AT_ONCE:
            jobs[vendor, "five", name] = Job(cold, **asked, callers=5)
    fronted = NGINX and running.enter_context(before([kept], site.folder / "nginx"))
    for name in KEPT:
        path = corpus["pages"][name][1]
        jobs[vendor, "kept", name] = Job(kept, path, callers=2)
        if fronted:
            jobs[vendor, "nginx", name] = Job(fronted, path, callers=2)
    return jobs


def measures(jobs, site, running):
    """Serve the bytes of the article by what can do nothing else; return what is asked of that."""
    article = next(job for (_, kind, name), job in jobs.items() if (kind, name) == ("cold", "article"))
    _, _, page = Caller(article.server.port).ask(request(article.path, **{"accept-encoding": "identity"}))
    file = site.folder / "page.html"
    file.write_bytes(page)
    bare = running.enter_context(site.served("bench.bare:application", BARE_PAGE=str(file)))
    found = {("bare", 1): Job(bare, often=3), ("bare", 2): Job(bare, callers=2, often=3)}
    if NGINX:
        static = running.enter_context(with_a_file(page, site.folder / "static-nginx"))
        found["file", 2] = Job(static, callers=2, often=2)
    return found


def say(words):
    """Let whoever waits know what goes on."""
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main(*(kind(said) for kind, said in zip((int, int, float), sys.argv[1:], strict=False)))
