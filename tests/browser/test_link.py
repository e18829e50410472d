"""People without an account act on one piece by a personal link, on a phone as well."""

import pytest
from playwright.sync_api import expect

from articles.models import Conflict, Kind, Submission, Topic
from tests import makers
from tests.articles.test_links import a_commission
from tests.browser.accessible import assert_accessible, complaints_everywhere
from tests.browser.letters import letter_to, link_in

GIL, NINA = "gil@example.net", "nina@example.net"


def opens_her_link(page, address):
    """Open the newest link mailed to an address, and press the one button behind it."""
    page.goto(link_in(letter_to(address)))
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button").first.click()


def test_gil_decides_as_a_guest_where_everybody_is_too_close(page, sami, edith, maggie, work):
    piece = makers.a_submitted(sami)
    for editor in (edith, maggie):
        Conflict.declare(piece, by=editor)
    piece.ask_guest(by=maggie, name="Gil Guest", email=GIL)
    work()
    opens_her_link(page, GIL)
    expect(page.get_by_text("A promise at night").first).to_be_visible()
    assert complaints_everywhere(page) == []
    for verb in ("accept", "ask_for_changes", "decline"):
        page.goto(f"{piece.get_absolute_url()}read/{verb}/")
        assert complaints_everywhere(page) == [], verb
    page.get_by_label("Your letter to the author").fill("Not for us, with thanks.")
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Say one thing the piece does well.").first).to_be_visible()
    expect(page.get_by_label("Your letter to the author")).to_have_value("Not for us, with thanks.")
    page.get_by_label("One strength of the piece").fill("A clear question.")
    page.get_by_label("One thing that would make it stronger").fill("Say who signed.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("Thank you").first).to_be_visible()
    assert Submission.objects.get().status == "declined"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_nina_agrees_declares_and_approves_without_an_account(open_browser, size, edith, work):
    piece, page = a_commission(edith), open_browser(size, javascript=size == "desktop")
    work()
    opens_her_link(page, NINA)
    page.goto(f"{piece.get_absolute_url()}declare/")
    assert_accessible(page)
    page.get_by_label("Two lines about you").fill("Teaches law of the sea in Split.")
    for answer in ("I wrote it myself, and it has not been published before", "No, only with you", "No, nobody",
                   "Not at all", "No"):  # fmt: skip
        page.get_by_label(answer, exact=True).first.check()
    page.get_by_label("I agree that this piece").check()
    page.get_by_role("button", name="Agree and declare").click()
    expect(page.get_by_text("The editors have your agreement")).to_be_visible()
    Submission.objects.get().send_proof(by=edith)
    work()
    opens_her_link(page, NINA)
    expect(page.get_by_role("heading", name="Read every word once more")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Approve this exact text").click()
    expect(page.get_by_text("Thank you. You approved this exact text.")).to_be_visible()
    assert Submission.objects.get(pk=piece.pk).status == "ready"


OLA = "ola@example.net"


def approves(page, piece):
    """Read the proof, and approve it by the one button below it."""
    page.goto(f"{piece.get_absolute_url()}sign_off/")
    assert_accessible(page)
    page.get_by_role("button", name="Approve this exact text").click()
    expect(page.get_by_text("Thank you. You approved this exact text.")).to_be_visible()
    assert_accessible(page)


def test_three_authors_approve_each_once_and_read_who_is_awaited(open_browser, sign_in, sami, edith, work):
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.bylines.name_others([("Nina Novak", NINA), ("Ola Okafor", OLA)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    draft.accept(by=edith)
    draft.classify(kind=Kind.objects.get(slug="essay"), topics=[Topic.objects.first()], regions=[])
    work()
    nina, ola = (open_browser("phone", javascript=False) for _ in range(2))
    for page, address in [(nina, NINA), (ola, OLA)]:
        opens_her_link(page, address)
        page.get_by_label("I agree that this piece").check()
        page.get_by_role("button", name="I agree").click()
    piece = Submission.objects.get()
    piece.send_proof(by=edith)
    sami_at = sign_in(open_browser("phone"), sami)
    approves(sami_at, piece)
    waits = "You have approved it. It waits for Nina Novak and Ola Okafor until"
    expect(sami_at.get_by_text(waits)).to_be_visible()
    sami_at.goto("/submissions/")
    expect(sami_at.get_by_text(waits)).to_be_visible()
    expect(sami_at.get_by_text("your turn")).to_have_count(0)
    approves(nina, piece)
    expect(nina.get_by_text("You have approved it. It waits for Ola Okafor until")).to_be_visible()
    Submission.objects.get().request_correction(by=sami, note="The title.")
    piece = Submission.objects.get()
    piece.write(by=edith, version=piece.version, title="What the harbour owes us")
    piece.send_proof(by=edith)
    nina.goto(f"{piece.get_absolute_url()}sign_off/")
    expect(nina.get_by_role("heading", name="which you approved")).to_be_visible()
    expect(nina.locator("ins", has_text="us").first).to_be_visible()
    for page in (nina, ola, sami_at):
        approves(page, piece)
    assert Submission.objects.get().status == "ready"
