"""What a reader meets on the page of a piece."""


import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Kind, Region, Topic
from articles.models.public.questions import opposing
from articles.standing import Standing
from tests import makers

QUERIES = 8


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def answer(article, question, stance):
    article.answers.create(question=question, stance=stance)
    return article


def test_a_reader_meets_all_parts_of_a_piece(article, reader):
    page = reader.get(article.get_absolute_url())
    assertContains(page, f"<h1>{article.title}</h1>", html=True)
    assertContains(page, "minute to read")
    assertContains(page, "Sami Student")
    assertContains(page, "Studies law in Sarajevo.")
    assertContains(page, 'href="#fn-1"')
    assertContains(page, 'href="#fnref-1"')
    assertContains(page, "Comments in Chronological order (0 total comments)")
    assertContains(page, "Report Abuse")


def test_everybody_without_a_session_gets_the_same_bytes_and_no_cookie(article, reader):
    first, second = reader.get(article.get_absolute_url()), Client().get(article.get_absolute_url())
    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"] == "no-cache"


def test_somebody_signed_in_gets_her_own_page_kept_nowhere(article, rosa, signed_in):
    page = signed_in(rosa).get(article.get_absolute_url())
    assertContains(page, "Sign out")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_piece_whose_day_has_not_come_is_not_there(sami, edith, maggie, reader):
    piece = makers.a_scheduled(sami, edith, maggie)
    assert reader.get(piece.article.get_absolute_url()).status_code == 404
    assert reader.get(piece.article.get_absolute_url() + "print/").status_code == 404


def test_a_reader_sees_who_argues_the_opposite(article, sami, edith, maggie, reader):
    question = makers.a_question()
    answer(article, question, "yes")
    other = answer(makers.an_article(sami, edith, maggie, title="The opposite"), question, "no")
    answer(makers.an_article(sami, edith, maggie, title="The same again"), question, "yes")
    page = reader.get(article.get_absolute_url())
    assertContains(page, f'<h3><a href="{other.get_absolute_url()}">The opposite</a></h3>', html=True)
    (sides,) = page.context["sides"]
    assert [(stance, [p.title for p in pieces]) for stance, pieces in sides.others] == [("No", ["The opposite"])]


def test_a_question_nobody_else_answered_invites_the_other_side(article, reader):
    answer(article, makers.a_question(), "depends")
    assertContains(reader.get(article.get_absolute_url()), "Nobody has argued the other side here yet.")


def test_many_newer_pieces_on_one_side_leave_the_other_its_place(article, sami, edith, maggie):
    question = makers.a_question()
    answer(article, question, "no")
    titles = {"depends": ["An older doubt"], "yes": ["A first yes", "A second", "A third", "A fourth"]}
    for stance, named in titles.items():
        for title in named:
            answer(makers.an_article(sami, edith, maggie, title=title), question, stance)
    found = [piece.title for piece in opposing(pk=article.pk)]
    assert found == ["A fourth", "A third", "A second", "An older doubt"]


def test_a_correction_stands_under_the_piece_and_on_the_list(article, edith, reader):
    note = "The treaty was signed in April."
    article.amend(by=edith, change="correction", note=note, body="<p>Signed in April.</p>")
    assertContains(reader.get(article.get_absolute_url()), note)
    assertContains(reader.get("/corrections/"), note)


def test_a_retracted_piece_says_so_above_its_text_and_leaves_the_lists(article, maggie, reader):
    article.retract(by=maggie, notice="Its figures were invented.\n\nWe are sorry.")
    assertContains(reader.get(article.get_absolute_url()), "<p>Its figures were invented.</p>\n\n<p>We are sorry.</p>")
    piece = article.submission
    assert Standing(piece, piece.corresponding_author).sentence == "The editors have retracted this piece."
    assertNotContains(reader.get("/archive/"), article.title)


def test_a_removed_piece_leaves_a_neutral_page_that_says_it_is_gone(article, maggie, reader):
    article.remove(by=maggie, notice="Removed at the request of a court.")
    for address in (article.get_absolute_url(), f"{article.get_absolute_url()}print/"):
        page = reader.get(address)
        assertContains(page, "Removed at the request of a court.", status_code=410)
        assertNotContains(page, article.title, status_code=410)


def test_the_page_for_paper_has_the_text_and_its_address(article, reader):
    page = reader.get(article.get_absolute_url() + "print/")
    assertContains(page, "Every treaty is a promise")
    assertContains(page, f"http://testserver{article.get_absolute_url()}")


def test_a_page_asks_the_database_as_often_for_three_neighbours_as_for_one(
    article, sami, edith, maggie, reader, django_assert_num_queries
):
    question = makers.a_question()
    answer(article, question, "yes")

    def neighbour():
        other = answer(makers.an_article(sami, edith, maggie, title="A neighbour"), question, "no")
        other.reclassify(
            by=maggie,
            kind=Kind.objects.get(slug="essay"),
            topics=article.topics_in_order,
            regions=list(Region.objects.all()[:2]),
        )

    neighbour()
    with django_assert_num_queries(QUERIES):
        reader.get(article.get_absolute_url())
    neighbour()
    neighbour()
    article.topics.add(*Topic.objects.all()[:3])
    with django_assert_num_queries(QUERIES):
        reader.get(article.get_absolute_url())
