"""The rich text editor in a real browser, on a page of the desk, under the site's own policy."""

import pytest
from playwright.sync_api import expect

from forum.pages.models import Page

FROM_GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">'
    '<p dir="ltr" style="line-height:1">'
    '<span style="font-weight:400">Plain, </span><span style="font-weight:700">bold</span> '
    '<span style="font-style:italic">and slanted</span></p><br></b>'
)
PASTE = """(html) => {
    const data = new DataTransfer()
    data.setData("text/html", html)
    const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
    document.querySelector("[role=textbox]").dispatchEvent(paste)
}"""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
EVERYTHING = (
    '<h2>One</h2><p dir="rtl">Two<span class="footnote">See <em>three</em> and '
    '<a href="https://e.example/">four</a>.</span> five</p>'
    '<figure data-picture="abcdefgh12"><figcaption>Six</figcaption></figure><ol start="3"><li>Seven</li></ol>'
    '<table><caption>Eight</caption><thead><tr><th scope="col">Nine</th></tr></thead>'
    "<tbody><tr><td>Ten</td></tr></tbody></table><blockquote><p>Eleven</p></blockquote><hr><pre>Twelve</pre>"
)


@pytest.fixture
def desk(open_browser, sign_in, ada):
    """Open the page for writing, with this text on it."""
    about = Page.objects.by_slug("about")

    def open_page(body, **options):
        Page.objects.filter(pk=about.pk).update(body=body)
        page = sign_in(open_browser(**options), ada)
        page.goto(f"/admin/pages/page/{about.pk}/change/")
        return page

    yield open_page
    about.save(update_fields=["body", "html"])


def saved(page):
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/pages/page/")
    return Page.objects.by_slug("about").body


def test_the_fault_of_an_empty_text_leads_into_the_editor(desk):
    page = desk("")
    page.locator("input[name=_save]").click()
    page.get_by_role("link", name="Body: This field is required.").click()
    expect(page.get_by_role("textbox", name="Body")).to_be_focused()
    page.keyboard.type("Written after all.")
    assert saved(page) == "<p>Written after all.</p>"


def test_what_is_written_with_the_toolbar_is_saved(desk):
    page = desk("")
    page.get_by_role("textbox", name="Body").click()
    page.keyboard.type("Plain and ")
    page.get_by_role("button", name="bold").click()
    page.keyboard.type("bold")
    page.get_by_role("button", name="bold").click()
    page.keyboard.type(" words.")
    page.get_by_role("button", name="Footnote").click()
    page.get_by_role("dialog", name="Footnote").wait_for()
    page.keyboard.type("See the treaty")
    page.get_by_role("button", name="Insert note").click()
    page.wait_for_function("document.activeElement.closest('.ProseMirror')")  # the cursor is back in the text
    page.keyboard.type(" And on.")
    expected = (
        '<p>Plain and <strong>bold</strong> words.<span class="footnote">See the treaty</span> And on.</p>'
    )
    assert saved(page) == expected


def test_a_note_is_changed_and_removed_by_keyboard(desk):
    page = desk('<p>A<span class="footnote">first</span>B</p>')
    page.get_by_role("textbox", name="Body").focus()
    for key in ["Control+Home", "ArrowRight", "ArrowRight", "Enter"]:
        page.keyboard.press(key)
        page.evaluate(NEXT_FRAME)  # the editor hears of a moved cursor a moment later
    page.get_by_role("dialog", name="Footnote").wait_for()
    page.keyboard.type(" and second")
    page.get_by_role("button", name="Change note").press("Enter")
    page.get_by_role("dialog", name="Footnote").wait_for(state="detached")
    assert saved(page) == '<p>A<span class="footnote">first and second</span>B</p>'


def test_escape_leaves_a_note_as_it_was(desk):
    page = desk("<p>A</p>")
    page.get_by_role("button", name="Footnote").click()
    page.get_by_role("dialog", name="Footnote").wait_for()
    page.keyboard.type("A second thought")
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Footnote").wait_for(state="detached")
    assert saved(page) == "<p>A</p>"


def test_a_google_document_keeps_its_bold_and_only_that(desk):
    page = desk("")
    page.get_by_role("textbox", name="Body").click()
    page.evaluate(PASTE, FROM_GOOGLE)
    assert saved(page) == "<p>Plain, <strong>bold</strong> <em>and slanted</em></p>"


def test_the_editor_gives_everything_a_body_may_hold_back(desk):
    page = desk(EVERYTHING)
    page.get_by_role("textbox", name="Body").locator("pre").click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    assert saved(page) == EVERYTHING.replace("Twelve", "Twelve!")


def test_without_scripts_a_plain_box_takes_paragraphs(desk):
    page = desk("", javascript=False)
    page.get_by_label("Body").fill("One\nstill one\n\nTwo")
    assert saved(page) == "<p>One<br>still one</p><p>Two</p>"
