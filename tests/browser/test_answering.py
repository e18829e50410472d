"""A member answers, follows, respects and mutes; she finds what is new; with scripts and without."""

from playwright.sync_api import expect

from comments.models import Comment, Trust, Visit
from tests.browser.accessible import assert_accessible
from tests.comments import making

SELECT = """(words) => {
    const text = document.querySelector("#c1 .comment-body p").firstChild;
    const start = text.data.indexOf(words);
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""
QUOTED = "the people who sign them"


def test_a_member_answers_what_she_selected(open_browser, article, rosa, sami, mina, sign_in, scripts):
    making.a_published(article, rosa, mina)
    Trust.give(sami, by=mina)
    page = sign_in(open_browser("phone", javascript=scripts), sami)
    page.goto(article.get_absolute_url())
    if scripts:
        page.evaluate(SELECT, QUOTED)
    page.locator("#c1").get_by_role("link", name="Reply").click()
    if scripts:
        expect(page.get_by_label("Words you answer")).to_have_value(QUOTED)
    page.get_by_label("Words you answer").fill(QUOTED)
    page.get_by_label("Your comment").fill("And the people who break them outlive nobody.")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator(".comment-quotation")).to_have_text(QUOTED)
    assert_accessible(page)
    page.get_by_role("button", name="Post my comment").click()
    answer = page.locator("#c2")
    expect(answer.locator(".comment-quotation")).to_have_text(QUOTED)
    answer.get_by_role("link", name="Edit").click()
    page.get_by_label("Your comment").fill("And whoever breaks them is remembered for it.")
    assert_accessible(page)
    page.get_by_role("button", name="Save the new wording").click()
    expect(answer).to_contain_text("is remembered for it")
    answer.get_by_role("link", name="edited").click()
    expect(page.locator("del").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the discussion").click()
    expect(answer).to_be_in_viewport()
    assert Comment.objects.count() == 2


def test_a_member_follows_respects_and_mutes(open_browser, article, rosa, sami, mina, sign_in, scripts):
    making.a_published(article, rosa, mina)
    page = sign_in(open_browser("phone", javascript=scripts), sami)
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Follow this discussion").click()
    expect(page.get_by_role("button", name="You follow this discussion: stop")).to_be_visible()
    page.locator("#c1").get_by_role("button", name="Well argued").click()
    expect(page.locator("#c1").get_by_role("button", name="Well argued: 1")).to_be_visible()
    page.locator("#c1").get_by_role("link", name="Mute").click()
    expect(page.get_by_role("button", name="Mute Rosa Reader")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Mute Rosa Reader").click()
    expect(page.locator("#c1 summary")).to_contain_text("You muted Rosa Reader.")
    expect(page.get_by_text(making.WORDS)).not_to_be_visible()
    assert_accessible(page)
    page.goto("/comments/mine/")
    page.get_by_role("link", name="Change it").click()
    page.get_by_role("group", name="Write to me about answers").get_by_label("Once a day").check()
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto("/comments/mine/")
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_role("button", name="Read again")).to_have_count(0)
    page.goto(article.get_absolute_url())
    expect(page.get_by_text(making.WORDS)).to_be_visible()


def test_a_member_finds_what_is_new(open_browser, article, rosa, sami, mina, sign_in, scripts):
    making.a_published(article, rosa, mina)
    page = sign_in(open_browser("phone", javascript=scripts), sami)
    page.goto(article.get_absolute_url())
    read = page.get_by_role("button", name="I have read these")
    if scripts:
        page.locator("#c1").scroll_into_view_if_needed()
    else:
        read.click()
    expect(read).to_be_hidden()
    assert Visit.objects.get().number == 1
    making.a_published(article, mina, mina, "Something that is new to Sami.")
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="1 new").click()
    expect(page.locator("#c2")).to_be_in_viewport()
