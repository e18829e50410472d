"""Editors work through what waits for them, with a mouse, on a phone, and by keyboard alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Submission
from articles.signing import digest_of
from tests import makers
from tests.browser.accessible import assert_accessible
from tests.browser.letters import letter_to

PASSWORD = "a long password of hers"
MOST_TABS = 150
FOCUSED = "() => (document.activeElement.innerText || document.activeElement.name || '').trim()"


def signs_in(page, person):
    """Sign in by the site's own door, on the way to the desk."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in with the password").click()
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()


def opens(page, title):
    page.goto("/admin/")
    page.locator(".desk-row").get_by_role("link", name=title).click()


def presses(page, label):
    """Press a button of the review page; some ask for more on a page of their own."""
    asks = page.get_by_role("link", name=f"{label} …")
    asks.or_(page.get_by_role("button", name=label, exact=True)).click()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_edith_brings_a_piece_to_its_proof_and_maggie_publishes(open_browser, sami, edith, maggie, work, size):
    makers.a_submitted(sami)
    desk = open_browser(size, javascript=size == "desktop")
    signs_in(desk, edith)
    opens(desk, "A promise at night")
    presses(desk, "I’ll handle this")
    expect(desk.get_by_text("Handled by you.")).to_be_visible()
    work()

    presses(desk, "Ask for changes")
    desk.get_by_label("Your letter to the author").fill("Please say who signed it, and when.")
    desk.get_by_label("Changes by").fill("2000-01-01")
    desk.get_by_role("button", name="Ask for changes").click()
    expect(desk.get_by_text("Choose a day from tomorrow on").first).to_be_visible()
    expect(desk.get_by_label("Your letter to the author")).to_have_value("Please say who signed it, and when.")
    desk.get_by_label("Changes by").fill(f"{timezone.localdate() + timedelta(days=10):%Y-%m-%d}")
    desk.get_by_role("button", name="Ask for changes").click()
    expect(desk.get_by_text("Done: you asked for changes.")).to_be_visible()
    work()
    assert "Please say who signed it, and when." in letter_to(sami.email).text

    Submission.objects.get().resubmit(by=sami)
    opens(desk, "A promise at night")
    presses(desk, "Accept")
    desk.get_by_role("button", name="Accept").click()
    classifies(desk)
    desk.get_by_role("link", name="Edit the text").click()
    desk.get_by_label("Title").fill("A promise by night")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("heading", level=1, name="A promise by night")).to_be_visible()
    presses(desk, "Send the proof")
    expect(desk.get_by_text("Done: you sent the proof.")).to_be_visible()
    assert_accessible(desk)

    piece = Submission.objects.get()
    piece.sign_off(by=sami, digest=digest_of(piece))
    publishes(open_browser(size, javascript=size == "desktop"), maggie)


def classifies(desk):
    desk.get_by_role("link", name="Kind, topics, regions").click()
    desk.get_by_label("Kind").select_option(label="Essay")
    desk.get_by_label("Main topic").select_option(label="Diplomacy")
    desk.get_by_label("Europe: Southern").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("heading", name="Where it stands")).to_be_visible()


def publishes(desk, maggie):
    """Set a date, move it, call it off, and publish at once."""
    signs_in(desk, maggie)
    opens(desk, "A promise by night")
    presses(desk, "Publish")
    desk.get_by_label("At the day and hour below").check()
    desk.get_by_label("Day", exact=True).fill(in_days(3))
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_text("Say at what hour.").first).to_be_visible()
    expect(desk.get_by_label("Day", exact=True)).to_have_value(in_days(3))
    desk.get_by_label("Hour", exact=True).fill("09:00")
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_text("It appears on")).to_be_focused()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("It appears on")).to_be_visible()
    presses(desk, "Move the date")
    desk.get_by_label("Day", exact=True).fill(in_days(5))
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("button", name="Move the date").click()
    expect(desk.get_by_text("Done: you moved the date of publication.")).to_be_visible()
    assert Article.objects.get().published_at > timezone.now() + timedelta(days=4)
    desk.goto("/")
    expect(desk.get_by_role("link", name="A promise by night")).to_have_count(0)
    desk.goto(f"/admin/submissions/{Submission.objects.get().code}/")
    presses(desk, "Call off publication")
    expect(desk.get_by_text("Done: you called off publication.")).to_be_visible()
    presses(desk, "Publish")
    desk.get_by_label("Now").check()
    desk.get_by_role("button", name="Go on").click()
    expect(desk.get_by_text("Readers can see it at once.")).to_be_focused()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_role("link", name="See the published piece")).to_be_visible()
    desk.goto("/")
    expect(desk.locator("main").get_by_role("link", name="A promise by night").first).to_be_visible()


def in_days(days):
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%d}"


def test_eno_takes_a_piece_up_by_keyboard_alone(page, sami, eno):
    makers.a_submitted(sami)
    eno.set_password(PASSWORD)
    eno.save(update_fields=["password"])
    page.goto("/admin/")
    tab_to(page, "login")
    page.keyboard.type(eno.email)
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    tab_to(page, "A promise at night")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="A promise at night")).to_be_visible()
    tab_to(page, "I’ll handle this")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Handled by you.")).to_be_visible()
    tab_to(page, "Decline …")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Decline")).to_be_visible()
    for field, words in {"strength": "It is clear.", "improve": "Say who signed."}.items():
        tab_to(page, field)
        page.keyboard.type(words)
    tab_to(page, "invited")
    page.keyboard.press("Space")
    tab_to(page, "letter")
    page.keyboard.press("Control+A")
    page.keyboard.type("Not for us, with thanks.")
    tab_to(page, "Decline")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Done: you declined the piece.")).to_be_visible()
    assert Submission.objects.get().status == "declined"


def tab_to(page, stop):
    """Press Tab until the focus stands there, and see it there."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == stop:
            return
    pytest.fail(f"Tab does not lead to “{stop}” on {page.url}")


def test_edith_sets_spam_aside_in_bulk(without_js, rosa, edith, sign_in):
    for title in ["Cheap watches", "Cheaper watches", "A real essay"]:
        makers.a_submitted(rosa, title=title)
    desk = sign_in(without_js, edith)
    desk.goto("/admin/submissions/?state=submitted")
    for title in ["Cheap watches", "Cheaper watches"]:
        desk.get_by_label(f"Not a submission: {title}").check()
    assert_accessible(desk)
    desk.get_by_role("button", name=re.compile("aside")).click()
    expect(desk.get_by_text("2 pieces were set aside as no submission.")).to_be_visible()
    assert list(Submission.objects.filter(status="submitted").values_list("title", flat=True)) == ["A real essay"]


@pytest.mark.parametrize("size", ["desktop", "tablet", "phone"])
def test_what_edith_may_tick_and_the_letter_beside_it_are_level(open_browser, rosa, edith, sign_in, size):
    makers.a_submitted(rosa, title="Cheap watches")
    desk = sign_in(open_browser(size), edith)
    desk.goto("/admin/submissions/")
    tick, letter = desk.locator(".desk-tick"), desk.get_by_role("link", name="Not our subject")
    assert _size(tick) == _size(letter)
    left, right = tick.bounding_box(), letter.bounding_box()
    assert left["y"] + left["height"] / 2 == pytest.approx(right["y"] + right["height"] / 2, abs=2)
    assert left["x"] + left["width"] < right["x"]


def _size(words):
    return words.evaluate("(it) => getComputedStyle(it).fontSize")


def test_who_comes_second_gets_her_letter_back(page, sami, edith, eno, sign_in, work):
    piece = makers.a_submitted(sami)
    sign_in(page, edith).goto(f"/admin/submissions/{piece.code}/decline/")
    page.get_by_label("Your letter to the author").fill("This letter took me an hour.")
    piece.take_up(by=eno)
    piece.decline(by=eno, letter="Mine took a minute.")
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_role("heading", name="Something else came first")).to_be_visible()
    expect(page.get_by_text("declined the piece")).to_be_visible()
    expect(page.get_by_label("Letter")).to_have_value("This letter took me an hour.")
    assert_accessible(page)
    work()
    assert "Mine took a minute." in letter_to(sami.email).text
