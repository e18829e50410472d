"""The benchmark's own pieces, on a handful of articles."""

import os
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from accounts.models import User
from articles.models import Article
from bench import corpus, load, report, verbs
from bench.machine import since, spent
from bench.pages import PAGES, SENT
from bench.rounds import Found
from bench.servers import Server
from bench.weight import weight
from tests.comments import making

PIECE = b'<link rel="stylesheet" href="/piece.css"><link rel="canonical" href="/"><script src="/piece.js">'
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
    pages = {"/": b"Grain", "/piece/": PIECE, "/piece.css": b"p {}", "/piece.js": b"// a"}

    def answer(environ, start_response):
        body = pages.get(environ["PATH_INFO"], b"")
        start_response("200 OK" if body else "404 Not Found", [("Content-Length", str(len(body)))])
        return [body]

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


def test_an_answer_in_pieces_is_put_together():
    assert b"".join(load.chunks(b"5\r\nGrain\r\n2\r\n 0\r\n0\r\n\r\n")) == b"Grain 0"


def test_a_page_is_weighed_with_what_it_asks_for(port):
    assert weight(Server(port, ()), "/piece/") == (3, len(PIECE), len(PIECE) + 8)


def test_somebody_at_the_desk_takes_words_away(client, article, rosa, mina):
    making.a_published(article, rosa, mina, text="Grain is not all.")
    for email, group in (("moderator", "moderator"), ("desk2", "managing editor")):
        User.objects.register(f"{email}@example.org", f"{email} at work", groups=[group])
    for verb, status in ((verbs.hide, 200), (verbs.remove, 410)):
        words, act = verb(Article.objects.get())
        assert words in client.get(article.get_absolute_url()).text
        act()
        left = client.get(article.get_absolute_url())
        assert (left.status_code, words in left.text) == (status, False)


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
