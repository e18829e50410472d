import base64
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.contrib.sessions.models import Session
from django.http import Http404
from django.test import RequestFactory

from articles.models import Author
from forum.lib.web.paging import alphabet, page, write

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def rows(db):
    """Seven rows; the third and fourth newest carry the same moment."""
    minutes = [0, 1, 2, 3, 3, 5, 6]
    for number, minute in enumerate(minutes):
        Session.objects.create(pk=str(number), expire_date=START + timedelta(minutes=minute))


def names(found):
    return "".join(item.pk for item in found)


def opened(query="", size=3, **more):
    return page(Session.objects.all(), RequestFactory().get("/" + query, more), by="expire_date", size=size)


def test_the_first_page_is_the_newest(rows):
    found = opened()
    assert names(found) == "654"
    assert found.newer == ""


def test_pages_follow_one_another_without_gap_or_repetition(rows):
    first = opened()
    second = opened(first.older)
    third = opened(second.older)
    assert (names(first), names(second), names(third)) == ("654", "321", "0")
    assert third.older == ""
    assert names(opened(third.newer)) == "321"
    assert names(opened(second.newer)) == "654"
    assert opened(second.newer).newer == ""


def test_what_arrives_meanwhile_moves_nothing(rows):
    first = opened()
    Session.objects.create(pk="9", expire_date=START + timedelta(minutes=9))
    assert names(opened(first.older)) == "321"


def test_an_empty_list_is_a_page(db):
    found = opened()
    assert list(found) == []
    assert (found.older, found.newer) == ("", "")


def test_other_questions_of_the_address_are_kept(rows):
    found = page(
        Session.objects.all(), RequestFactory().get("/?q=war+%26+peace&kind=essay"), by="expire_date", size=3
    )
    asked = parse_qs(found.older.removeprefix("?"))
    assert (asked["q"], asked["kind"]) == (["war & peace"], ["essay"])


@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "....", "é", base64.b64encode(b"2026-01-01|1").decode(),
     base64.b64encode(b"2026-01-01T00:00:00+00:00|x").decode(),
     base64.b64encode(b"2026-01-01T00:00:00+00:00|-1").decode(),
     base64.b64encode(b"0001-01-01T00:00:00+23:00|1").decode(),
     base64.b64encode(b"2026-01-01T00:00:00+00:00|" + b"9" * 40).decode(),
     base64.b64encode(b"2026-01-01T00:00:00+00:00|" + b"9" * 5000).decode()],
)
def test_a_bad_cursor_is_no_page(rows, cursor):
    for name in ("before", "after"):
        with pytest.raises(Http404):
            opened(**{name: cursor})


def test_a_cursor_is_fit_for_an_address():
    assert write(START, 12).replace("-", "").replace("_", "").isalnum()


def test_names_are_turned_by_letter_and_none_is_missed(db, rf):
    for name in "cabed":
        Author.objects.create(name=name, slug=name)
    first = alphabet(Author.objects.all(), rf.get("/authors/"), size=2)
    second = alphabet(Author.objects.all(), rf.get(f"/authors/{first.older}"), size=2)
    last = alphabet(Author.objects.all(), rf.get(f"/authors/{second.older}"), size=2)
    assert [author.name for part in (first, second, last) for author in part] == list("abcde")
    assert (first.newer, last.older, last.newer) == ("", "", "/authors/")


def test_a_strange_beginning_breaks_nothing(db, rf):
    assert len(alphabet(Author.objects.all(), rf.get("/authors/", {"from": "\0%é"}))) == 0
