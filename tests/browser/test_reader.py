"""A reader looks around, argues with nobody, and joins the mailing list."""

import re

import pytest
from playwright.sync_api import expect

from alerts.models import Subscriber
from articles.models import Message
from articles.signing import digest_of
from tests import makers
from tests.browser.letters import letter_to, link_in

SHIFTS = """() => new Promise((done) => {
    const seen = []
    new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({type: "layout-shift", buffered: true})
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(seen.length), 50)))
})"""


@pytest.fixture
def both_sides(sami, eno, edith, maggie):
    """One question and a piece on either side of it."""
    question = makers.a_question()
    for author, stance, title in [(sami, "yes", "A promise at night"), (eno, "no", "Sign by daylight")]:
        piece = makers.an_accepted(author, edith, title=title, standfirst=f"Why the answer is {stance}.")
        piece.answers.create(question=question, stance=stance)
        piece.send_proof(by=edith)
        piece.sign_off(by=author, digest=digest_of(piece))
        piece.publish(by=maggie)
    return question


def heading(page, words):
    return expect(page.get_by_role("heading", level=1, name=words))


def test_nadia_closes_the_welcome_panel_with_its_x(open_browser, both_sides, scripts):
    page = open_browser("phone", javascript=scripts)
    page.goto("/")
    panel = page.locator("details.welcome")
    expect(panel).to_have_attribute("open", "")
    page.locator("details.welcome > summary").click()
    expect(panel).not_to_have_attribute("open", "")
    page.goto("/")
    if scripts:
        expect(panel).not_to_have_attribute("open", "")
        assert page.evaluate(SHIFTS) == 0
    else:
        expect(panel).to_have_attribute("open", "")


PRESS_AT_ONCE = """new MutationObserver((_, watch) => {
    const cross = document.querySelector("details.welcome > summary")
    if (cross) watch.disconnect()
    cross?.click()
}).observe(document, { childList: true, subtree: true })"""


def test_the_welcome_panel_obeys_whoever_is_faster_than_the_page(page, both_sides):
    page.add_init_script(PRESS_AT_ONCE)
    for is_open in (False, True, False):
        page.goto("/")
        expect(page.locator("details.welcome")).to_have_js_property("open", is_open)


def test_nadia_reads_a_piece_and_the_other_side(open_browser, both_sides, scripts):
    page = open_browser(javascript=scripts)
    page.goto("/")
    page.locator("main").get_by_role("link", name="A promise at night", exact=True).first.click()
    heading(page, "A promise at night").to_be_visible()

    page.locator(".article-body sup a").click()
    expect(page).to_have_url(re.compile(r"#"))
    note = page.locator(":target")
    expect(note).to_contain_text("See the preamble.")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name=re.compile("back|return", re.IGNORECASE)).click()
    expect(page.locator(":target")).to_be_in_viewport()

    page.locator(".other-side").get_by_role("link", name="Sign by daylight").click()
    heading(page, "Sign by daylight").to_be_visible()
    expect(page.locator(".other-side")).to_contain_text("A promise at night")


def test_nadia_finds_her_way_through_the_magazine(open_browser, both_sides, scripts):
    page = open_browser("phone", javascript=scripts)
    page.goto("/")
    page.locator("main").get_by_role("link", name="Sign by daylight", exact=True).first.click()
    heading(page, "Sign by daylight").to_be_visible()
    article = page.url
    filed = page.get_by_role("list", name="Filed under")
    for name in ["Essay", "Diplomacy", "Southern Europe"]:
        filed.get_by_role("link", name=name).click()
        heading(page, name).to_be_visible()
        page.get_by_role("link", name="Sign by daylight", exact=True).click()
        expect(page).to_have_url(article)
    page.locator(".byline").get_by_role("link", name="Eno Editor").click()
    heading(page, "Eno Editor").to_be_visible()
    page.get_by_text("Topics", exact=True).click()
    page.locator(".menu-list").get_by_role("link", name="Diplomacy", exact=True).click()
    heading(page, "Diplomacy").to_be_visible()
    page.get_by_text("Regions", exact=True).click()
    page.locator(".menu-tree").get_by_role("link", name="Southern Europe").click()
    heading(page, "Southern Europe").to_be_visible()
    sections = page.get_by_role("navigation", name="Sections")
    sections.get_by_role("link", name="Archive").click()
    expect(page.locator("main")).to_contain_text("Sign by daylight")
    sections.get_by_role("link", name="Questions").click()
    page.get_by_role("link", name=both_sides.title).first.click()
    heading(page, both_sides.title).to_be_visible()
    sections.get_by_role("searchbox").fill("daylight")
    sections.get_by_role("button", name="Search").click()
    expect(page.get_by_text("2 pieces, the best first")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Sign by daylight")).to_be_visible()


def test_nadia_joins_the_mailing_list_and_leaves_it(open_browser, work, scripts):
    page = open_browser("phone", javascript=scripts)
    page.goto("/")
    page.get_by_role("link", name="Join Mailing List").click()
    page.get_by_label("Your e-mail address").fill("nadia@example.org")
    page.get_by_role("button", name="Join").click()
    heading(page, "Look in your mail").to_be_visible()
    work()
    letter = letter_to("nadia@example.org")
    page.goto(link_in(letter))
    assert Subscriber.objects.get().status == "pending", "only the press confirms, not the visit"
    page.get_by_role("button", name="Yes, send me mail").click()
    expect(page.get_by_text("This address is on the list.")).to_be_visible()
    page.get_by_role("button", name=re.compile("leave|stop|no", re.IGNORECASE)).click()
    expect(page.get_by_text("This address is not on the list")).to_be_visible()


def test_nadia_suggests_a_correction_and_reads_the_answer(open_browser, article, edith, scripts):
    page = open_browser(javascript=scripts)
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="Suggest a correction").click()
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".problem").or_(page.locator("textarea:invalid")).first).to_be_visible()
    page.get_by_label("What is wrong, and what would be right?").fill("It was signed in April, not in March.")
    page.get_by_role("button", name="Send").click()
    heading(page, "Your message has arrived").to_be_visible()
    expect(page.get_by_role("blockquote")).to_contain_text("in April")
    Message.objects.get().answer(by=edith, text="You are right. Thank you.")
    page.reload()
    expect(page.get_by_text("You are right. Thank you.")).to_be_visible()
