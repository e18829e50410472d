"""Measure the site beside a bare application and nginx, and write bench/RESULTS.md.

    python -m bench [articles] [rounds] [seconds]

On SQLite, and on PostgreSQL beside the database that DATABASE_URL names, where it does.
"""

import json
import signal
import sys
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path

from bench import report
from bench.freshness import desk, stale
from bench.fronts import before, with_a_file
from bench.load import Caller, request
from bench.report import AT_ONCE, GROWING, KEPT
from bench.rounds import Job, found
from bench.servers import REDIS, place, redis_run, vendors
from bench.weight import weight
from bench.writing import written
from tests.operations.fronting import NGINX

WRITING = 6  # seconds
FAST = ["kept", "nginx"]


def main(articles=2000, rounds=5, seconds=1.0):
    """Build, serve, ask, and write down what was found."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended whoever ends this
    if not Path("/proc/self/stat").exists():
        raise SystemExit("The benchmark counts processor time in /proc, so it needs Linux.")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, ExitStack() as running:
        sites = {vendor: running.enter_context(place(Path(folder), vendor)) for vendor in vendors()}
        jobs, corpora, servers = {}, {}, {}
        for vendor, site in sites.items():
            say(f"Building {articles} pieces on {vendor}")
            site.prepare()
            corpora[vendor] = json.loads(site.run("-m", "bench.corpus", str(articles)))
            servers[vendor] = served(site, running)
            jobs |= jobs_of(vendor, servers[vendor], corpora[vendor])
        vendor, site = next(iter(sites.items()))
        jobs |= measures(servers[vendor], corpora[vendor]["pages"]["article"][1], site, running)
        result = found(jobs, rounds, seconds)
        say("Writing, weighing and taking away")
        more = {vendor: besides(site, servers[vendor], corpora[vendor]) for vendor, site in sites.items()}
    report.write(result, more, corpora, {"articles": articles, "rounds": rounds, "seconds": seconds})


def served(site, running):
    """Serve a site in every way that is measured: pages kept or not, with nginx, in two processes, with Redis."""
    cold = {"PAGES_KEPT_MB": "0"}
    kinds = {"cold": cold, "kept": {}, "two": {**cold, "WEB_CONCURRENCY": "2", "THREADS": "4"}}
    if REDIS:
        kinds["redis"] = {**cold, "CACHE_URL": running.enter_context(redis_run(site.folder))}
    servers = {kind: running.enter_context(site.served(**settings)) for kind, settings in kinds.items()}
    if NGINX:
        servers["nginx"] = running.enter_context(before([servers["kept"]], site.folder / "nginx"))
    return servers


def jobs_of(vendor, servers, corpus):
    """Return what is asked of the servers of a site."""
    jobs = {}
    for name, (who, path) in corpus["pages"].items():
        asked = {"path": path, "cookie": corpus["cookies"][who]}
        jobs[vendor, "cold", name] = Job(servers["cold"], **asked)
        if name in AT_ONCE:
            jobs[vendor, "five", name] = Job(servers["cold"], **asked, callers=5)
        if name in KEPT:
            fast = {kind: servers[kind] for kind in FAST if kind in servers}
            jobs |= {(vendor, kind, name): Job(server, path, callers=2) for kind, server in fast.items()}
        if name in GROWING:
            jobs[vendor, "four", name] = Job(servers["cold"], **asked, callers=4)
            jobs[vendor, "two", name] = Job(servers["two"], **asked, callers=4)
            jobs |= {(vendor, kind, name): Job(servers[kind], **asked) for kind in ["redis"] if kind in servers}
    return jobs


def measures(servers, path, site, running):
    """Serve the bytes of the article by what can do nothing else; return what is asked of that."""
    file = site.folder / "page"
    file.write_bytes(page(servers["kept"], path))
    bare = running.enter_context(site.served("bench.bare:application", BARE_PAGE=str(file)))
    found = {("bare", 1): Job(bare, often=3), ("bare", 2): Job(bare, callers=2, often=3)}
    if NGINX:
        plain = page(servers["cold"], path, **{"accept-encoding": "identity"})
        static = running.enter_context(with_a_file(plain, site.folder / "static-nginx"))
        found["file", 2] = Job(static, callers=2, often=2)
    return found


def page(server, path, **how):
    """Return the bytes of a page, as they come over the wire."""
    with closing(Caller(server.port, is_secure=server.is_secure)) as caller:
        return caller.ask(request(path, **how))[2]


def besides(site, servers, corpus):
    """Return what is not a page's time: its weight, how comments are taken, how soon words are gone."""
    article = corpus["pages"]["article"][1]
    front = servers.get("nginx", servers["kept"])
    requests, alone, together = weight(front, article)
    accepted, read = written(servers["kept"], corpus, WRITING)
    fast = [servers[kind] for kind in FAST if kind in servers]
    with desk(site) as somebody:
        hidden = [stale(somebody, "hide", article, fast) for _ in range(3)]
        removed = [stale(somebody, "remove", path, fast) for path in corpus["discussions"][:3]]
    return {
        "requests": f"{requests}",
        "wire": f"{alone / 1000:.1f} kB, {together / 1000:.1f} kB with all it asks for",
        "accepted": f"{accepted.rate:.0f}, and {read.rate:.0f} pages",
        "p99": f"{accepted.slowest(99):.0f} ms",
        "hidden": " and ".join(f"{max(worst):.2f}" for worst in zip(*hidden, strict=True)) + " s",
        "removed": " and ".join(f"{max(worst):.2f}" for worst in zip(*removed, strict=True)) + " s",
    }


def say(words):
    """Let whoever waits know what goes on."""
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    main(*(kind(said) for kind, said in zip((int, int, float), sys.argv[1:], strict=False)))
