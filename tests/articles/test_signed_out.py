"""A session that ended meanwhile: who signs in finds her words in the form again, and nobody else does."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles.models import Submission
from forum.lib.web.filling import filled
from tests import makers

pytestmark = pytest.mark.django_db

SHORT = "雾笛不是多余的东西。"
NIGHT = "<p>At <em>night</em>.</p>"


@pytest.fixture
def draft(sami):
    return makers.a_draft(sami)


@pytest.fixture
def review(sami, edith):
    return makers.in_review(sami, edith)


def at(piece, verb):
    return f"{piece.get_absolute_url()}{verb}/"


def whole(draft, **said):
    return {"version": draft.version, "title": "At noon", "body": NIGHT, "name": "S. S.", "original": "new", **said}


def from_page(path):
    return {"headers": {"Referer": f"http://testserver{path}"}}


def test_a_message_however_short_is_in_its_form_again(review, sami, client, signed_in):
    refused = client.post(at(review, "write_editor"), {"letter": SHORT})
    assert refused.status_code == 401
    assert f">{SHORT}</textarea>" in refused.text
    shown = signed_in(sami).get(at(review, "write_editor"))
    assert re.search(rf'<textarea name="letter"[^>]*>\n{SHORT}</textarea>', shown.text)
    assert "It has not been sent yet" in shown.text
    client.post(at(review, "write_editor"), {"letter": SHORT})
    assert "It has not been sent yet" not in client.get(at(review, "write_editor")).text


def test_a_whole_draft_is_in_its_form_again_with_what_was_ticked_and_the_version_it_began_from(
    draft, sami, client, signed_in
):
    said = whole(draft, standfirst='A "quoted" <b> & more', interests=["no"])
    refused = client.post(at(draft, "submit"), said, **from_page(at(draft, "write")))
    assert "<p>At <em>night</em>.</p>" in refused.text
    assert "&lt;p&gt;" not in refused.text.partition("What you wrote")[2]
    draft.write(by=sami, version=draft.version, title="Changed elsewhere")
    shown = signed_in(sami).get(at(draft, "write")).text
    assert 'name="title" value="At noon"' in shown
    assert "A &quot;quoted&quot; &lt;b&gt; &amp; more</textarea>" in shown
    assert "\n&lt;p&gt;At &lt;em&gt;night&lt;/em&gt;.&lt;/p&gt;</textarea>" in shown
    assert f'name="version" value="{said["version"]}"' in shown
    assert [bool(re.search(rf'name="original" value="{it}"[^>]* checked', shown)) for it in ("new", "book")] == [1, 0]
    assert client.post(at(draft, "write"), said).status_code == 200
    draft.refresh_from_db()
    assert draft.title == "Changed elsewhere"


def test_whoever_else_signs_in_or_comes_without_the_session_finds_nothing(draft, sami, eno, client, signed_in):
    client.post(at(draft, "write"), whole(draft, title="Only for the night train"))
    for person in (eno, sami):
        page = signed_in(person).get(at(draft, "write"))
        assert ("night train" in page.text) == (person == sami)
        if person == eno:
            assert page.status_code == 404
            client.cookies.clear()
            client.post(at(draft, "write"), whole(draft, title="Only for the night train"))
    client.logout()
    assert "night train" not in signed_in(sami).get(at(draft, "write")).text


def test_no_word_lands_in_an_address_or_stays_for_longer_than_an_hour(draft, sami, client, signed_in, time_machine):
    refused = client.post(at(draft, "write"), whole(draft, title="Nighttrain"))
    assert [link for link in re.findall(r'href="([^"]*)"', refused.text) if "Nighttrain" in link] == []
    assert "Nighttrain" not in str(dict(client.session))
    time_machine.move_to(timezone.now() + timezone.timedelta(hours=1, minutes=1))
    assert "Nighttrain" not in signed_in(sami).get(at(draft, "write")).text


def test_where_the_form_is_gone_the_words_are_shown_all_the_same(draft, sami, client, signed_in):
    client.post(at(draft, "write"), whole(draft, title="Nighttrain"))
    draft.submit(by=sami)
    shown = signed_in(sami).get(at(draft, "write"))
    assert "This form is not open any more" in shown.text
    assert ">Nighttrain</textarea>" in shown.text
    assert f'href="{draft.get_absolute_url()}"' in shown.text


def test_a_page_whose_form_is_gone_can_still_be_seen(review, edith, client, signed_in):
    place = f"/admin/submissions/{review.code}/decline/"
    client.post(place, {"letter": "Agreed."})
    review.put_back(by=edith)
    review.dismiss(by=edith)
    shown = signed_in(edith).get(place)
    assert ">Agreed.</textarea>" in shown.text
    (on,) = re.findall(r'<a href="([^"]*)">Go on to the page', shown.text)
    assert client.get(on).status_code == 409


def test_words_stand_in_no_form_that_has_no_field_for_them():
    page = '<form method="post"><input type="hidden" name="seen"></form>'
    assert filled(page, {"seen": ["3"], "letter": ["Agreed."]}, {"letter"}, str) is None


def test_what_was_shown_before_is_shown_again_before_it_counts():
    page = '<form method="post"><input type="hidden" name="shown"><input name="note"></form>'
    again = filled(page, {"shown": ["now"], "note": ["Go."]}, {"note"}, lambda names: "")
    assert again == page.replace("<form", "<form data-unsaved").replace('"note"', '"note" value="Go."')


def test_a_letter_at_the_desk_is_in_its_form_again(review, edith, client, signed_in):
    place = f"/admin/submissions/{review.code}/decline/"
    refused = client.post(place, {"letter": "Agreed.", "reason": ""})
    assert refused.status_code == 401
    assert re.search(r'<textarea name="letter"[^>]*>\nAgreed.</textarea>', signed_in(edith).get(place).text)


def test_a_draft_whose_cookie_is_gone_goes_on_as_a_new_one(client):
    client.post("/get-published/new/", {"body": makers.BODY})
    draft = Submission.objects.get()
    client.cookies.clear()
    refused = client.post(at(draft, "write"), whole(draft))
    assert "Begin a new draft with it" in refused.text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', refused.text))
    assert hidden["title"] == "At noon"
    again = client.post("/get-published/again/", whole(draft), follow=True)
    new = Submission.objects.exclude(pk=draft.pk).get()
    assert again.redirect_chain == [(at(new, "write"), 302)]
    assert (new.title, new.body, new.bylines.get().name) == ("At noon", NIGHT, "S. S.")


def test_a_message_to_the_editors_is_offered_no_draft(draft, sami, client):
    draft.submit(by=sami)
    refused = client.post(at(draft, "write_editor"), {"letter": "Agreed."})
    assert (refused.status_code, "Begin a new draft" in refused.text) == (401, False)


def test_an_address_that_is_not_ones_own_says_what_may_have_happened(draft, rosa, signed_in):
    pages = [signed_in(rosa).get(at(draft, "write")), signed_in(rosa).get("/submissions/nosuchcode/write/")]
    assert [page.status_code for page in pages] == [404, 404]
    mains = [page.text.partition("<main")[2].partition("</main>")[0] for page in pages]
    assert mains[0] == mains[1]
    assert "you are signed in with another address" in pages[0].text


def test_a_browser_that_is_refused_too_often_still_gets_its_words(draft, client, settings):
    settings.THROTTLES = {**settings.THROTTLES, "unsent_prefix": (1, 60)}
    answers = [client.post(at(draft, "write"), whole(draft)) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [401, 429]
    assert ">At noon</textarea>" in answers[1].text
    cache.clear()
