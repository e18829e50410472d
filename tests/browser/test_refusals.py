"""The pages that say no, and the demonstration's postbox."""

from playwright.sync_api import expect

from tests.browser.accessible import assert_accessible


def test_an_unknown_address_reads_well_everywhere(any_size):
    assert any_size.goto("/nowhere/").status == 404
    assert_accessible(any_size)


def test_the_empty_postbox_reads_well(phone):
    phone.goto("/demo/mail/")
    assert_accessible(phone)


def test_the_desk_reads_well(any_size, sign_in, edith):
    sign_in(any_size, edith).goto("/admin/")
    expect(any_size.get_by_role("heading", name="Waiting for you")).to_be_visible()
    assert_accessible(any_size)


def test_a_stale_form_gives_its_text_back(open_browser, scripts):
    page = open_browser(javascript=scripts)
    page.goto("/contact/")
    page.get_by_label("Your message").fill("A long letter about the river and the dam.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="This page had gone stale")).to_be_visible()
    expect(page.locator("main textarea")).to_have_value("A long letter about the river and the dam.")
    assert_accessible(page)
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("heading", name="Your message has arrived")).to_be_visible()
