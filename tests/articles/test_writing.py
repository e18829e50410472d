"""How a student begins, writes, submits and follows a piece."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Delivery, User
from articles.declarations import WORDING
from articles.models import Author, Submission
from articles.signing import digest_of, unsigned_by
from articles.standing import Standing
from tests import makers
from tests.opened import as_now, fields_of, opened

WHOLE = {
    "title": "The harbour that kept its name",
    "standfirst": "A port is a promise.",
    "body": "<p>Every harbour is a promise to somebody at sea.</p>",
    "name": "Sami S.",
    "biography": "Studies law in Sarajevo.",
    "wording": WORDING,
    "original": "new",
    "elsewhere": "no",
    "interests": "no",
    "ai": ["language", "research"],
    "ai_words": "It found two treaties; I read both.",
    "coursework": "no",
}


def page(piece, what=""):
    return piece.get_absolute_url() + what


def whole(piece, **changed):
    return {**WHOLE, "version": piece.version, **changed}


@pytest.fixture
def held(client, db):
    """A draft that somebody without an account began in this browser."""
    client.post("/get-published/new/", {"body": "Every harbour is a promise."})
    return Submission.objects.get()


def the_code():
    """Return the six digits of the last letter."""
    return re.search(r"^\d{6}$", Delivery.objects.first().text, re.MULTILINE)[0]


def test_the_guidelines_say_how_long_a_piece_may_be(client, db):
    text = client.get("/get-published/").text
    assert "Student essay" in text
    assert "700 to 3,000 words" in text
    assert "Explainer" not in text
    assert "5 working days" in text


def test_somebody_without_an_account_begins_with_words(client, held):
    assert held.corresponding_author is None
    assert "<p>Every harbour is a promise.</p>" in held.body
    assert client.get(page(held)).status_code == 200
    assert client.get(page(held, "write/")).status_code == 200


def test_a_draft_is_only_in_the_browser_that_began_it(held, client, signed_in, rosa, edith):
    client.cookies.clear()
    assert client.get(page(held)).status_code == 302
    for person in (rosa, edith):
        assert signed_in(person).get(page(held)).status_code == 404


def test_nothing_sent_begins_nothing(client, db):
    response = client.post("/get-published/new/", {"body": "  "})
    assert "Choose a Word file, or write something below." in response.text
    assert not Submission.objects.exists()


def test_a_newcomer_writes_gives_an_address_and_a_code_and_has_submitted(client, held, work):
    submit = page(held, "submit/")
    asked = client.post(submit, whole(held, step="send", email="nadia@example.org"))
    assert "nadia@example.org" in asked.text
    assert "The harbour that kept its name" in asked.text
    held.refresh_from_db()
    assert held.title == "The harbour that kept its name"
    assert held.status == "draft"
    wrong = "000000" if the_code() != "000000" else "000001"
    refused = client.post(submit, whole(held, step="confirm", code=wrong))
    assert "This is not the code in our mail" in refused.text
    held.refresh_from_db()
    client.post(submit, whole(held, step="confirm", code=the_code()))
    held.refresh_from_db()
    assert held.status == "submitted"
    nadia = User.objects.get(email="nadia@example.org")
    assert held.corresponding_author == nadia
    assert client.get(page(held)).status_code == 200
    work()
    assert mail.outbox[-1].to == ["nadia@example.org"]
    assert "We have" in mail.outbox[-1].subject
    assert (nadia.name, mail.outbox[-1].body[:13]) == ("Sami S.", "Dear Sami S.,")


def test_what_is_missing_is_named_before_an_address_is_asked_for(client, held):
    missing = whole(
        held, title="", original="", ai=["none", "images"], step="send", email="nadia@example.org"
    )
    text = client.post(page(held, "submit/"), missing).text
    assert '<a href="#id_title">Title: Give your piece a title.</a>' in text
    assert "Choose an answer." in text
    assert "You chose “not at all” and something else." in text
    assert "Studies law in Sarajevo." in text
    assert 'value="nadia@example.org"' in text
    assert not Delivery.objects.exists()


def test_enter_beside_the_address_and_the_digits_goes_on_with_sending_in(client, held):
    asked = client.post(page(held, "write/"), whole(held, step="enter", email="nadia@example.org"))
    assert "We are sending six digits to nadia@example.org." in asked.text
    held.refresh_from_db()
    client.post(page(held, "write/"), whole(held, step="enter", code=the_code()))
    held.refresh_from_db()
    assert held.status == "submitted"


def test_whoever_leaves_to_sign_in_comes_back_to_the_saved_draft(client, held):
    response = client.post(page(held, "submit/"), whole(held, step="sign_in", email=""))
    assert response.headers["Location"] == f"/accounts/login/?next={page(held, 'write/')}"
    held.refresh_from_db()
    assert held.title == WHOLE["title"]
    long = whole(held, step="sign_in", biography="b" * 500)
    text = client.post(page(held, "submit/"), long).text
    assert "b" * 500 in text
    assert "saved in another window first" not in text


def test_enter_anywhere_else_only_saves(client, held, sami, signed_in):
    client.post(page(held, "submit/"), whole(held, step="send", email="nadia@example.org"))
    for person in (None, sami):
        browser = signed_in(person) if person else client
        held.refresh_from_db()
        assert browser.post(page(held, "write/"), whole(held, step="enter", code="")).status_code == 302
        held.refresh_from_db()
        assert held.status == "draft"


def test_digits_typed_before_something_was_missing_stay_in_their_field(client, held):
    client.post(page(held, "submit/"), whole(held, step="send", email="nadia@example.org"))
    held.refresh_from_db()
    text = client.post(page(held, "submit/"), whole(held, title="", step="confirm", code=the_code())).text
    assert f'value="{the_code()}"' in text


def test_a_piece_that_is_too_long_says_so_before_everything_else_is_filled_in(sami, signed_in):
    draft = makers.a_draft(sami, body=f"<p>{'word ' * 10_001}</p>")
    assert "at most 10,000 words; this one has 10,001" in signed_in(sami).get(page(draft)).text


def test_an_editor_who_submits_by_code_is_sent_to_sign_in(client, held, edith):
    client.post(page(held, "submit/"), whole(held, step="send", email=edith.email))
    held.refresh_from_db()
    response = client.post(page(held, "submit/"), whole(held, step="confirm", code=the_code()), follow=True)
    held.refresh_from_db()
    assert held.corresponding_author == edith
    assert held.status == "submitted"
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_whoever_signs_in_meanwhile_keeps_the_draft_by_the_next_press(client, held, sami, signed_in):
    signed_in(sami).post(page(held, "write/"), whole(held))
    held.refresh_from_db()
    assert held.corresponding_author == sami


def test_a_signed_in_student_submits_at_once(sami, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    browser.post(page(draft, "submit/"), whole(draft))
    draft.refresh_from_db()
    assert (draft.status, draft.title) == ("submitted", WHOLE["title"])
    assert draft.bylines.get().name == "Sami S."
    assert "you hear from one of them by" in browser.get(page(draft)).text


def test_submitting_twice_is_answered_with_what_happened_first(sami, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    browser.post(page(draft, "submit/"), whole(draft))
    again = browser.post(page(draft, "submit/"), whole(draft, title="A title typed too late"))
    assert again.status_code == 409
    assert "submitted the piece" in again.text
    assert "A title typed too late" in again.text


def test_a_draft_saves_itself(sami, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    answer = browser.post(page(draft, "save/"), whole(draft, title="Half a tit", biography=""))
    draft.refresh_from_db()
    assert answer.json() == {"version": draft.version}
    assert draft.title == "Half a tit"
    assert draft.bylines.get().biography == ""


def test_a_field_that_does_not_fit_keeps_the_others_from_being_lost(sami, signed_in):
    draft = makers.a_draft(sami)
    answer = signed_in(sami).post(page(draft, "save/"), whole(draft, title="t" * 201))
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "Every harbour" in draft.body
    assert draft.title == "A promise at night"


def test_two_windows_lose_nothing(sami, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    first, second = (
        whole(draft, body="<p>The first window.</p>"),
        whole(draft, body="<p>The second window.</p>"),
    )
    browser.post(page(draft, "save/"), first)
    told = browser.post(page(draft, "save/"), second)
    assert (told.status_code, told.json()["version"], "The first window." in told.json()["shown"]) == (409, 1, True)
    both = browser.post(page(draft, "write/"), second)
    assert "saved in another window first" in both.text
    assert "The first window." in both.text
    assert "The second window." in both.text
    draft.refresh_from_db()
    assert draft.body == "<p>The first window.</p>"
    browser.post(page(draft, "write/"), {**second, "version": draft.version})
    draft.refresh_from_db()
    assert draft.body == "<p>The second window.</p>"


@pytest.mark.parametrize("verb", ["save/", "write/"])
def test_a_page_counts_on_from_its_own_saves_that_were_never_answered(sami, signed_in, verb):
    draft, browser = makers.a_draft(sami), signed_in(sami)
    mine, others = "1111111111-1", "2222222222-2"
    browser.post(page(draft, "save/"), whole(draft, title="At noon", save=mine))
    browser.post(page(draft, verb), whole(draft, title="At midnight", after=f"3333333333-3 {mine}"))
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("At midnight", 2)
    browser.post(page(draft, "save/"), whole(draft, title="At dawn", save=others))
    late = browser.post(page(draft, verb), whole(draft, version=0, title="At dusk", after=mine))
    draft.refresh_from_db()
    assert (draft.title, "At dawn" in late.text) == ("At dawn", True)


def test_a_session_that_ended_gives_the_text_back(client, sami):
    draft = makers.a_draft(sami)
    response = client.post(page(draft, "write/"), whole(draft))
    assert response.status_code == 401
    assert "Every harbour is a promise to somebody at sea." in response.text


def test_an_answer_that_needs_words_asks_for_them_in_its_place(sami, signed_in):
    draft = makers.a_draft(sami)
    browser = signed_in(sami)
    refused = browser.post(page(draft, "submit/"), whole(draft, interests="yes"))
    assert "Say what the conflict of interest is." in refused.text
    draft.refresh_from_db()
    browser.post(
        page(draft, "submit/"), whole(draft, interests="yes", interests_words="My aunt owns the port.")
    )
    draft.refresh_from_db()
    assert (draft.status, draft.declarations.by_key()["interests"].words) == ("submitted", "My aunt owns the port.")
    assert "My aunt owns the port." in browser.get(page(draft)).text


def test_who_did_not_see_the_words_as_they_are_is_asked_again_and_loses_nothing(sami, signed_in):
    draft = makers.a_draft(sami)
    late = whole(draft, wording="as it was", elsewhere="yes", elsewhere_words="With the Harbour Review.")
    refused = signed_in(sami).post(page(draft, "submit/"), late)
    assert "The wording below has changed while this page was open." in refused.text
    assert "With the Harbour Review." in refused.text
    draft.refresh_from_db()
    assert (draft.status, draft.declarations.by_key()["elsewhere"].answer) == ("draft", "no")


def test_an_author_sends_her_changes_back(sami, edith, signed_in):
    piece = makers.with_author(sami, edith)
    browser = signed_in(sami)
    assert "Please say who signed it." in browser.get(page(piece)).text
    browser.post(page(piece, "resubmit/"), whole(piece))
    piece.refresh_from_db()
    assert (piece.status, piece.editor, piece.title) == ("in_review", edith, WHOLE["title"])


def test_an_author_gets_two_more_weeks_once(sami, edith, signed_in):
    piece = makers.with_author(sami, edith)
    day = timezone.localdate(piece.due_at)
    browser = signed_in(sami)
    browser.post(page(piece, "extend/"), {"seen": piece.turn})
    piece.refresh_from_db()
    assert timezone.localdate(piece.due_at) == day + timedelta(days=14)
    assert "The date was moved once already." in browser.get(page(piece)).text
    assert browser.post(page(piece, "extend/"), {"seen": piece.turn}).status_code == 409


def test_an_author_takes_back_and_discards(sami, signed_in, settings):
    piece = makers.a_submitted(sami)
    browser = signed_in(sami)
    browser.post(page(piece, "take_back/"))
    assert "Discard this draft?" in browser.get(page(piece, "discard/")).text
    browser.post(page(piece, "discard/"), opened(browser, page(piece, "discard/"), "version"))
    assert not Submission.objects.exists()


@pytest.mark.parametrize("garbled", ["", "²", "-1", None])
def test_a_draft_written_on_in_another_window_is_not_discarded_unread(garbled, sami, signed_in):
    draft, browser = makers.a_draft(sami), signed_in(sami)
    address = page(draft, "discard/")
    form = opened(browser, address, "version")
    draft.write(by=sami, version=draft.version, body="<p>An hour of work.</p>")
    late = browser.post(address, form)
    assert late.status_code == 409
    assert "The draft was changed in another window" in late.text
    assert browser.post(address, {} if garbled is None else {"version": garbled}).status_code == 409
    assert Submission.objects.get().body == "<p>An hour of work.</p>"
    assert browser.post(address, fields_of(late, "version")).status_code == 302
    assert not Submission.objects.exists()


def test_only_drafts_are_discarded(sami, signed_in):
    piece = makers.a_submitted(sami)
    assert signed_in(sami).post(page(piece, "discard/")).status_code == 409
    assert signed_in(sami).get(page(piece, "discard/")).status_code == 302


def test_an_author_approves_exactly_what_she_read(sami, edith, signed_in):
    piece = makers.a_proof(sami, edith)
    browser = signed_in(sami)
    proof = browser.get(page(piece, "sign_off/")).text
    assert "Every treaty is a promise" in proof
    digest = re.search(r'name="digest" value="(\w{64})"', proof)[1]
    changed = browser.post(page(piece, "sign_off/"), {"digest": "0" * 64})
    assert changed.status_code == 409
    assert "The text has changed since you read it." in changed.text
    browser.post(page(piece, "sign_off/"), {"digest": digest})
    piece.refresh_from_db()
    assert piece.status == "ready"


def test_an_author_asks_for_a_correction_in_words(sami, edith, signed_in):
    piece = makers.a_proof(sami, edith)
    browser = signed_in(sami)
    assert (
        "Say what should be corrected, or" in browser.post(page(piece, "request_correction/"), {"note": ""}).text
    )
    browser.post(page(piece, "request_correction/"), {"note": "March, not May."})
    piece.refresh_from_db()
    assert piece.status == "accepted"
    assert "March, not May." in browser.get(page(piece)).text


def test_an_author_withdraws(sami, edith, signed_in):
    piece = makers.in_review(sami, edith)
    browser = signed_in(sami)
    assert "Withdraw this piece?" in browser.get(page(piece, "withdraw/")).text
    browser.post(page(piece, "withdraw/"), {"note": "", **as_now(piece)})
    piece.refresh_from_db()
    assert piece.status == "withdrawn"


def test_the_story_names_no_editor(sami, edith, eno, maggie, signed_in):
    piece = makers.in_review(sami, edith)
    piece.reassign(by=maggie, to=eno)
    text = signed_in(sami).get(page(piece)).text
    assert "You submitted the piece." in text
    assert "The editors took the piece up." in text
    for person in (edith, eno, maggie):
        assert person.name not in text


def test_editors_read_at_the_desk(sami, edith, signed_in):
    piece = makers.a_submitted(sami)
    response = signed_in(edith).get(page(piece))
    assert response.status_code == 302
    assert response.url == reverse("admin:submission", args=[piece.code])
    assert signed_in(edith).post(page(piece, "withdraw/"), {"note": "no"}).status_code == 302
    piece.refresh_from_db()
    assert piece.status == "submitted"


def test_a_co_author_sees_it_and_approves_it_but_changes_nothing(sami, rosa, edith, signed_in):
    piece = makers.a_proof(sami, edith)
    piece.bylines.create(order=2, name="Rosa", author=Author.called("Rosa", user=rosa))
    browser = signed_in(rosa)
    text = browser.get(page(piece)).text
    assert "Read the proof and approve it" in text
    assert digest_of(piece) in browser.get(page(piece, "sign_off/")).text
    assert "Withdraw this piece" not in text
    assert "Sami Student submitted the piece." in text
    assert browser.post(page(piece, "withdraw/"), {"note": "no", **as_now(piece)}).status_code == 403
    assert browser.post(page(piece, "write/"), whole(piece)).status_code == 403
    browser.post(page(piece, "sign_off/"), {"digest": digest_of(piece)})
    piece.refresh_from_db()
    assert piece.status == "proof"
    assert unsigned_by(piece) == {sami.pk}


@pytest.mark.parametrize("version", ["", "-1", "9" * 40, "one", "\x00"])
def test_a_version_nobody_was_given_loses_nothing(version, sami, signed_in):
    draft = makers.a_draft(sami)
    response = signed_in(sami).post(page(draft, "write/"), whole(draft, version=version))
    assert "saved in another window first" in response.text
    assert WHOLE["title"] in response.text


def test_strangers_find_nothing(sami, rosa, client, signed_in):
    piece = makers.a_submitted(sami)
    for what in ("", "write/", "sign_off/", "withdraw/", "discard/", "figures/"):
        assert client.get(page(piece, what)).status_code == 302
    browser = signed_in(rosa)
    for what in ("", "write/", "sign_off/", "withdraw/", "discard/", "figures/"):
        assert browser.get(page(piece, what)).status_code == 404
    assert browser.get("/submissions/unknown/").status_code == 404


@pytest.mark.parametrize("state", makers.SUBMISSIONS_IN)
def test_every_state_says_whose_turn_it_is(state, sami, edith, maggie, signed_in):
    who = SimpleNamespace(author=sami, editor=edith, publisher=maggie)
    piece = makers.SUBMISSIONS_IN[state](who)
    browser = signed_in(sami)
    sentence = Standing(piece, sami).sentence
    assert sentence in browser.get(page(piece)).text
    assert sentence in browser.get("/submissions/").text


def test_my_pieces_are_mine(sami, rosa, signed_in, client):
    makers.a_submitted(sami)
    assert client.get("/submissions/").status_code == 302
    assert "A promise at night" not in signed_in(rosa).get("/submissions/").text
    assert "A promise at night" in signed_in(sami).get("/submissions/").text


def test_drafts_held_by_a_browser_are_offered(client, held):
    assert held.get_absolute_url() in client.get("/submissions/").text


def test_her_pieces_take_the_same_queries_for_one_and_three(
    sami, edith, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sami)
    for _ in range(3):
        makers.a_proof(sami, edith)
        with django_assert_max_num_queries(12):
            browser.get("/submissions/")
