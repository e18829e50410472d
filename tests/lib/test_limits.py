import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from forum.lib.web.limits import BodyLimit, CountingUploadHandler, TooLarge


def answer(**meta):
    return BodyLimit(lambda request: HttpResponse("taken"))(RequestFactory().post("/", **meta))


def test_a_body_within_the_limit_is_taken(settings):
    assert answer(CONTENT_LENGTH=str(settings.MAX_BODY)).content == b"taken"


def test_a_body_over_the_limit_is_refused_before_it_is_read(settings):
    with pytest.raises(TooLarge):
        answer(CONTENT_LENGTH=str(settings.MAX_BODY + 1))


def test_a_body_of_unknown_length_is_refused():
    assert answer(CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


def test_no_body_is_fine():
    assert answer(CONTENT_LENGTH="").content == b"taken"


def test_files_are_counted_as_they_come(settings):
    settings.MAX_BODY = 10
    handler = CountingUploadHandler()
    assert handler.receive_data_chunk(b"12345", 0) == b"12345"
    assert handler.receive_data_chunk(b"12345", 5) == b"12345"
    with pytest.raises(TooLarge):
        handler.receive_data_chunk(b"1", 10)


@pytest.mark.django_db
def test_an_upload_over_the_limit_gets_the_page(client, settings):
    settings.MAX_BODY = 1000
    response = client.post("/alerts/", {"file": SimpleUploadedFile("a.docx", b"x" * 2000)})
    assert response.status_code == 413
    assert b"more than we can take" in response.content


@pytest.mark.django_db
def test_too_much_text_gets_the_page(client, settings):
    response = client.post("/alerts/", {"email": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, "text/plain")
    long = client.post(
        "/alerts/",
        "email=" + "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1),
        "application/x-www-form-urlencoded",
    )
    assert response.status_code < 500
    assert long.status_code == 413
    assert b"more than we can take" in long.content
