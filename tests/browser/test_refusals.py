"""The pages that say no, and the demonstration's postbox."""


from tests.browser.accessible import assert_accessible


def test_an_unknown_address_reads_well_everywhere(any_size):
    assert any_size.goto("/nowhere/").status == 404
    assert_accessible(any_size)


def test_the_empty_postbox_reads_well(phone):
    phone.goto("/demo/mail/")
    assert_accessible(phone)


def test_the_desk_reads_well(any_size, sign_in, edith):
    sign_in(any_size, edith).goto("/admin/")
    assert any_size.get_by_role("heading", name="Waiting for you").is_visible()
    assert_accessible(any_size)


def test_a_stale_form_gives_its_text_back(page):
    page.goto("/contact/")
    box = page.locator("main textarea").first
    box.fill("A long letter about the river and the dam.")
    page.context.clear_cookies()
    page.locator("main form button").last.click()
    assert "A long letter about the river" in page.locator("main").inner_text() or page.locator(
        "main textarea"
    ).first.input_value().startswith("A long letter")
    assert_accessible(page)
