"""The benchmark's own pieces, on a handful of articles."""

import os
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from bench import corpus, load, report
from bench.machine import since, spent
from bench.pages import PAGES, SENT
from bench.rounds import Found

FOUND = Found(rate=50.0, cpu=2.0, p95=30.0, size=12_000)


def test_the_corpus_has_a_page_of_each_kind_for_whoever_asks(settings, db):
    settings.ALLOWED_HOSTS = [SENT["host"]]
    found = corpus.main(articles=60, members=3)
    assert set(found["pages"]) == set(found["queries"]) == set(PAGES)
    assert set(found["cookies"]) == {who for who, _ in PAGES.values()}
    assert [page for page, queries in found["queries"].items() if not queries] == []


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def port():
    def answer(environ, start_response):
        start_response("200 OK" if environ["PATH_INFO"] == "/" else "404 Not Found", [("Content-Length", "5")])
        return [b"Grain"]

    with make_server("127.0.0.1", 0, answer, handler_class=Silent) as server:
        Thread(target=server.serve_forever).start()
        yield server.server_port
        server.shutdown()


def test_a_page_is_asked_for_again_and_again_over_connections_that_are_closed(port):
    took, size = load.again(port, False, load.request("/"), 0.1)
    assert len(took) > 3
    assert size == 5


def test_who_is_asked_for_what_is_not_there_is_not_measured(port):
    with pytest.raises(RuntimeError, match="/nowhere/ answered 404"):
        load.again(port, False, load.request("/nowhere/"), 0.1)


def test_processor_time_is_counted():
    before = spent([os.getpid()])
    while since(before, spent([os.getpid()])) < 0.02:
        sum(range(100_000))


def test_the_results_say_what_was_found_and_what_was_not_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    bare = Found(rate=100.0, cpu=0.5, p95=1.0, size=12_000)
    found = {("SQLite", "cold", "home"): FOUND, ("SQLite", "kept", "home"): FOUND, ("bare", 1): bare, ("bare", 2): bare}
    how = {"articles": 60, "rounds": 1, "seconds": 1}
    report.write(found, {"SQLite": {"p99": "40 ms"}}, {"SQLite": {"queries": dict.fromkeys(PAGES, 7)}}, how)
    said = report.RESULTS.read_text()
    assert "| home, kept | 0.8 of bare | 0.50, 2.00 ms |" in said
    assert "| home, cold | 20 times bare, 6 queries | 4, 7 queries |" in said
    assert "| article, cold | 20 times bare, 6 queries | – |" in said
    assert "| 99 % of these within | 500 ms | 40 ms |" in said
