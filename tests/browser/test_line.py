"""One piece walks the whole line: sent in, asked about, changed, corrected in the proof, dated, published, amended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Submission
from tests.browser.accessible import assert_accessible
from tests.browser.hands import HANDS
from tests.browser.test_student import DECLARES, SAMPLE

BETTER = "Who Pays for a Sinking Coast?"


class Walk:
    """The people of the line, each with a window of the same size and the same hands."""

    def __init__(self, size, open_browser, sign_in):
        self.size, self.open_browser, self.sign_in, self.windows = size, open_browser, sign_in, {}

    def __call__(self, person, path):
        """Let somebody open a page; return the hands with which she goes on."""
        if person not in self.windows:
            self.windows[person] = self.sign_in(self.open_browser(self.size), person)
        self.windows[person].goto(path)
        return HANDS[self.size](self.windows[person])


@pytest.fixture(params=HANDS, ids=["by keyboard alone", "at 360 pixels"])
def walk(request, open_browser, sign_in):
    return Walk(request.param, open_browser, sign_in)


def test_a_piece_goes_from_a_word_file_to_an_amendment(walk, sami, edith, maggie, work):
    sends_in(walk(sami, "/get-published/new/"))
    piece = Submission.objects.get()
    desk, own = f"/admin/submissions/{piece.code}/", piece.get_absolute_url()
    asks_for_changes(walk(edith, desk))
    answers(walk(sami, own))
    work()
    brings_to_proof(walk(edith, desk))
    corrects_the_proof(walk(sami, own))
    makes_the_correction(walk(edith, desk))
    approves(walk(sami, own))
    dates(walk(maggie, desk))
    the_day_comes(work)
    amends(walk(edith, desk))
    reads(walk(sami, own))


def says(hand, words):
    expect(hand.page.get_by_text(words).first).to_be_visible()
    assert_accessible(hand.page)


def sends_in(sami):
    sami.sends("Your Word file", SAMPLE)
    sami.presses("Go on")
    says(sami, "How we read your file")
    sami.presses("Go on: your name and declarations")
    sami.writes("Two lines about you", "Studies economics in Lagos.")
    for answer in DECLARES:
        sami.chooses(answer)
    sami.presses("Submit to the editors")
    says(sami, "Your piece is with the editors now.")


def asks_for_changes(edith):
    edith.presses("I’ll handle this")
    says(edith, "Handled by you.")
    edith.presses("Ask for changes …")
    edith.writes("Point 1", "Name the survey in the table.")
    edith.presses("Ask for changes")
    says(edith, "Done: you asked for changes.")


def answers(sami):
    says(sami, "Name the survey in the table.")
    sami.presses("Answer the editors’ points")
    sami.chooses("Done as asked")
    sami.writes("In your words", "It is named under the table.")
    sami.presses("Save, and go on to the text")
    sami.page.goto(Submission.objects.get().get_absolute_url())
    sami.presses("Send a newer file")
    sami.sends("The newer Word file", SAMPLE)
    sami.presses("Send it")
    says(sami, "What your file changes")
    sami.presses("Use this text")
    sami.presses("Send it back to the editor")
    sami.presses("Send it back to the editor")
    says(sami, "Your changes are with your editor now.")


def brings_to_proof(edith):
    says(edith, "It is named under the table.")
    edith.presses("Accept …")
    edith.presses("Accept")
    edith.presses("Kind, topics, regions")
    edith.selects("Kind", "Student essay")
    edith.selects("Main topic", "Climate & environment")
    edith.chooses("Oceania")
    edith.presses("Save")
    edith.presses("Send the proof")
    says(edith, "Done: you sent the proof.")


def corrects_the_proof(sami):
    sami.presses("Read the proof and approve it")
    says(sami, "Read every word once more")
    sami.presses("Ask for a correction instead")
    sami.writes("Title", BETTER)
    sami.presses("Send it to the editor")
    says(sami, "This is what your text changes in the proof.")
    sami.presses("Send it to the editor")
    says(sami, "Your editor has your correction")


def makes_the_correction(edith):
    says(edith, "asked for a correction in the proof")
    edith.presses("Send the proof")
    says(edith, "Done: you sent the proof.")


def approves(sami):
    sami.presses("Read the proof and approve it")
    says(sami, BETTER)
    sami.presses("Approve this exact text")
    says(sami, "Thank you. You approved this exact text.")


def dates(maggie):
    now = timezone.localtime().replace(second=0, microsecond=0)
    maggie.presses("Publish …")
    maggie.chooses("At the day and hour below")
    maggie.dates(now + timedelta(days=3))
    maggie.presses("Go on")
    says(maggie, f"It appears on {now + timedelta(days=3):%A %-d %B %Y, %H:%M (%Z)}.")
    maggie.presses("Publish")
    says(maggie, "It appears on")
    maggie.presses("Move the date …")
    maggie.dates(now + timedelta(days=5))
    maggie.presses("Go on")
    maggie.presses("Move the date")
    says(maggie, "It appears on")
    assert Article.objects.get().published_at == now + timedelta(days=5)


def the_day_comes(work):
    Article.objects.update(published_at=timezone.now())
    work()


def amends(edith):
    edith.presses("See the published piece")
    edith.presses("Correct …")
    edith.writes("Standfirst", "On dykes, debts and the people between them.")
    edith.chooses("Clarification")
    edith.writes("What changed, for readers", "The standfirst says now what the piece is about.")
    edith.presses("Correct")
    says(edith, "Done: you changed the text.")


def reads(sami):
    says(sami, "It is public")
    sami.page.goto(Article.objects.get().get_absolute_url())
    says(sami, "On dykes, debts and the people between them.")
    says(sami, "The standfirst says now what the piece is about.")
