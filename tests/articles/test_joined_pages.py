"""One author with two pages: the desk lets one of them stand for both, and the other address leads to it."""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from articles.models import Author, Byline, PrintedByline, SafetyRequest
from comments.models import Discussion, Mute
from forum.lib.moves import Refused
from tests import makers

NEW = "Noor Aziz"


def page(slug):
    return Author.objects.get(slug=slug)


@pytest.fixture
def two(sami, rosa, edith, maggie):
    """Rosa is printed under her name, and once more, without an account behind it, under a longer one."""
    makers.an_article(rosa, edith, maggie, name="Rosa Reader")
    makers.an_article(sami, edith, maggie, title="A promise at noon", name="Rosa R. Reader")
    Author.objects.filter(slug="rosa-r-reader").update(user=None)
    return page("rosa-r-reader"), page("rosa-reader")


def test_pieces_account_comments_and_addresses_go_to_the_page_that_stays(two, rosa, sami, maggie, edith, client):
    first, other = two
    Author.objects.filter(pk=other.pk).update(biography="Studies law in Sarajevo.", affiliation="A school")
    Author.objects.filter(pk=first.pk).update(biography="", affiliation="A court")
    first, other = page(first.slug), page(other.slug)
    article = other.printed_bylines.get().edition.article
    spoken = {"text": "I meant the other treaty.", "key": uuid.uuid4(), "as_author": True}
    comment = Discussion.of(article).post(by=rosa, **spoken)
    Mute.add(comment, by=sami)
    other.join(first, by=maggie)
    first.refresh_from_db()
    assert (first.biography, first.affiliation) == ("Studies law in Sarajevo.", "A court")
    assert (first.user, first.printed_bylines.count(), first.bylines.count()) == (rosa, 2, 2)
    assert sorted(byline.name for byline in first.printed_bylines.all()) == ["Rosa R. Reader", "Rosa Reader"]
    comment.refresh_from_db()
    assert (comment.speaks_as, Mute.objects.get().speaks_as) == (first, first)
    for old, new in (("rosa-reader/", "rosa-r-reader/"), ("rosa-reader/feed.atom", "rosa-r-reader/feed.atom")):
        answer = client.get(f"/authors/{old}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/authors/{new}")
    listed = client.get("/authors/rosa-r-reader/").text
    assert ("A promise at noon" in listed, "A promise at night" in listed) == (True, True)
    assert LogEntry.objects.get().get_change_message() == "Another author page was joined with this one."
    assert Author.called("Rosa Reader", user=rosa) == first


def test_the_address_of_each_page_leads_on_however_often_pages_are_joined(two, sami, edith, maggie, client):
    first, other = two
    makers.an_article(edith, maggie, makers.a_person(groups=["managing editor"]), title="Dawn", name="R. Reader")
    Author.objects.filter(slug="r-reader").update(user=None)
    other.join(first, by=maggie)
    page("rosa-r-reader").join(page("r-reader"), by=maggie)
    for slug in ("rosa-reader", "rosa-r-reader"):
        assert client.get(f"/authors/{slug}/").headers["Location"] == "/authors/r-reader/"
    assert client.get("/authors/nobody-ever/").status_code == 404
    assert client.get("/authors/nobody-ever/feed.atom").status_code == 404


def another_account(first, other, sami, maggie):
    Author.objects.filter(pk=first.pk).update(user=sami)


def a_pen_name(first, other, sami, maggie):
    Author.objects.filter(pk=first.pk).update(is_pen_name=True)


def one_piece(first, other, sami, maggie):
    edition = other.printed_bylines.get().edition
    PrintedByline.objects.create(edition=edition, author=first, order=2, name=first.name)


def one_draft(first, other, sami, maggie):
    Byline.objects.create(submission=other.bylines.get().submission, author=first, order=2, name=first.name)


def joined_already(first, other, sami, maggie):
    Author.objects.filter(pk=other.pk).get().join(first, by=maggie)


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (another_account, "Two different accounts"),
        (a_pen_name, "would say whose it is"),
        (one_piece, "Both stand above the same piece"),
        (one_draft, "Both stand above the same piece"),
        (joined_already, "a moment ago"),
    ],
)
def test_pages_of_two_people_are_not_joined(happens, says, two, sami, maggie):
    first, other = two
    happens(first, other, sami, maggie)
    with pytest.raises(Refused, match=says):
        other.join(first, by=maggie)
    with pytest.raises(Refused, match=r"the same page|a moment ago"):
        other.join(other, by=maggie)


def test_only_who_leads_the_desk_joins_pages_and_she_is_told_what_is_wrong(two, edith, maggie, ada, signed_in):
    first, other = two
    for person in (edith, ada):
        with pytest.raises(PermissionDenied):
            other.join(first, by=person)
    place = f"/admin/authors/{other.pk}/join/"
    desk = signed_in(maggie)
    assert place in desk.get(f"/admin/articles/author/{other.pk}/change/").text
    for typed, says in (("no-such-page", "There is no author page"), ("rosa-reader", "This is the same page")):
        answer = desk.post(place, {"stays": typed})
        assert (answer.status_code, says in answer.text, typed in answer.text) == (200, True, True)
    assert desk.post(place, {"stays": "rosa-r-reader"}).headers["Location"].endswith(f"/{first.pk}/change/")
    assert desk.get(place).status_code == 404
    assert "/authors/rosa-reader/" not in desk.get("/admin/articles/author/").text


def change_name(piece, by, **how):
    asked = SafetyRequest.ask(by=piece.corresponding_author, submission=piece, kind="name", name=NEW, text="Please.")
    asked.change_name(by=by, name=NEW, text="Done.", **how)
    return asked


@pytest.mark.parametrize("stays", ["rosa-reader", "rosa-r-reader"])
def test_a_change_of_name_for_safety_leaves_neither_name_nor_address_of_joined_pages(stays, two, maggie, client):
    goes = {"rosa-reader", "rosa-r-reader"} - {stays}
    page(goes.pop()).join(page(stays), by=maggie)
    articles = [byline.edition.article for byline in page(stays).printed_bylines.all()]
    piece = Byline.objects.get(name="Rosa Reader").submission
    change_name(piece, maggie)
    (her,) = Author.objects.exclude(slug="sami-student")
    assert (her.name, her.slug, her.printed_bylines.count()) == (NEW, "noor-aziz", 2)
    assert [client.get(f"/authors/{slug}/").status_code for slug in ("rosa-r-reader", "rosa-reader")] == [404, 404]
    for place in ("/authors/noor-aziz/", *(article.get_absolute_url() for article in articles)):
        shown = client.get(place).text
        assert (NEW in shown, "Rosa" in shown, "/authors/rosa" in shown) == (True, False, False), place


@pytest.mark.parametrize("stays", ["rosa-reader", "rosa-r-reader"])
def test_a_name_changed_on_one_piece_alone_leaves_no_way_to_it_from_the_joined_page(stays, two, maggie, client):
    goes = {"rosa-reader", "rosa-r-reader"} - {stays}
    page(goes.pop()).join(page(stays), by=maggie)
    byline = PrintedByline.objects.get(name="Rosa Reader")
    change_name(byline.edition.article.submission, maggie, everywhere=False)
    byline.refresh_from_db()
    assert (byline.name, byline.author.slug) == (NEW, "noor-aziz")
    assert [printed.name for printed in page(stays).printed_bylines.all()] == ["Rosa R. Reader"]
    assert not Author.objects.filter(name="Rosa Reader").exclude(joined_into=None).exists()
    assert NEW not in client.get(f"/authors/{stays}/").text


@pytest.mark.parametrize("are_joined", [True, False])
def test_what_she_said_as_the_author_goes_with_the_piece(are_joined, two, rosa, maggie):
    first, other = two
    if are_joined:
        other.join(first, by=maggie)
    article = PrintedByline.objects.get(name="Rosa Reader").edition.article
    spoken = {"text": "I meant the other treaty.", "key": uuid.uuid4(), "as_author": True}
    comment = Discussion.of(article).post(by=rosa, **spoken)
    change_name(article.submission, maggie, everywhere=False, pen_name=True)
    comment.refresh_from_db()
    assert comment.name == NEW


def test_an_officer_sees_what_still_hints_at_any_name_of_a_joined_page(two, maggie):
    first, other = two
    Author.objects.filter(pk=first.pk).update(name="Rosa Miller")
    PrintedByline.objects.filter(author=first).update(name="Rosa Miller", biography="Miller teaches law.")
    page("rosa-r-reader").join(other, by=maggie)
    asked = change_name(Byline.objects.get(name="Rosa Reader").submission, maggie)
    assert asked.changed().others == ["Rosa Miller", "Rosa R. Reader"]
    assert asked.biographies() == ["Miller teaches law."]
