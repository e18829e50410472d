"""What readers ask of the editors, and what comes of it."""

import re

import pytest
from django.core import mail

from articles.models import Message

WORDS = {"text": "The second note gives the wrong year.", "name": "Tereza", "email": "tereza@example.org"}


def opened(client, address):
    """Return what a browser sends beside what was typed."""
    found = re.search(r'name="opened" value="([^"]+)"', client.get(address).text)
    return {"opened": found[1], "website": ""}


def send(client, address, **words):
    return client.post(address, {**opened(client, address), **WORDS, **words}, follow=True)


@pytest.fixture
def addresses(article):
    """Where a reader writes to the editors, by kind."""
    there = article.get_absolute_url()
    return {"contact": "/contact/", "correction": f"{there}correct/", "abuse": f"{there}report/"}


REASON = "It was copied from somebody else"


@pytest.mark.parametrize("kind", ["contact", "correction", "abuse"])
def test_a_reader_writes_and_gets_a_receipt(kind, client, addresses, article):
    response = send(client, addresses[kind], reason=REASON)
    message = Message.objects.get()
    assert response.redirect_chain[-1][0] == message.get_absolute_url()
    assert (message.kind, message.text, message.email) == (kind, WORDS["text"], WORDS["email"])
    assert message.article == (article if kind != "contact" else None)
    assert message.reason == (REASON if kind == "abuse" else "")
    assert WORDS["text"] in response.text
    assert "no-store" in response["Cache-Control"]


def test_an_address_is_not_needed(client, addresses):
    send(client, addresses["contact"], email="", name="")
    assert Message.objects.get().email == ""


@pytest.mark.parametrize("kind", ["contact", "correction", "abuse"])
def test_what_is_refused_keeps_its_words(kind, client, addresses):
    response = send(client, addresses[kind], email="tereza at example", reason=REASON)
    assert WORDS["text"] in response.text
    assert "tereza at example" in response.text
    assert "Enter a valid email address." in response.text
    assert 'aria-invalid="true"' in response.text
    assert not Message.objects.exists()


def test_a_machine_falls_into_the_trap(client, addresses):
    response = send(client, addresses["contact"], website="https://spam.example")
    assert "A field that people cannot see was filled in." in response.text
    assert WORDS["text"] in response.text
    assert not Message.objects.exists()


def test_a_machine_is_too_quick(client, addresses, settings):
    settings.FORM_MIN_SECONDS = 3
    assert "That was very quick." in send(client, addresses["contact"]).text
    assert not Message.objects.exists()


def test_one_person_does_not_flood_the_desk(client, addresses, settings):
    settings.THROTTLES = {**settings.THROTTLES, "message": (1, 600)}
    send(client, addresses["contact"])
    response = send(client, addresses["contact"], text="这篇文章很好，谢谢编辑们的努力", name="雷")
    assert response.status_code == 429
    assert "Retry-After" in response.headers
    assert ">这篇文章很好，谢谢编辑们的努力</textarea>" in response.text
    assert ">雷</textarea>" in response.text
    assert Message.objects.count() == 1


def test_the_receipt_says_what_came_of_it(client, addresses, mina):
    send(client, addresses["correction"])
    message = Message.objects.get()
    assert "An editor reads it by" in client.get(message.get_absolute_url()).text
    message.answer(by=mina, text="You are right, thank you.")
    text = client.get(message.get_absolute_url()).text
    assert "You are right, thank you." in text
    assert "Mina" not in text


@pytest.mark.parametrize("verb", ["answer", "close"])
def test_whoever_left_an_address_hears_what_came_of_it(verb, client, addresses, mina, work):
    send(client, addresses["correction"])
    message = Message.objects.get()
    {"answer": lambda: message.answer(by=mina, text="You are right."), "close": lambda: message.close(by=mina)}[verb]()
    work()
    assert message.get_absolute_url() in next(m.body for m in mail.outbox if m.to == [WORDS["email"]])


def test_letters_that_grow_when_written_in_one_form_are_counted_as_kept(client, addresses):
    assert "at most 80" in send(client, addresses["contact"], name="\u0958" * 80).text
    assert not Message.objects.exists()


def test_a_receipt_nobody_was_given_is_not_there(client, db):
    assert client.get("/messages/guessed/").status_code == 404


@pytest.mark.parametrize("asked", ["correct", "report"])
def test_nobody_writes_about_what_nobody_can_see(asked, client, article):
    assert client.get(f"/articles/{article.year}/unheard-of/{asked}/").status_code == 404
    assert "Report abuse on this page" not in client.get("/contact/").text


def test_what_was_written_cannot_carry_markup(client, addresses):
    response = send(client, addresses["contact"], text="<script>alert(1)</script> Good day.")
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;" in response.text
