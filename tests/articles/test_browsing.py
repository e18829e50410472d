"""How readers find their way: by topic, region, kind, author, month and question."""

import re
from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from articles import sitemaps
from articles.models import Article, Author
from tests import makers


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def addresses(article):
    month = timezone.localtime(article.published_at)
    return {
        "topic": "/topics/diplomacy/",
        "region": "/regions/southern-europe/",
        "continent": "/regions/europe/",
        "kind": "/kinds/essay/",
        "author": Author.objects.get().get_absolute_url(),
        "archive": "/archive/",
        "month": f"/archive/{month.year}/{month.month}/",
    }


QUERIES = {"topic": 5, "region": 6, "continent": 6, "kind": 5, "author": 5, "archive": 5, "month": 4}
LISTS = list(QUERIES)


@pytest.mark.parametrize("name", LISTS)
def test_a_piece_stands_in_every_list_it_belongs_to(article, reader, name):
    assertContains(reader.get(addresses(article)[name]), article.title)


@pytest.mark.parametrize("name", LISTS)
def test_a_piece_whose_day_has_not_come_stands_in_none(article, sami, edith, maggie, reader, name):
    makers.a_scheduled(sami, edith, maggie, title="Not yet for you")
    assertNotContains(reader.get(addresses(article)[name]), "Not yet for you")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_three_asks_the_database_as_often_as_a_list_of_one(
    article, sami, edith, maggie, reader, name, django_assert_num_queries
):
    address = addresses(article)[name]
    with django_assert_num_queries(QUERIES[name]):
        reader.get(address)
    for title in ["A second", "A third"]:
        makers.an_article(sami, edith, maggie, title=title)
    with django_assert_num_queries(QUERIES[name]):
        assertContains(reader.get(address), "A third")


def test_lists_leave_out_how_authors_place_themselves(article, reader):
    Article.objects.update(perspective="left")
    for name in LISTS:
        assertNotContains(reader.get(addresses(article)[name]), "describes this piece")
    assertContains(reader.get(article.get_absolute_url()), "The author describes this piece as left.")


def test_older_pieces_are_one_press_away_and_the_way_back_too(article, sami, edith, maggie, reader):
    for number in range(21):
        piece = makers.an_article(sami, edith, maggie, title=f"Number {number}")
        Article.objects.filter(pk=piece.pk).update(published_at=timezone.now() - timedelta(hours=number + 1))
    first = reader.get("/archive/")
    assert [piece.title for piece in first.context["page"]][-1] == "Number 18"
    second = reader.get("/archive/" + first.context["page"].older)
    assert [piece.title for piece in second.context["page"]] == ["Number 19", "Number 20"]
    back = reader.get("/archive/" + second.context["page"].newer)
    assert [p.pk for p in back.context["page"]] == [p.pk for p in first.context["page"]]


@pytest.mark.parametrize(
    "address",
    [
        *(f"/{shelf}/none/" for shelf in ["topics", "regions", "kinds", "authors", "questions"]),
        "/archive/2020/13/",
        "/archive/0/1/",
        "/archive/?before=nonsense",
    ],
)
def test_an_address_that_leads_nowhere_says_so(db, reader, address):
    assert reader.get(address).status_code == 404


def test_an_author_without_a_piece_in_print_has_no_page(sami, edith, reader):
    makers.an_accepted(sami, edith)
    Author.called("Sami Student", user=sami)
    assert reader.get("/authors/sami-student/").status_code == 404
    assertNotContains(reader.get("/authors/"), "Sami Student")


def test_a_question_shows_its_sides_side_by_side(article, sami, edith, maggie, reader):
    question = makers.a_question()
    article.answers.create(question=question, stance="yes")
    other = makers.an_article(sami, edith, maggie, title="On the contrary")
    other.answers.create(question=question, stance="no")
    sides = reader.get(question.get_absolute_url()).context["sides"]
    assert ([p.title for p in sides.yes], [p.title for p in sides.no], sides.depends) == (
        [article.title], ["On the contrary"], ()
    )  # fmt: skip
    assertContains(reader.get("/questions/"), question.title)


def test_a_question_kept_back_by_the_editors_is_not_there(db, reader):
    question = makers.a_question()
    question.shown = False
    question.save(update_fields=["shown"])
    assert reader.get(question.get_absolute_url()).status_code == 404
    assertNotContains(reader.get("/questions/"), question.title)


def test_the_sitemap_names_what_is_listed_and_nothing_else(article, sami, edith, maggie, reader):
    hidden = makers.a_scheduled(sami, edith, maggie, title="Not yet for you").article
    named = locations(reader, "/sitemap.xml")
    assert named == [f"/sitemap-{file}.xml" for file in ("pages", "pieces-1", "authors-1")]
    assert locations(reader, "/sitemap-pieces-1.xml") == [article.get_absolute_url()]
    assert locations(reader, "/sitemap-authors-1.xml") == ["/authors/sami-student/"]
    assert {"/", "/about/", "/topics/diplomacy/", "/kinds/essay/"} <= set(locations(reader, "/sitemap-pages.xml"))
    assert hidden.get_absolute_url() not in reader.get("/sitemap-pieces-1.xml").content.decode()


def test_every_piece_stands_in_a_file_of_the_sitemap_and_says_when_it_changed(article, reader, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", article.pk)
    day = timezone.localdate(article.published_at)
    assert locations(reader, "/sitemap.xml")[1:3] == ["/sitemap-pieces-1.xml", "/sitemap-pieces-2.xml"]
    assertContains(reader.get("/sitemap-pieces-2.xml"), f"{article.get_absolute_url()}</loc><lastmod>{day}</lastmod>")
    assert locations(reader, "/sitemap-pieces-1.xml") == []
    for nowhere in ("pieces-0", "pieces-3", "drafts-1", "pieces-99999999999999999999"):
        assert reader.get(f"/sitemap-{nowhere}.xml").status_code == 404


def locations(reader, path):
    """Return the paths that a sitemap names."""
    tree = ElementTree.fromstring(reader.get(path).content)
    return [urlsplit(place.text).path for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("month", ["9999/12", "1/1", "2026/13", "2026/0"])
def test_a_month_out_of_the_calendar_is_not_found(month, zone, reader, db, settings):
    settings.TIME_ZONE = zone
    assert reader.get(f"/archive/{month}/").status_code == 404


def test_names_stand_in_their_order_wherever_a_piece_is_shown(article, reader):
    by = article.edition.bylines.get().author
    article.edition.bylines.all().delete()
    for order, name in [(3, "Cy Young"), (1, "Ann Arbor"), (2, "Bo Diddley")]:
        article.edition.bylines.create(order=order, name=name, author=by)
    for path in ["/", "/archive/", article.get_absolute_url()]:
        page = " ".join(re.sub(r"<[^>]+>", "", reader.get(path).text).split())
        assert "By Ann Arbor, Bo Diddley and Cy Young" in page, path
    assert "<name>Ann Arbor, Bo Diddley, Cy Young</name>" in reader.get("/feed.atom").text
