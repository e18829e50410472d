"""Somebody writes, somebody reports, somebody decides; each of them hears what came of it."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser.accessible import assert_accessible
from tests.browser.letters import code_for, letter_to
from tests.comments import making

NADIA, OLGA = "nadia@example.org", "olga@example.org"


def writes(page, article, words):
    page.goto(article.get_absolute_url())
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Preview my comment").click()
    expect(page.locator(".quoted")).to_contain_text(words)


def test_nadia_is_read_first_then_trusted(open_browser, article, mina, sign_in, work, scripts):
    nadia = open_browser("phone", javascript=scripts)
    writes(nadia, article, "Night is when promises are kept.")
    assert not Comment.objects.exists(), "the first press changes nothing"
    nadia.get_by_label("Your name").fill("Nadia Newcomer")
    nadia.get_by_label("Your e-mail address").fill(NADIA)
    nadia.get_by_role("button", name="Send me a code").click()
    expect(nadia.get_by_label("The six digits")).to_be_visible()
    expect(nadia.get_by_label("Your comment")).to_have_value("Night is when promises are kept.")
    assert_accessible(nadia)
    nadia.get_by_label("The six digits").fill(code_for(NADIA))
    nadia.get_by_role("button", name="Post my comment").click()
    expect(nadia.locator(".comment.held")).to_contain_text("Waiting to be read by the editors")
    expect(nadia.get_by_role("heading", name="(0 total comments)")).to_be_visible()

    desk = sign_in(open_browser("phone", javascript=scripts), mina)
    desk.goto("/admin/")
    desk.locator(".desk-row").get_by_role("link", name="Nadia Newcomer").click()
    expect(desk.get_by_role("button", name="Approve, and trust this person")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_role("button", name="Approve, and trust this person").click()
    expect(desk.get_by_text("Nothing waits for you here.")).to_be_visible()
    work()
    assert letter_to(NADIA).subject == "Your comment is published"

    writes(nadia, article, "And mornings are for reading the small print.")
    nadia.get_by_role("button", name="Post my comment").click()
    expect(nadia.get_by_role("heading", name="(2 total comments)")).to_be_visible()
    expect(nadia.locator(".comment").last).to_contain_text("the small print")
    expect(nadia.locator(".held")).to_have_count(0)


def test_a_comment_sent_without_a_connection_is_in_its_box_again(page, article):
    page.goto(article.get_absolute_url())
    page.get_by_label("Your comment").fill("Night is when promises are kept.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Preview my comment").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    box = page.locator("#comment-form").get_by_label("Your comment")
    page.goto(article.get_absolute_url())
    expect(box).to_have_value("Night is when promises are kept.")
    page.get_by_role("button", name="Preview my comment").click()
    expect(page.locator(".quoted")).to_contain_text("promises are kept")
    page.goto(article.get_absolute_url())
    expect(box).to_have_value("")


def test_olga_reports_and_mina_removes(open_browser, article, rosa, mina, sign_in, work, scripts):
    comment = making.a_published(article, rosa, mina, "Only a fool could write this.")
    work()
    olga = open_browser("phone", javascript=scripts)
    olga.goto(article.get_absolute_url())
    olga.locator(".comment").get_by_role("link", name="Report Abuse").click()
    olga.get_by_role("button", name="Send the report").click()
    if not scripts:
        expect(olga.locator(":invalid").first).to_be_visible()
    olga.get_by_label("It attacks a person instead of an argument").check()
    olga.get_by_label("Anything the editors should know").fill("It calls the author a fool.")
    olga.get_by_label("Your e-mail address").fill(OLGA)
    assert_accessible(olga)
    olga.get_by_role("button", name="Send the report").click()
    expect(olga.get_by_role("heading", name="We have your report")).to_be_visible()
    assert_accessible(olga)
    work()

    desk = sign_in(open_browser("phone", javascript=scripts), mina)
    desk.goto("/admin/")
    desk.locator(".desk-row").get_by_role("link", name="It attacks a person").click()
    expect(desk.get_by_text("It calls the author a fool.")).to_be_visible()
    expect(desk.get_by_label("The rule")).to_have_value(str(making.a_rule().pk))
    desk.get_by_role("button", name="Remove", exact=True).click()
    expect(desk.get_by_text("Give the writer a reason.").first).to_be_visible()
    desk.get_by_label("The reason").fill("Say what is wrong with the piece, not with its author.")
    desk.get_by_role("button", name="Remove", exact=True).click()
    expect(desk.get_by_text("Nothing waits for you here.")).to_be_visible()

    work()
    assert "not with its author" in letter_to(rosa.email).text
    assert letter_to(OLGA).subject == "Your report: comment removed"
    olga.reload()
    expect(olga.get_by_role("heading", name="Comment removed")).to_be_visible()
    olga.goto(comment.get_absolute_url())
    expect(olga.locator(".tombstone")).to_contain_text("personal attack")
    expect(olga.get_by_role("heading", name="(0 total comments)")).to_be_visible()


def test_olga_disagrees_and_is_told_to_say_so(without_js, article, rosa, mina):
    comment = making.a_published(article, rosa, mina)
    without_js.goto(f"/comments/{comment.pk}/report/")
    without_js.get_by_label("I disagree with it").check()
    without_js.get_by_role("button", name="Send the report").click()
    expect(without_js.get_by_role("heading", name="Then say so")).to_be_visible()
    without_js.get_by_role("link", name="Answer it").click()
    expect(without_js.get_by_text("You answer", exact=True)).to_be_visible()
    expect(without_js.get_by_label("Your comment")).to_be_visible()


@pytest.mark.parametrize("late", [True, False])
def test_two_moderators_meet(open_browser, article, rosa, mina, edith, sign_in, late):
    comment = making.a_reported(article, rosa, mina)
    desk = sign_in(open_browser(), mina)
    desk.goto(f"/admin/comments/{comment.pk}/")
    if late:
        comment.remove(by=edith, rule=making.a_rule(), reason="It is about the person.")
    desk.get_by_label("The reason").fill("I think it is fine as it stands.")
    desk.get_by_role("button", name="Keep", exact=True).click()
    if late:
        expect(desk.get_by_role("heading", name="Something else came first")).to_be_visible()
        expect(desk.get_by_label("Reason")).to_have_value("I think it is fine as it stands.")
        assert_accessible(desk)
    else:
        expect(desk.get_by_text("Nothing waits for you here.")).to_be_visible()
