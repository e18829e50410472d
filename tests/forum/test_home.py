"""The front page."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Article
from forum.home import by_region, text_of
from tests import makers

QUERIES = 8


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def test_a_new_site_has_a_front_page(db, reader):
    page = reader.get("/")
    assertContains(page, "International Affairs Forum")
    assertContains(page, "Around the World, Across the Political Spectrum")
    assertContains(page, "Nothing has been published yet.")


def test_it_says_how_soon_a_piece_is_taken_up(db, reader, settings):
    settings.PROMISES = {**settings.PROMISES, "first_answer_working_days": 7}
    assertContains(reader.get("/"), "an editor takes it up within 7 working days")


def test_the_masthead_and_the_footer_lead_where_they_always_did(db, reader):
    page = reader.get("/")
    masthead = ["Get Published", "About Us", "Support Us", "Login", "Join Mailing List"]
    for name in [*masthead, "Contact Us", "Get Alerts"]:
        assertContains(page, f">{name}</a>")
    assertContains(page, "Terms &amp; Conditions</a>")
    assertContains(page, "All Rights Reserved. Copyright 2002 –")
    assertContains(page, '<time class="dateline"')
    assertNotContains(page, ">Twitter</a>")


def test_the_newest_piece_leads(article, sami, edith, maggie, reader):
    newest = makers.an_article(sami, edith, maggie, title="Fresh from the press")
    page = reader.get("/")
    assert page.context["lead"].pk == newest.pk
    assert [card.pk for card in page.context["rail"]] == [article.pk]


def test_a_piece_removed_while_the_page_is_made_leads_without_its_words(article, maggie, reader, monkeypatch):
    asked = text_of

    def too_late(lead):
        article.remove(by=maggie, notice="This piece was removed.")
        return asked(lead)

    monkeypatch.setattr("forum.home.text_of", too_late)
    assert reader.get("/").status_code == 200


def test_a_question_argued_on_both_sides_stands_side_by_side(article, sami, edith, maggie, reader):
    question = makers.a_question()
    article.answers.create(question=question, stance="yes")
    assert reader.get("/").context["sides"] is None
    other = makers.an_article(sami, edith, maggie, title="On the contrary")
    other.answers.create(question=question, stance="no")
    page = reader.get("/")
    sides = [[card.pk for card in cards] for cards in (page.context["sides"].yes, page.context["sides"].no)]
    assert sides == [[article.pk], [other.pk]]
    assert page.context["lead"] is None


def test_a_piece_whose_day_has_not_come_is_not_on_it(article, sami, edith, maggie, reader):
    makers.a_scheduled(sami, edith, maggie, title="Not yet for you")
    assertNotContains(reader.get("/"), "Not yet for you")


def test_no_piece_stands_in_two_regions(article, sami, edith, maggie):
    makers.an_article(sami, edith, maggie, title="A second")
    shown = [piece for _, pieces in by_region(list(Article.objects.listed().for_front())) for piece in pieces]
    assert len(shown) == len(set(shown)) == 2


def test_everybody_without_a_session_gets_the_same_bytes_and_no_cookie(article, reader):
    first, second = reader.get("/"), Client().get("/")
    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"] == "no-cache"


def test_somebody_signed_in_finds_her_pieces_and_no_login(article, sami, signed_in):
    page = signed_in(sami).get("/")
    for name in ["My pieces", "My comments", "Sign out"]:
        assertContains(page, name)
    assertNotContains(page, ">Login</a>")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_masthead_tells_an_author_that_it_is_her_turn(sami, edith, rosa, signed_in):
    makers.with_author(sami, edith)
    assertContains(signed_in(sami).get("/"), "My pieces (1: your turn)")
    assertNotContains(signed_in(rosa).get("/"), "your turn")


def test_three_pieces_cost_as_many_queries_as_one(
    article, sami, edith, maggie, reader, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        reader.get("/")
    for title in ["A second", "A third"]:
        makers.an_article(sami, edith, maggie, title=title)
    with django_assert_num_queries(QUERIES):
        reader.get("/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "trace"])
def test_what_readers_see_is_read_and_nothing_else(method, article, client):
    for path in ["/", article.get_absolute_url(), "/feed.atom", "/search/", "/about/"]:
        response = getattr(client, method)(path)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
        assertContains(response, "This page is only read", status_code=405)
