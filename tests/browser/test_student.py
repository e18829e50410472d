"""A student sends a piece in from her phone, and always knows whose turn it is."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

import forum
from articles.models import Kind, Region, Submission, Topic
from tests import makers
from tests.browser.accessible import assert_accessible
from tests.browser.letters import code_for, letter_to, link_in

SAMPLE = Path(forum.__file__).with_name("demo") / "sample.docx"
JUNE = "june@example.org"
TITLE = "Who Should Pay for a Sinking Coast?"
DECLARES = [
    "I wrote it myself, and it has not been published before", "No, only with you", "No, nobody", "Not at all", "No",
    "I made them all",
]  # fmt: skip


def uploads(page, label="Your Word file", file=SAMPLE):
    page.get_by_label(label).set_input_files(file)
    page.get_by_role("button", name=re.compile("Go on|Send it")).first.click()


def declares(page):
    """Fill in all that is asked beside the text."""
    page.get_by_label("Your name as printed").fill("June Okafor")
    page.get_by_label("Two lines about you").fill("Studies economics in Lagos.")
    for answer in DECLARES:
        page.get_by_label(answer, exact=True).first.check()


def proves_her_address(page, button):
    """Get the code wrong once, then right."""
    page.get_by_label("Your e-mail address").fill(JUNE)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The six digits").fill("12")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("The code is six digits").first).to_be_visible()
    expect(page.get_by_label("Two lines about you")).to_have_value("Studies economics in Lagos.")
    page.get_by_label("The six digits").fill(code_for(JUNE))
    page.get_by_label("The six digits").press("Enter")


def test_june_sends_a_word_file_and_is_published(open_browser, work, edith, maggie, scripts):
    page = open_browser("phone", javascript=scripts)
    page.goto("/get-published/")
    page.get_by_role("link", name="Send a piece").first.click()
    uploads(page)

    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("heading", name="How we read your file")).to_be_visible()
    expect(page.locator(".report li").nth(1)).to_be_visible()
    page.locator("sup a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()
    assert_accessible(page)

    page.get_by_role("link", name="Go on: your name and declarations").first.click()
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    declares(page)
    page.get_by_label("Two lines about you").fill("")
    page.get_by_label("Your e-mail address").fill(JUNE)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_text("Write two lines about yourself.").first).to_be_visible()
    expect(page.get_by_label("Your name as printed")).to_have_value("June Okafor")
    page.get_by_label("Two lines about you").fill("Studies economics in Lagos.")
    proves_her_address(page, "Submit to the editors")
    expect(page.get_by_text("Thank you. Your piece is with the editors now.")).to_be_visible()

    page.goto("/submissions/")
    expect(page.locator(".shelf-piece")).to_contain_text("you hear from one of them by")

    piece = Submission.objects.get()
    piece.take_up(by=edith)
    due = timezone.now() + timedelta(days=14)
    piece.ask_for_changes(by=edith, letter="Please name the survey in the table.", due=due)
    work()
    page.goto(link_in(letter_to(JUNE)))
    expect(page.get_by_text("It is your turn: send the changes by")).to_be_visible()
    expect(page.get_by_text("Please name the survey in the table.")).to_be_visible()
    sends_a_newer_file(page)

    in_print(Submission.objects.get(), edith, work)
    page.goto(link_in(letter_to(JUNE)))
    expect(page.get_by_role("heading", name="Read every word once more")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Approve this exact text").click()
    turn = "you approved the text, and you hear the day of publication by"
    expect(page.locator(".turn-sentence")).to_contain_text(turn)

    Submission.objects.get().publish(by=maggie)
    page.reload()
    expect(page.get_by_role("heading", name="It is public")).to_be_visible()
    page.locator(".receipt a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".biography")).to_contain_text("Studies economics in Lagos.")


def sends_a_newer_file(page):
    """See what it changes, let it count, and send it back."""
    page.get_by_role("link", name="Send a newer file").click()
    uploads(page, "The newer Word file")
    expect(page.get_by_role("heading", name="What your file changes")).to_be_visible()
    page.get_by_role("button", name="Use this text").click()
    page.get_by_role("link", name="Send it back to the editor").first.click()
    expect(page.get_by_label("Your name as printed")).to_have_value("June Okafor")
    page.get_by_role("button", name="Send it back to the editor").click()
    expect(page.get_by_text("Thank you. Your changes are with your editor now.")).to_be_visible()


def in_print(piece, editor, work):
    """Let an editor accept, classify and send the proof."""
    work()
    piece.accept(by=editor)
    piece.classify(
        kind=Kind.objects.get(slug="student-essay"),
        topics=[Topic.objects.first()],
        regions=[Region.objects.get(slug="oceania")],
    )
    piece.send_proof(by=editor)
    work()


UNDER_THE_BAR = """() => {
    const [bar, it] = [document.querySelector(".savebar"), document.activeElement]
    const hidden = !bar.contains(it) && it.getBoundingClientRect().bottom > bar.getBoundingClientRect().top
    return hidden ? it.id : ""
}"""


def test_the_bar_with_the_button_hides_nothing_that_has_the_focus(phone, sami, edith, sign_in):
    points = [("must", f"Say who signed clause {number}.") for number in (1, 2, 3)]
    piece = makers.with_author(sami, edith, points=points)
    sign_in(phone, sami).goto(piece.get_absolute_url() + "answers/")
    focused = set()
    for _ in range(60):
        phone.keyboard.press("Tab")
        assert phone.evaluate(UNDER_THE_BAR) == ""
        focused.add(phone.evaluate("() => document.activeElement.name"))
    assert {"answer_1", "answer_3", "words_3"} <= focused


def test_june_writes_with_a_footnote_and_her_draft_saves_itself(phone):
    phone.goto("/get-published/new/")
    box = phone.get_by_role("textbox", name="Write or paste your text here")
    box.click()
    phone.keyboard.type("The coast is sinking.")
    phone.get_by_role("button", name="Footnote").click()
    phone.get_by_role("dialog", name="Footnote").wait_for()
    phone.keyboard.type("By a hand every year.")
    phone.get_by_role("button", name="Insert note").click()
    phone.get_by_role("dialog", name="Footnote").wait_for(state="detached")
    phone.get_by_role("button", name="Go on").last.click()

    phone.get_by_label("Title").fill("A hand every year")
    expect(phone.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    draft = Submission.objects.get()
    assert draft.title == "A hand every year"
    assert '<span class="footnote">By a hand every year.</span>' in draft.body

    phone.get_by_role("textbox", name="Text").click()
    phone.keyboard.press("Control+Home")
    phone.keyboard.type("Look: ")
    expect(phone.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    phone.wait_for_function("() => !document.querySelector('[data-saved]').textContent.startsWith('Not')")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.locator(".manuscript")).to_contain_text("Look: The coast is sinking.")
    expect(phone.get_by_role("heading", level=1)).to_have_text("A hand every year")


@pytest.mark.parametrize("content", [b"This is no Word file.", SAMPLE.read_bytes()[:9000]])
def test_a_broken_file_gets_one_sentence_and_loses_nothing(without_js, sami, sign_in, content):
    piece = makers.a_draft(sami)
    sign_in(without_js, sami).goto(piece.get_absolute_url() + "upload/")
    uploads(without_js, "The newer Word file", {"name": "essay.docx", "mimeType": "", "buffer": content})
    expect(without_js.locator(".problem")).to_have_count(1)
    assert_accessible(without_js)
    piece.refresh_from_db()
    assert piece.body == makers.BODY


def test_an_expired_session_gives_sami_his_text_back(page, sami, sign_in):
    sami.set_password("a long password of mine")
    sami.save(update_fields=["password"])
    piece = makers.a_draft(sami)
    sign_in(page, sami).goto(piece.get_absolute_url() + "write/")
    page.get_by_label("Standfirst").fill("What I have thought about for three long hours.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="You are not signed in any more")).to_be_visible()
    expect(page.get_by_label("Standfirst")).to_have_value("What I have thought about for three long hours.")
    assert_accessible(page)
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("E-mail").fill(sami.email)
    page.get_by_label("Password").fill("a long password of mine")
    page.get_by_role("button", name="Sign in with the password").click()
    expect(page.get_by_text("What you wrote is back in the form")).to_be_visible()
    expect(page.get_by_label("Standfirst")).to_have_value("What I have thought about for three long hours.")
    expect(page.get_by_role("textbox", name="Text")).to_contain_text("Every treaty is a promise")
    assert_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".manuscript")).to_contain_text("three long hours")
