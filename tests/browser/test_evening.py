"""A moderator's whole evening: once by her keys alone, once with a thumb at 360 pixels."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Appeal, Comment, Sanction
from tests import makers
from tests.browser.accessible import assert_accessible
from tests.browser.hands import Fingers, Keys
from tests.comments import making

FOOL = "I read it twice. Only a fool could write this."
LINK = "[data-row-link]"


class Typing(Keys):
    """Whoever decides with one key."""

    def moves(self, key):
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def opens(self, words):
        """Walk down the list to the line with these words, and open it."""
        for _ in range(20):
            self.page.keyboard.press("j")
            if words in self.page.evaluate("() => document.activeElement.closest('[data-row]')?.innerText ?? ''"):
                return self.moves("Enter")
        return pytest.fail(f"j does not lead to “{words}”")

    def approves(self):
        self.moves("a")

    def removes(self, reason):
        """The key leads to what is missing, and then it removes."""
        self.page.keyboard.press("r")
        expect(self.page.locator("[data-note]")).to_be_focused()
        self.page.keyboard.type(reason)
        self.page.keyboard.press("Escape")
        self.moves("r")

    def ticks(self, line):
        """Walk to a line, and step back from its link to its box."""
        self.page.reload()
        for _ in range(line):
            self.page.keyboard.press("j")
        self.page.keyboard.press("Shift+Tab")
        self.page.keyboard.press("Space")

    def removes_the_ticked(self, rule, reason):
        self.page.keyboard.press("r")
        expect(self.page.get_by_label("The rule")).to_be_focused()
        self.page.keyboard.type(rule)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("n")
        self.page.keyboard.type(reason)
        self.page.keyboard.press("Escape")
        self.moves("r")

    def shows(self, summary):
        self._to(summary)
        self.page.keyboard.press("Enter")


class Tapping(Fingers):
    """Whoever has one hand free."""

    def opens(self, words):
        with self.page.expect_navigation():
            self.page.locator("[data-row]").filter(has_text=words).locator(LINK).click()

    def approves(self):
        self.presses(re.compile("^(Approve|Keep)$"))

    def presses(self, name):
        """Every button of a decision is large enough for a thumb."""
        assert self.named(name).bounding_box()["height"] >= 44
        super().presses(name)

    def removes(self, reason):
        self.writes("The reason", reason)
        self.presses("Remove")

    def ticks(self, line):
        self.page.locator("[data-row] input").nth(line - 1).check()

    def removes_the_ticked(self, rule, reason):
        self.shows("Decide about the ticked comments")
        self.selects("The rule", rule)
        self.writes("The reason", reason)
        self.presses("Remove")

    def shows(self, summary):
        self.page.locator("summary").filter(has_text=summary).click()


HANDS = {"desktop": Typing, "phone": Tapping}


@pytest.fixture(params=HANDS, ids=["by keyboard alone", "at 360 pixels"])
def mina_at_work(request, open_browser, sign_in, mina):
    page = sign_in(open_browser(request.param), mina)
    return HANDS[request.param](page)


def sees(hand, words):
    expect(hand.page.get_by_text(words).first).to_be_visible()
    assert_accessible(hand.page)


def test_an_evening(mina_at_work, article, rosa, mina, edith, work):
    hand = mina_at_work
    objection = making.an_appeal(article, rosa, edith, text="It was about the treaty.")
    held = making.a_comment(article, makers.a_person("Nadia Newcomer"), "The dam came without a question.")
    reported = making.a_published(article, rosa, mina, FOOL)
    making.a_report(reported, words="It calls the author a fool.")
    rude = making.a_published(article, makers.a_person("Toni Terse"), mina, f"{FOOL} Thank you.")
    making.a_report(rude, reason="off_topic")

    hand.page.goto("/admin/comments/")
    sees(hand, "2 reported")
    hand.opens("It attacks a person")
    sees(hand, "It calls the author a fool.")
    hand.removes("Say what is wrong with the piece, not with its author.")

    sees(hand, "Look at it again")
    asks_to_reword(hand)
    sees(hand, "hidden until its writer rewords it")
    expect(hand.page.get_by_text("The dam came without a question.").first).to_be_visible()
    hand.approves()

    sees(hand, "Its writer objects")
    hand.writes("The reason", "It is about the person who wrote it.")
    hand.presses("The decision stands")
    sees(hand, "Nothing waits for you here.")

    rude.refresh_from_db()
    rude.reword("I read it twice, and clause nine is wrong.", by=rude.author)
    hand.page.goto("/admin/comments/")
    sees(hand, "reworded")
    hand.opens("clause nine")
    sees(hand, "The editors asked for another wording")
    hand.approves()
    sees(hand, "Nothing waits for you here.")

    for comment, status in {reported: "removed", held: "published", rude: "published"}.items():
        assert Comment.objects.get(pk=comment.pk).status == status
    assert Appeal.objects.get(pk=objection.pk).status == "stands"
    quoted = rude.rulings.get(verb="ask_to_reword")
    assert (quoted.quote, quoted.rule.slug) == ("Only a fool could write this.", "off_topic")


def asks_to_reword(hand):
    hand.selects("Which words", "Only a fool could write this.")
    hand.writes("The reason", "Leave out the fool.")
    hand.presses("Ask to reword")


def test_many_at_once_and_somebody_was_first(mina_at_work, article, mina, edith):
    hand = mina_at_work
    spam = [making.a_comment(article, makers.a_person(), f"Cheap watches, number {number}.") for number in (1, 2, 3)]
    hand.page.goto("/admin/comments/")
    hand.ticks(1)
    spam[0].remove(by=edith, rule=making.a_rule("spam"), reason="It sells watches.")
    hand.removes_the_ticked("spam", "It sells watches, and nothing else.")
    sees(hand, "removed by Edith Editor")
    expect(hand.page.get_by_label("The reason")).to_have_value("It sells watches, and nothing else.")
    hand.page.goto("/admin/comments/")
    hand.ticks(1)
    hand.removes_the_ticked("spam", "It sells watches, and nothing else.")
    sees(hand, "1 comment: removed.")
    assert [Comment.objects.get(pk=comment.pk).status for comment in spam] == ["removed", "removed", "pending"]


def test_a_step_against_a_writer_is_taken_and_lifted(mina_at_work, article, rosa, mina):
    hand = mina_at_work
    comment = making.a_reported(article, rosa, mina, FOOL)
    hand.page.goto(f"/admin/comments/{comment.pk}/")
    hand.shows("Sanction the writer")
    hand.selects("Which step", "Warning")
    hand.selects("Rule that was broken", "personal attack")
    assert_accessible(hand.page)
    hand.presses("Take this step")
    sees(hand, "Give the writer a reason.")
    hand.writes("Reason for its writer", "Argue with what was said.")
    hand.presses("Take this step")
    sees(hand, "Done: you warned its writer.")
    hand.shows("Lift “Warning”")
    hand.presses("Lift")
    sees(hand, "Say why it is lifted.")
    hand.writes("Why it is lifted", "He has apologised.")
    hand.presses("Lift")
    sees(hand, "Done: you lifted it: warning.")
    assert Sanction.objects.get().status == "lifted"


def test_the_keys_can_be_switched_off_and_never_disturb_writing(page, article, mina, sign_in):
    held = making.a_comment(article, makers.a_person())
    sign_in(page, mina).goto(f"/admin/comments/{held.pk}/")
    page.keyboard.press("n")
    page.keyboard.type("a j r h ?")
    expect(page.get_by_label("The reason")).to_have_value("a j r h ?")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("a")
    dialog.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.goto("/admin/comments/")
    page.keyboard.press("j")
    expect(page.locator(LINK)).not_to_be_focused()
    assert Comment.objects.get().status == "pending"
    page.get_by_role("button", name="Keys: ?").click()
    dialog.get_by_label("Use these keys").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator(LINK)).to_be_focused()


def test_without_scripts_several_are_decided_too(without_js, article, mina, sign_in):
    comments = [making.a_comment(article, makers.a_person()) for _ in range(2)]
    sign_in(without_js, mina).goto("/admin/comments/")
    expect(without_js.get_by_role("button", name="Keys: ?")).to_be_hidden()
    for box in without_js.locator("[data-row] input").all():
        box.check()
    without_js.locator("summary").click()
    without_js.get_by_role("button", name="Approve").click()
    expect(without_js.get_by_text("2 comments: approved.")).to_be_visible()
    assert_accessible(without_js)
    assert {Comment.objects.get(pk=comment.pk).status for comment in comments} == {"published"}
