"""What a page must keep to be usable by everyone."""

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,  # axe would ask for our @imports again, at addresses that do not exist
}


def assert_accessible(page):
    """Let axe find nothing, and let nothing stick out sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    assert [complaint(violation) for violation in found] == [], page.url
    assert_fits(page)


def complaint(violation):
    """One violation in one line."""
    return f"{violation['id']}: {violation['help']} — {violation['nodes'][0]['html'][:200]}"


def assert_fits(page):
    """No page scrolls sideways."""
    width, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= inner, f"{page.url} is {width} px wide in a window of {inner}"
