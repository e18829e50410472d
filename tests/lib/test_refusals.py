import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import get_resolver

from forum.lib.forms import Opened
from forum.lib.web.typed import sent, typed
from tests import makers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lib.addresses")]

LETTER = "Dear author,\nthank you for the second section."


@pytest.fixture
def browser():
    """A browser that meets the token check, as real ones do."""
    return Client(enforce_csrf_checks=True)


def text_of(response):
    return response.content.decode()


def test_what_was_typed_is_found_and_the_machinery_left_out():
    get_resolver("forum.urls").url_patterns  # noqa: B018 (loads every form there is)
    request = RequestFactory().post(
        "/",
        {
            "letter-text": LETTER,
            "email": "rae@example.org",
            "name": "Rae",
            "reason": "spam",
            "csrfmiddlewaretoken": "t" * 64,
            "password1": "p q",
            "code": "123 456",
            "opened": "1:" + "x" * 60,
            "website": "a b",
            "digest": "0" * 64,
            "key": "f" * 36,
        },
    )
    assert typed(request) == [("Text", LETTER), ("Email", "rae@example.org"), ("Name", "Rae")]
    assert [field.name for field in sent(request) if field.is_text] == ["letter-text", "email", "name"]
    assert {"csrfmiddlewaretoken", "password1", "code"}.isdisjoint(field.name for field in sent(request))


@pytest.mark.parametrize("words", ["Agreed.", "雾笛不是多余的东西。", "a", "لا"])
@pytest.mark.parametrize("path", ["/late/", "/refused/", "/often/", "/denied/", "/mine/", "/nowhere/at/all/"])
def test_words_come_back_however_short_and_in_whatever_script(client, path, words):
    assert f">{words}</textarea>" in text_of(client.post(path, {"letter": words, "reason": "spam", "step": "send"}))


def test_what_was_chosen_or_filled_in_by_the_page_is_not_shown_as_written(client):
    page = text_of(client.post("/late/", {"reason": "spam", "seen": "3", "place": "/admin/x y/", "letter": " "}))
    assert "What you wrote" not in page


def test_a_body_is_read_and_not_its_marks(client):
    body = '<p>Every <em>treaty</em>.<span class="footnote">See it.</span></p><script>alert(1)</script>'
    page = text_of(client.post("/late/", {"body": body}))
    assert "<p>Every <em>treaty</em>." in page
    assert "See it." in page
    assert "&lt;p&gt;" not in page
    assert "alert(1)" not in page


def test_a_late_press_is_told_what_came_first_and_gets_its_text_back(client):
    response = client.post("/late/", {"letter": LETTER}, headers={"Referer": "http://testserver/piece/"})
    page = text_of(response)
    assert response.status_code == 409
    assert "<strong>accepted</strong>, by somebody else" in page
    assert "thank you for the second section." in page
    assert 'href="http://testserver/piece/"' in page
    assert "Edith" not in page


def test_staff_are_told_who_came_first(client, eno):
    client.force_login(eno)
    assert "by Edith Editor" in text_of(client.post("/late/"))


def test_a_link_back_never_leaves_the_site(client):
    page = text_of(client.post("/late/", headers={"Referer": "https://elsewhere.example/"}))
    assert "elsewhere.example" not in page


def test_a_complaint_is_shown_as_it_is(client):
    response = client.post("/refused/", {"letter": LETTER})
    assert response.status_code == 409
    assert "You wrote this piece, so somebody else decides on it." in text_of(response)
    assert "second section" in text_of(response)


def test_too_often_says_when_to_try_again(client):
    response = client.post("/often/", {"letter": LETTER})
    assert response.status_code == 429
    assert response["Retry-After"] == "90"
    assert "Please try again <time" in text_of(response)
    assert "second section" in text_of(response)


def test_a_denial_gives_its_reason_and_the_text(client):
    response = client.post("/denied/", {"letter": LETTER})
    assert response.status_code == 403
    assert "This is not yours to do." in text_of(response)
    assert "second section" in text_of(response)


def test_typed_text_is_escaped(client):
    assert "<script>alert" not in text_of(client.post("/refused/", {"letter": "<script>alert(1) </script>"}))


def test_an_unknown_address_has_a_page(client):
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "nothing at this address" in text_of(response)


def test_a_broken_page_has_a_page(client):
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "The mistake is ours" in text_of(response)
    assert "Go back in your browser" in text_of(response)


def test_a_broken_page_gives_the_text_back_as_it_came(client):
    client.raise_request_exception = False
    page = text_of(client.post("/broken/", {"letter": LETTER, "body": "<p>雾笛</p>", "password": "correct horse"}))
    assert "second section" in page
    assert "&lt;p&gt;雾笛&lt;/p&gt;</textarea>" in page
    assert "horse" not in page


def test_a_broken_page_has_a_number_which_the_log_names_too(client, log):
    client.raise_request_exception = False
    number = re.search("number <strong>(.+?)</strong>", text_of(client.get("/broken/")))[1]
    said = client.get("/broken/", headers={"Accept": "application/json"}).json()["message"]
    assert f"Internal Server Error: /broken/ [{number}]\nTraceback" in log()
    assert f"[{re.search('number (.+)[.]', said)[1]}]" in log()


def test_who_signs_out_in_another_window_meanwhile_gets_her_text_and_is_not_told_it_made_no_sense(client, sami):
    client.force_login(sami)
    response = client.post("/meanwhile/", {"letter": LETTER})
    assert response.status_code == 400
    assert "You signed out in another window" in text_of(response)
    assert "second section" in text_of(response)


def test_opening_the_address_of_a_press_has_a_page(client):
    response = client.get("/press/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "only takes what a form sends" in text_of(response)


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb", b"\xff"]
)
def test_a_malformed_upload_is_no_500(client, body):
    for boundary in ("x", "", "x" * 300):
        content_type = f"multipart/form-data; boundary={boundary}"
        response = client.post("/late/", body, content_type=content_type)
        assert response.status_code in (400, 409)


@pytest.mark.urls("forum.urls")
def test_words_refused_for_whatever_reason_stand_under_the_label_of_their_field(client, browser, settings, sami):
    settings.THROTTLES = {**settings.THROTTLES, "message": (0, 60)}
    said = {"text": LETTER, "opened": Opened().format_value("")}
    often, stale = (visitor.post("/contact/", said) for visitor in (client, browser))
    piece = makers.a_draft(sami)
    signed_out = client.post(f"{piece.get_absolute_url()}write_editor/", {"letter": LETTER})
    for refused, code in ((often, 429), (stale, 403), (signed_out, 401)):
        assert (refused.status_code, re.findall(r'<label for="typed-\d">(.*?)</label>', text_of(refused))) == (
            code, ["Your message"],
        )


class TestSignedOutMeanwhile:
    def test_the_text_comes_back_with_the_way_to_sign_in_and_on_to_the_form(self, client):
        response = client.post("/mine/", {"letter": LETTER}, headers={"Referer": "http://testserver/form/?on=2"})
        assert response.status_code == 401
        assert "second section" in text_of(response)
        assert 'href="/accounts/login/?next=%2Fform%2F%3Fon%3D2"' in text_of(response)

    def test_a_form_without_text_goes_to_the_login(self, client):
        response = client.post("/mine/", {"kind": "essay"})
        assert response.status_code == 302

    def test_secrets_are_not_given_back(self, client):
        response = client.post("/mine/", {"password": "correct horse battery", "letter": LETTER})
        assert "horse" not in text_of(response)

    def test_a_redirect_elsewhere_stays_one(self, client):
        assert client.post("/elsewhere/", {"letter": LETTER}).status_code == 302

    def test_a_file_without_a_word_is_to_be_chosen_again_too(self, client):
        assert "choose yours again" in text_of(client.post("/often/", {"file": SimpleUploadedFile("a.docx", b"x")}))

    def test_a_file_is_to_be_chosen_again(self, client):
        response = client.post("/mine/", {"letter": LETTER, "file": SimpleUploadedFile("a.docx", b"x")})
        assert "choose yours again" in text_of(response)


class TestStaleToken:
    def test_the_text_comes_back(self, browser):
        response = browser.post("/late/", {"letter": LETTER})
        assert response.status_code == 403
        assert "second section" in text_of(response)

    @pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
    def test_the_sites_own_page_may_send_again(self, browser, headers):
        page = text_of(browser.post("/late/", {"letter": LETTER, "turn": "3"}, headers=headers))
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        assert '<input type="hidden" name="turn" value="3">' in page
        again = browser.post("/late/", {"letter": LETTER, "turn": "3", "csrfmiddlewaretoken": token})
        assert again.status_code == 409

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {},
        ],
    )
    def test_another_sites_form_is_never_offered_again(self, browser, headers):
        page = text_of(browser.post("/late/", {"letter": LETTER}, headers=headers))
        assert "csrfmiddlewaretoken" not in page
        assert "Send it again" not in page
