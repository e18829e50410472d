"""Whole journeys on a phone's width by the keys alone: the focus is never lost, and never under something."""

import pytest
from playwright.sync_api import expect

from articles.models import Submission
from comments.models import Comment
from tests import makers
from tests.browser.accessible import assert_accessible
from tests.browser.hands import Keys
from tests.browser.letters import code_for, letter_to, link_in
from tests.browser.test_reader import both_sides
from tests.browser.test_student import in_print
from tests.comments import making

__all__ = ["both_sides"]  # a fixture
NADIA, NINA = "nadia@example.org", "nina@example.net"
WORDS = "Night is when promises are kept."
HIDDEN = """() => {
    const it = document.activeElement
    if (it === document.body) return ""
    const box = it.getClientRects()[0]
    if (!box || box.bottom < 1 || box.top > innerHeight - 1) return `out of sight: ${it.outerHTML.slice(0, 120)}`
    const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 40) / 2]
    const shown = document.elementFromPoint(x, y)
    const named = [...(it.labels ?? [])].some((label) => label.contains(shown))
    const is_it = !shown || named || it.contains(shown) || shown.contains(it)
    return is_it ? "" : `under ${shown.outerHTML.slice(0, 80)}: ${it.outerHTML.slice(0, 120)}`
}"""


class Eyes(Keys):
    """Whoever has no mouse, and must see where she is."""

    def goes(self, path):
        self.page.goto(path)
        return self

    def types(self, words):
        """Write where the focus stands already."""
        self.page.keyboard.type(words)

    def shows(self, summary):
        """Open what is folded away."""
        self._to(summary)
        self.page.keyboard.press("Enter")

    def ticks(self, label):
        self._to(label)
        self.page.keyboard.press("Space")

    def sees(self, words):
        expect(self.page.get_by_text(words).first).to_be_visible()

    def _focused(self):
        assert self.page.evaluate(HIDDEN) == ""
        return super()._focused()


@pytest.fixture
def someone(open_browser, scripts):
    """Let somebody come with a phone's window and no mouse."""
    return lambda: Eyes(open_browser("phone", javascript=scripts, dark=scripts))


def test_nadia_reads_both_sides_and_argues(someone, both_sides):
    nadia = someone().goes("/")
    nadia.shows("Topics")
    nadia.presses("A promise at night")
    nadia.presses("Sign by daylight")
    nadia.writes("Your comment", WORDS)
    nadia.presses("Preview my comment")
    expect(nadia.page.get_by_label("Your name")).to_be_focused()
    nadia.types("Nadia Newcomer")
    nadia.writes("Your e-mail address", NADIA)
    nadia.presses("Send me a code")
    expect(nadia.page.get_by_label("The six digits")).to_be_focused()
    nadia.types(code_for(NADIA))
    nadia.presses("Post my comment")
    expect(nadia.page.locator(":target")).to_contain_text("Nobody else sees it yet.")
    expect(nadia.page.locator(":target")).to_be_in_viewport()
    nadia.presses("Withdraw")
    nadia.sees("No reader has seen it")
    nadia.presses("Withdraw my comment")
    nadia.sees("Your comment was withdrawn.")
    assert Comment.objects.get().status == "withdrawn"


def test_nina_says_who_she_is_and_approves(someone, sami, edith, work):
    draft = makers.a_draft(sami, title="What the harbour owes")
    draft.bylines.name_others([("Nina Novack", NINA)])
    draft.submit(by=sami)
    draft.take_up(by=edith)
    work()
    nina = someone().goes(link_in(letter_to(NINA)))
    nina.presses("Go on to the piece")
    nina.presses("I agree")
    nina.sees("Tick this to agree.")
    nina.writes("Your name as printed", "Nína Novák")
    nina.ticks("I agree that this piece is printed and read under the name and with the lines above.")
    nina.presses("I agree")
    nina.sees("For Nína Novák, by a personal link")
    assert_accessible(nina.page)
    in_print(Submission.objects.get(), edith, work)
    nina.goes(link_in(letter_to(NINA))).presses("Go on to the piece")
    nina.sees("Read every word once more")
    nina.presses("Approve this exact text")
    nina.sees("You have approved it. It waits for Sami Student until")
    assert letter_to(NINA).text.startswith("Dear Nína Novák,")


def test_mina_removes_puts_back_and_calls_spam_spam(someone, article, rosa, mina, sign_in):
    comment = making.a_reported(article, rosa, mina, "Buy your watches here, and only today.")
    hand = someone()
    sign_in(hand.page, mina)
    hand.goes("/admin/comments/").presses("Comment #1 by Rosa Reader on “A promise at night”")
    hand.presses("Remove")
    hand.sees("Give the writer a reason.")
    hand.writes("The reason", "It sells watches.")
    hand.presses("Remove")
    hand.presses("Look at it again")
    hand.presses("Put back")
    hand.presses("Look at it again")
    hand.presses("Spam")
    hand.sees("removed as spam")
    assert_accessible(hand.page)
    decided = [(ruling.verb, ruling.rule.slug) for ruling in comment.rulings.order_by("pk")]
    assert decided == [("remove", "attack"), ("restore", "attack"), ("mark_spam", "spam")]
