"""Where a page stands after it was sent: at what is wrong with it, or at the field that is needed next."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Author
from tests.browser.accessible import assert_accessible
from tests.browser.letters import code_for

FOCUSED = """() => {
    const it = document.activeElement, place = it.getBoundingClientRect();
    const seen = place.bottom > 0 && place.top < innerHeight;
    return [it.dataset.faults === undefined ? it.id : "faults", seen];
}"""


def assert_focus(page, where):
    """Wait until the focus is on `where`, in view: a press answers before its page has come."""
    for _ in range(50):
        page.wait_for_load_state()
        found = page.evaluate(FOCUSED)
        if found == [where, True]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(found)


def test_a_refused_form_begins_with_its_faults(open_browser, scripts):
    page = open_browser("phone", javascript=scripts)
    page.goto("/contact/#id_text")
    page.get_by_label("Your message").fill("Who signed the treaty in March?")
    page.get_by_label("Your e-mail address").fill("reader@nowhere")
    page.get_by_role("button", name="Send").click()
    for _ in range(2):
        expect(page).to_have_title("Error: Contact us · International Affairs Forum")
        assert_focus(page, "faults")
        assert_accessible(page)
        page.get_by_role("link", name="Your e-mail address: ").click()
        assert_focus(page, "id_email")
        page.get_by_role("button", name="Send").click()


def test_an_empty_draft_begins_with_what_it_lacks(page, sami, sign_in):
    sign_in(page, sami).goto("/get-published/new/")
    page.get_by_role("textbox", name="Write or paste your text here").fill("A promise.")
    page.get_by_role("button", name="Go on").last.click()
    page.get_by_label("Title").wait_for()
    page.get_by_role("button", name="Submit").last.click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_focus(page, "faults")
    page.get_by_role("link", name="Title: Give your piece a title.").click()
    assert_focus(page, "id_title")


def test_the_admins_own_forms_begin_so_too(page, edith, sign_in):
    author = Author.objects.create(name="Nina Novak", slug="nina-novak")
    sign_in(page, edith).goto(f"/admin/articles/author/{author.pk}/change/")
    page.get_by_label("Web page").fill("nowhere")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_focus(page, "faults")
    assert_accessible(page)
    page.get_by_role("link", name="Web page").click()
    assert_focus(page, "id_link")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_first_comment_stands_each_time_at_the_field_that_is_needed_next(scripts, article, open_browser):
    page = open_browser("phone", javascript=scripts)
    page.goto(article.get_absolute_url())
    page.locator("#comment-form").get_by_label("Your comment").fill("Treaties outlive those who sign them. " * 9)
    page.get_by_role("button", name="Preview my comment").click()
    assert_focus(page, "id_name")
    page.get_by_label("Your name").fill("Wanda Writer")
    page.get_by_label("Your e-mail address").fill("wanda@example.org")
    page.get_by_role("button", name="Send me a code").click()
    assert_focus(page, "id_code")
    code = code_for("wanda@example.org")
    page.get_by_label("The six digits").fill(f"{(int(code) + 1) % 1_000_000:06}")
    page.get_by_role("button", name="Post my comment").click()
    expect(page).to_have_title(re.compile("^Error: "))
    assert_focus(page, "id_code")
    page.get_by_label("The six digits").fill(code)
    page.get_by_role("button", name="Post my comment").click()
    expect(page.get_by_text("Treaties outlive").first).to_be_visible()
