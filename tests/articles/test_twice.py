"""A button pressed twice, or a page sent again, sends once; and nobody's other words are taken for the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Message, SafetyRequest, StaffNote, Submission
from forum.lib.again import AGAIN
from tests import makers
from tests.opened import opened

pytestmark = pytest.mark.django_db

WORDS = "雾笛不是多余的东西。"


@pytest.fixture
def review(sami, edith):
    return makers.in_review(sami, edith)


@pytest.fixture
def desk(edith, settings, signed_in):
    settings.STAFF_SECOND_FACTOR = False
    return signed_in(edith)


def test_the_same_page_sent_twice_is_one_message_with_one_receipt_and_other_words_are_another(client):
    page = opened(client, "/contact/", "text") | {"text": [WORDS]}
    first, second = (client.post("/contact/", page) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Message.objects.get().text == WORDS
    after_going_back = client.post("/contact/", page | {"text": ["Another question."]})
    assert after_going_back["Location"] != first["Location"]
    client.post("/contact/", opened(client, "/contact/", "text") | {"text": [WORDS]})
    assert Message.objects.count() == 3


@pytest.mark.parametrize("key", [[], [""], ["nonsense"]])
def test_a_page_without_its_key_is_sent_all_the_same(key, client):
    page = opened(client, "/contact/", "text") | {"text": [WORDS], "key": key}
    assert client.post("/contact/", page).status_code == 302
    assert Message.objects.get().text == WORDS


def test_no_receipt_can_be_foreseen_from_the_page_that_was_sent(client):
    page = opened(client, "/contact/", "text") | {"text": [WORDS]}
    client.post("/contact/", page)
    assert page["key"][0].replace("-", "") not in Message.objects.get().receipt


def test_an_author_who_presses_twice_writes_once_and_is_told_that_it_has_arrived(review, sami, edith, signed_in):
    address, browser = f"{review.get_absolute_url()}write_editor/", signed_in(sami)
    first, second = (browser.post(address, {"letter": WORDS}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert AGAIN in second.text
    assert f">{WORDS}</textarea>" in second.text
    assert review.letters.count() == 1
    review.write_author(by=edith, letter="Yes.")
    assert browser.post(address, {"letter": WORDS}).status_code == 302


def test_an_hour_later_the_same_words_are_a_message_again(review, sami, time_machine):
    review.write_editor(by=sami, letter=WORDS)
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    review.write_editor(by=sami, letter=WORDS)
    assert review.letters.count() == 2


def test_an_editor_who_presses_twice_writes_one_message_and_one_note(review, desk):
    for verb, field in {"write_author": "letter", "notes/add": "text"}.items():
        address = f"/admin/submissions/{review.code}/{verb}/"
        page = opened(desk, address, field) | {field: [WORDS], "audience": ["staff"]}
        assert [desk.post(address, page).status_code for _ in range(2)] == [302, 409]
    assert (review.letters.count(), review.staff_notes.count()) == (1, 1)


def test_the_same_note_beside_another_paragraph_is_another_note(review, edith):
    for number in (1, 2):
        StaffNote.write(review, by=edith, text="Source?", number=number)
    assert review.staff_notes.count() == 2


def test_a_piece_is_commissioned_once(desk):
    wanted = {"email": "nina@example.net", "name": "Nina Novak", "title": "At noon", "body": makers.BODY}
    first, second = (desk.post("/admin/commission/", wanted) for _ in range(2))
    assert (first.status_code, second.status_code, AGAIN in second.text) == (302, 409, True)
    assert Submission.objects.get().title == "At noon"


def test_a_request_about_safety_is_asked_once(review, sami, signed_in):
    address, browser = f"{review.get_absolute_url()}safety/", signed_in(sami)
    asked = {"kind": "delay", "text": WORDS}
    assert [browser.post(address, asked).status_code for _ in range(2)] == [302, 409]
    assert SafetyRequest.objects.get().text == WORDS
