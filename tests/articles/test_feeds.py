"""Following the magazine by feed."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from articles.models import Author
from tests import makers

ATOM = {"a": "http://www.w3.org/2005/Atom"}


QUERIES = 2


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def titles(page):
    entries = ElementTree.fromstring(page.content).findall("a:entry", ATOM)
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries]


def feeds(article):
    question = makers.a_question()
    article.answers.create(question=question, stance="yes")
    lists = ["/", "/topics/diplomacy/", "/regions/europe/", "/kinds/essay/"]
    things = [Author.objects.get(), question]
    return [f"{address}feed.atom" for address in [*lists, *(thing.get_absolute_url() for thing in things)]]


def test_every_list_can_be_followed(article, reader):
    for address in feeds(article):
        page = reader.get(address)
        assert titles(page) == [article.title], address
        assert page.headers["Cache-Control"] == "no-cache", address


def test_no_feed_tells_of_a_piece_whose_day_has_not_come(article, sami, edith, maggie, reader):
    makers.a_scheduled(sami, edith, maggie, title="Not yet for you")
    for address in feeds(article):
        assert titles(reader.get(address)) == [article.title], address


def test_an_entry_has_the_author_the_text_and_its_full_address(article, reader):
    entry = ElementTree.fromstring(reader.get("/feed.atom").content).find("a:entry", ATOM)
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "Sami Student"
    assert "Every treaty is a promise" in entry.findtext("a:content", namespaces=ATOM)
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver{article.get_absolute_url()}"


def test_a_feed_of_something_unknown_is_not_there(db, reader):
    assert reader.get("/topics/none/feed.atom").status_code == 404


def test_a_feed_of_three_asks_the_database_as_often_as_a_feed_of_one(
    article, sami, edith, maggie, reader, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        reader.get("/feed.atom")
    for title in ["A second", "A third"]:
        makers.an_article(sami, edith, maggie, title=title)
    with django_assert_num_queries(QUERIES):
        reader.get("/feed.atom")
