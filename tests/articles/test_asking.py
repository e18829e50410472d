"""What readers ask of the editors."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from articles.models import Message


@pytest.fixture
def reader():
    """Somebody without an account."""
    return Client()


def send(reader, address, **typed):
    """Open the form, fill it in, and send it as a browser would."""
    form = reader.get(address).context["form"]
    return reader.post(address, {"opened": form.fields["opened"].widget.format_value(""), **typed})


def test_a_message_is_stored_and_answered_with_a_receipt(db, reader):
    page = send(reader, "/contact/", text="May I reprint a piece?", email="reader@example.org")
    message = Message.objects.get()
    assert (message.kind, message.email) == ("contact", "reader@example.org")
    assert page.url == message.get_absolute_url()
    assertContains(reader.get(page.url), "May I reprint a piece?")


def test_a_suggested_correction_and_a_report_know_their_piece(article, reader):
    send(reader, article.get_absolute_url() + "correct/", text="It was signed in April.")
    send(reader, article.get_absolute_url() + "report/", text="All of it.", reason="It is spam or a fraud")
    assert list(Message.objects.order_by("pk").values_list("kind", "article", "reason")) == [
        ("correction", article.pk, ""),
        ("abuse", article.pk, "It is spam or a fraud"),
    ]


def test_a_refused_form_gives_the_text_back_with_the_reason(article, reader):
    page = send(reader, article.get_absolute_url() + "report/", text="All of it.", email="nonsense")
    assertContains(page, "All of it.")
    assertContains(page, 'aria-invalid="true"')
    assert not Message.objects.exists()


def test_a_machine_that_fills_in_the_hidden_field_is_refused_politely(db, reader):
    page = send(reader, "/contact/", text="Cheap watches", website="https://example.org")
    assertContains(page, "Cheap watches")
    assert not Message.objects.exists()


def test_the_answer_stands_on_the_receipt(db, maggie, reader):
    address = send(reader, "/contact/", text="May I?").url
    Message.objects.get().answer(by=maggie, text="You may.")
    assertContains(reader.get(address), "You may.")


def test_nobody_reads_a_receipt_by_guessing(db, reader):
    assert reader.get("/messages/guessed/").status_code == 404


def test_too_many_messages_are_told_when_to_try_again(db, reader, settings):
    settings.THROTTLES = {**settings.THROTTLES, "message": (1, 60)}
    send(reader, "/contact/", text="One")
    page = send(reader, "/contact/", text="May I reprint this one too?")
    assert page.status_code == 429
    assert "Retry-After" in page.headers
    assertContains(page, "May I reprint this one too?", status_code=429)
    assert Message.objects.count() == 1


def test_a_report_on_something_unknown_is_not_there(article, reader):
    assert reader.get(f"/articles/{article.year}/unknown/report/").status_code == 404
    assertNotContains(reader.get("/contact/"), "Report abuse on this page")
