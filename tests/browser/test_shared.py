"""One computer, several people: what a window keeps is found by her alone who typed it, and goes when she goes."""

import pytest
from playwright.sync_api import expect

from tests import makers

WORDS = "Treaties outlive those who sign them."
KEPT = "() => Object.keys(sessionStorage)"


@pytest.fixture
def margin(sami, settings):
    """The address of a form of the desk that two editors may open."""
    settings.STAFF_SECOND_FACTOR = False
    piece = makers.a_submitted(sami)
    return f"/admin/submissions/{piece.code}/notes/add/"


@pytest.fixture
def box(page, article):
    """The box for a comment, opened anew each time."""

    def opened():
        page.goto(article.get_absolute_url())
        return page.locator("#comment-form").get_by_label("Your comment")

    return opened


def test_who_comes_after_her_finds_nothing_of_a_comment_and_nothing_is_left_of_it(box, page, rosa, sami, sign_in):
    sign_in(page, rosa)
    box().fill(WORDS)
    expect(box()).to_have_value(WORDS)
    page.context.clear_cookies()
    expect(box()).to_have_value("")
    sign_in(page, rosa)
    expect(box()).to_have_value(WORDS)
    sign_in(page, sami)
    expect(box()).to_have_value("")
    assert page.evaluate(KEPT) == []


def test_an_editor_finds_her_unsaved_note_again_and_another_does_not(page, margin, edith, eno, sign_in):
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/kept/", lambda route: route.abort())
    for editor in (edith, eno):
        sign_in(page, editor).goto(margin)
        note = page.get_by_label("Your note")
        expect(note).to_have_value("")
        note.fill(f"{editor.name}: {WORDS}")
        page.reload()
        expect(note).to_have_value(f"{editor.name}: {WORDS}")
        page.context.clear_cookies()


def test_who_signs_out_leaves_nothing_behind(box, page, margin, edith, sign_in):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, edith)
    box().fill(WORDS)
    page.goto(margin)
    page.route("**/kept/", lambda route: route.abort())
    page.get_by_label("Your note").fill(WORDS)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Login")).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_what_was_typed_before_signing_in_is_still_there_after_it(box, page, rosa, sign_in):
    box().fill(WORDS)
    sign_in(page, rosa)
    expect(box()).to_have_value(WORDS)
