"""What readers find by searching."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from articles import search
from tests import makers

QUERIES = 6


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def titles(words):
    return [piece.title for piece in search.find(words).items]


def test_a_piece_is_found_by_title_author_text_and_note(article):
    for words in ["promise", "Sami Student", "daylight", "preamble", "PROMISES night"]:
        assert titles(words) == [article.title], words


def test_a_word_in_the_title_weighs_more_than_one_in_the_text(article, sami, edith, maggie):
    makers.an_article(sami, edith, maggie, title="Daylight")
    assert titles("daylight") == ["Daylight", article.title]


def test_every_word_must_stand_in_the_piece(article):
    assert titles("treaty daylight") == [article.title]
    assert titles("treaty zebra") == []


def test_words_in_quotation_marks_are_found_together(article):
    assert titles('"promise made in daylight"') == [article.title]
    assert titles('"daylight promise"') == []


def test_what_readers_may_not_see_is_neither_found_nor_counted(article, sami, edith, maggie):
    makers.a_scheduled(sami, edith, maggie, title="Tomorrow’s zebra")
    makers.a_submitted(sami, title="A zebra on a desk")
    retracted = makers.an_article(sami, edith, maggie, title="A retracted zebra")
    retracted.retract(by=maggie, notice="Wrong animal.")
    assert search.find("zebra").count == 0


def test_an_amended_piece_is_found_by_its_new_text_alone(article, edith):
    article.amend(by=edith, change="update", note="Rewritten.", body="<p>All about otters.</p>")
    assert titles("otters") == [article.title]
    assert titles("daylight") == []


STRANGE = ['"', "'", "* -", 'a" OR "b', "NEAR(", "title:", "\\", "%", ":", "()", "é" * 200, "٣"]


@pytest.mark.parametrize("words", STRANGE)
def test_strange_words_find_nothing_and_break_nothing(article, reader, words):
    assert reader.get("/search/", {"q": words}).status_code == 200


@pytest.mark.parametrize("query", [{"q": "x" * 300}, {"q": "a\0b"}, {"q": "night", "after": "nonsense"}, {}])
def test_a_refused_search_is_a_page(article, reader, query):
    assert reader.get("/search/", query).status_code == 200


def test_more_results_continue_where_the_first_page_ended(article, sami, edith, maggie, reader, monkeypatch):
    monkeypatch.setattr(search, "SIZE", 2)
    for title in ["Night two", "Night three"]:
        makers.an_article(sami, edith, maggie, title=title)
    first = reader.get("/search/", {"q": "night"})
    assertContains(first, "3 pieces")
    second = reader.get("/search/" + first.context["found"].older)
    found = [p.pk for page in (first, second) for p in page.context["found"].items]
    assert len(found) == len(set(found)) == 3


def test_a_search_with_three_hits_asks_the_database_as_often_as_with_one(
    article, sami, edith, maggie, reader, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        reader.get("/search/", {"q": "night"})
    for title in ["Night two", "Night three"]:
        makers.an_article(sami, edith, maggie, title=title)
    with django_assert_num_queries(QUERIES):
        reader.get("/search/", {"q": "night"})
