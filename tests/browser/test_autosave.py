"""A page that saves itself says "Saved" only of what is saved, and never takes itself for somebody else."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from tests import makers

SAVED = re.compile(r"Saved \d\d:\d\d")
WITH_NOBODY = """() => {
  const field = document.querySelector("[name=co_authors]")
  if (field && !document.querySelector("[name=title]").value) field.value = "Nobody"
}"""
LOOKED_AT = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def draft(sami, page, sign_in):
    """Sami's draft, open to be written."""
    piece = makers.a_draft(sami)
    sign_in(page, sami).goto(f"{piece.get_absolute_url()}write/")
    return piece


@pytest.fixture
def manuscript(sami, edith, page, sign_in, settings):
    """An accepted piece, its text open at the desk."""
    settings.STAFF_SECOND_FACTOR = False
    piece = makers.an_accepted(sami, edith)
    sign_in(page, edith).goto(reverse("admin:submission_text", args=[piece.code]))
    return piece


def leaves(page):
    """Close the window and stay where it asks; return whether it asked."""
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    other = page.context.new_page()
    page.once("dialog", stay)
    page.close(run_before_unload=True)
    other.wait_for_timeout(1000)
    return asked == ["beforeunload"]


def says(page, words):
    expect(page.locator("[data-saved]")).to_contain_text(words)


def writes_elsewhere(piece, by, **text):
    piece.refresh_from_db()
    piece.write(by=by, version=piece.version, **text)


def sign_out(piece, by):
    Session.objects.all().delete()


FAILURES = {
    "signed out": (sign_out, "At noon", "you are signed out"),
    "changed elsewhere": (
        lambda piece, by: writes_elsewhere(piece, by, title="At dawn"), "At noon", "in another window",
    ),
    "no title at the desk, no address in a draft": (lambda piece, by: None, "", "cannot be saved as they are"),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("place", ["draft", "manuscript"])
def test_what_is_not_saved_is_not_left_without_a_question(place, failure, page, request, sami, edith):
    piece = request.getfixturevalue(place)
    happens, title, said = FAILURES[failure]
    happens(piece, sami if place == "draft" else edith)
    page.get_by_label("Title").press_sequentially("!")
    page.get_by_label("Title").fill(title)
    page.evaluate(WITH_NOBODY)
    says(page, said)
    assert leaves(page)


def test_what_is_saved_is_left_without_a_question(draft, page):
    page.get_by_label("Title").press_sequentially("At noon")
    says(page, SAVED)
    assert not leaves(page)


def test_words_typed_just_before_a_reload_are_back_and_saved(draft, page):
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("textbox", name="Text").press_sequentially("Look: ")
    page.get_by_label("Title").fill("At noon")
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("At noon")
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("Look: Every treaty")
    page.get_by_label("Title").press_sequentially(" again")
    says(page, SAVED)
    assert page.get_by_text("in another window").count() == 0
    draft.refresh_from_db()
    assert "Look: Every treaty" in draft.body


def test_words_pressed_to_save_without_a_connection_are_back_and_saved(draft, page):
    address = page.url
    page.get_by_label("Title").fill("At noon")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.get_by_label("Title")).to_have_value("At noon")
    says(page, SAVED)


def test_words_that_arrived_by_the_save_button_are_not_put_back(draft, sami, page):
    address = page.url
    page.get_by_label("Title").fill("At noon")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("h1")).to_have_text("At noon")
    writes_elsewhere(draft, sami, title="At dawn")
    page.goto(address)
    expect(page.get_by_label("Title")).to_have_value("At dawn")


def test_words_put_back_after_a_reload_replace_nobody_elses(draft, sami, page):
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/save/", lambda route: route.abort())
    page.get_by_label("Title").press_sequentially("!")
    writes_elsewhere(draft, sami, title="At dawn")
    page.reload()
    page.unroute("**/save/")
    page.get_by_label("Title").fill("At noon")
    says(page, "in another window")
    draft.refresh_from_db()
    assert draft.title == "At dawn"


@pytest.mark.parametrize("next_press", ["Save", "reload"])
def test_a_save_whose_answer_was_lost_is_not_somebody_elses(draft, page, next_press):
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/save/", lose_the_answer, times=1)
    page.get_by_label("Title").press_sequentially("At noon")
    says(page, "there is no connection")
    page.get_by_label("Title").fill("At midnight")
    if next_press == "Save":
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("At midnight")
    else:
        page.reload()
        says(page, SAVED)
        expect(page.get_by_label("Title")).to_have_value("At midnight")
    assert page.get_by_text("in another window").count() == 0


def test_save_waits_for_the_save_on_its_way(draft, page):
    def dawdle(route):
        answer = route.fetch()
        page.get_by_label("Title").fill("At midnight")
        page.get_by_role("button", name="Save", exact=True).click(no_wait_after=True)
        route.fulfill(response=answer)

    page.route("**/save/", dawdle, times=1)
    page.get_by_label("Title").press_sequentially("At noon")
    expect(page.get_by_role("heading", level=1)).to_have_text("At midnight")
    assert page.get_by_text("in another window").count() == 0


@pytest.mark.parametrize("place", ["draft", "manuscript"])
def test_who_saves_second_sees_both_texts_and_replaces_by_a_press_alone(place, page, request, sami, edith):
    piece = request.getfixturevalue(place)
    writes_elsewhere(piece, sami if place == "draft" else edith, title="At dawn", body="<p>Something else.</p>")
    page.get_by_label("Title").fill("At noon")
    says(page, "in another window")
    expect(page.locator("details[open]")).to_contain_text("Something")
    page.get_by_label("Title").fill("At midnight")
    page.wait_for_timeout(3500)
    piece.refresh_from_db()
    assert piece.title == "At dawn"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    piece.refresh_from_db()
    assert piece.title == "At midnight"


def test_who_signs_in_again_in_another_tab_goes_on_where_she_was(draft, sami, page, sign_in):
    Session.objects.all().delete()
    page.get_by_label("Title").press_sequentially("At noon")
    says(page, "you are signed out")
    page.context.clear_cookies()
    sign_in(page, sami)
    page.evaluate(LOOKED_AT)
    says(page, SAVED)
    draft.refresh_from_db()
    assert "At noon" in draft.title
