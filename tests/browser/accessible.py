"""What a page must keep to be usable by everyone."""

import json

from axe_playwright_python.base import AXE_SCRIPT

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # axe would ask for our @imports again, at addresses that do not exist
}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"], "preload": False}
SIZES = {"desktop": (1280, 900), "phone": (360, 780)}
NARROWEST = (320, 780)


def assert_accessible(page):
    """Let axe, which is a script itself, find nothing, and let nothing stick out sideways."""
    has_scripts = page.evaluate("() => matchMedia('(scripting: enabled)').matches")
    complaints = [*(_found(page, RULES) if has_scripts else []), *_overflow(page)]
    assert not complaints, "\n".join([page.url, *complaints])


def complaints_everywhere(page):
    """Return what is wrong with a page at both sizes, in the dark, and in the narrowest window."""
    found = []
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{size}: {complaint}" for complaint in [*_found(page, RULES), *_overflow(page)]]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {complaint}" for complaint in _found(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": NARROWEST[0], "height": NARROWEST[1]})
    return [*found, *_overflow(page)]


def _found(page, rules):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(f"() => axe.run({json.dumps(rules)}).then((results) => results.violations)")
    return [_complaint(violation) for violation in violations]


def _complaint(violation):
    """One violation in one line."""
    node = violation["nodes"][0]
    return f"{violation['id']}: {violation['help']} — {node['target']} {node['html'][:200]}"


def _overflow(page):
    width, inner = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{width} px wide in a window of {inner}"] if width > inner else []
