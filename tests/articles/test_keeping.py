"""Letters, notes and manuscripts keep themselves at the desk; who else has a piece open is said quietly."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from articles.models import Conflict, Kept
from tests import makers
from tests.opened import as_now

pytestmark = pytest.mark.django_db

WORDS = "Dear Sami, the second half"
ASKS = {"HTTP_ACCEPT": "application/json"}


def desk(name, *args):
    return reverse(f"admin:{name}", args=args)


@pytest.fixture
def piece(sami, edith):
    return makers.in_review(sami, edith)


@pytest.fixture
def page(piece):
    """The address where changes are asked for."""
    return desk("submission_ask_for_changes", piece.code)


def kept_at(page, **said):
    return {"place": page, "letter": WORDS, "due": "2031-02-03", "point_6": "Name the ministers.", **said}


def test_a_letter_half_written_waits_where_it_was_written_and_goes_when_it_is_sent(piece, page, edith, signed_in):
    browser = signed_in(edith)
    assert browser.post(desk("keep"), kept_at(page, letter="Dear"), **ASKS).json() == {}
    assert browser.post(desk("keep"), kept_at(page)).url == page
    form = browser.get(page).text
    assert f"{WORDS}</textarea>" in form
    assert 'value="2031-02-03"' in form
    assert "Name the ministers.</textarea>" in form
    assert "You kept a letter here" in browser.get(desk("submission", piece.code)).text
    due = timezone.localdate() + timezone.timedelta(days=9)
    said = {"letter": f"{WORDS} is good.", "due": due, "place": page, **as_now(piece)}
    assert browser.post(page, said).status_code == 302
    assert not Kept.objects.exists()


def test_what_is_kept_is_thrown_away_by_a_press(page, edith, signed_in):
    browser = signed_in(edith)
    browser.post(desk("keep"), kept_at(page))
    browser.post(desk("discard_kept"), {"place": page})
    assert WORDS not in browser.get(page).text


def test_a_kept_letter_is_read_by_nobody_else(piece, page, sami, edith, eno, maggie, client, work):
    Kept.keep(by=edith, place=page, said={"letter": [WORDS]})
    piece.reassign(by=maggie, to=eno)
    eno_page = desk("submission", piece.code)
    for person in (eno, maggie, sami):
        client.force_login(person)
        for address in (page, eno_page, desk("index"), piece.get_absolute_url()):
            text = client.get(address, follow=True).content.decode()
            assert WORDS not in text
            assert "You kept a letter here" not in text
    client.force_login(eno)
    client.post(desk("discard_kept"), {"place": page})
    piece.ask_for_changes(by=eno, letter="Please see page two.", due=timezone.now() + timezone.timedelta(days=9))
    work()
    assert not any(WORDS in letter.body for letter in mail.outbox)
    assert Kept.objects.get().said == {"letter": [WORDS]}


def test_nothing_is_kept_but_what_is_written_at_the_desk(edith, signed_in):
    browser = signed_in(edith)
    for place in ("", "/search/", "//example.org/admin/", "https://example.org/admin/"):
        assert browser.post(desk("keep"), {"place": place, "letter": WORDS}).status_code == 404, place
    assert not Kept.objects.exists()


def test_a_kept_note_comes_back_with_its_paragraph_and_strange_letters_do_no_harm(piece, edith, signed_in):
    browser, place = signed_in(edith), desk("submission_add_note", piece.code) + "?paragraph=2"
    said = {"text": "Who\x00 signed?", "quote": "As it read then.", "number": 2, "audience": "author"}
    browser.post(desk("keep"), {**said, "place": place})
    form = browser.get(place).context["form"]
    assert [form[name].value() for name in ("text", "quote", "audience")] == [
        "Who signed?", "As it read then.", "author",
    ]  # fmt: skip
    browser.post(place, {**said, "text": "Who signed?"})
    assert not Kept.objects.exists()


def test_the_editors_text_saves_itself_and_a_stale_one_is_told_quietly(sami, edith, signed_in):
    piece, browser = makers.an_accepted(sami, edith), signed_in(edith)
    place = desk("submission_save_text", piece.code)
    said = {"title": "A promise by day", "standfirst": "", "body": "<p>One.</p>", "version": piece.version}
    answer = browser.post(place, said)
    piece.refresh_from_db()
    assert (answer.json(), piece.title) == ({"version": piece.version}, "A promise by day")
    late = browser.post(place, {**said, "title": "A promise at dawn"})
    assert (late.status_code, "yours is still on this page" in late.json()["message"]) == (409, True)
    assert "A promise by day" in late.json()["shown"]
    assert piece.revisions.last().title == "A promise by day"
    counted = browser.post(place, {**said, "save": "1111111111-1", "version": piece.version})
    again = browser.post(place, {**said, "title": "A promise by day", "after": "1111111111-1"})
    assert (counted.status_code, again.status_code) == (200, 200)
    piece.refresh_from_db()
    assert browser.post(place, {**said, "title": ""}).status_code == 422
    piece.refresh_from_db()
    assert piece.title == "A promise by day"


def test_two_editors_with_the_same_piece_open_are_told_of_each_other(piece, edith, eno, maggie, client):
    def open_by(person, name="submission"):
        client.force_login(person)
        return client.get(desk(name, piece.code)).content.decode()

    assert "Also open by" not in open_by(edith)
    assert "Also open by Edith Editor." in open_by(maggie)
    assert "Also open by Edith Editor and Maggie Manager." in open_by(eno, "submission_others")
    Conflict.objects.create(submission=piece, user=maggie)
    assert "Also open by Eno Editor." in open_by(edith, "submission_ask_for_changes")
    client.force_login(maggie)
    assert client.get(desk("submission_others", piece.code)).status_code == 404
    cache.clear()
    assert "Also open by" not in open_by(edith)
