"""What a page must keep to be usable by everyone."""

import json

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.layout import NARROW, WIDE, endless_words, faults, set_in

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # axe would ask for our @imports again, at addresses that do not exist
}
SHAPES = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"], "preload": False}
TARGETS = {"runOnly": ["target-size"], "resultTypes": ["violations"], "preload": False}
DESKTOP, PHONE, NARROWEST = 1280, 360, 320
HEIGHT = "() => document.documentElement.scrollHeight"
SETTLED = "() => Promise.all(document.getAnimations().map((animation) => animation.finished)).then(() => true)"


def assert_accessible(page):
    """Let axe, which is a script itself, find nothing, and let nothing stick out, break or be too small."""
    page.wait_for_load_state()
    window = page.viewport_size
    has_scripts = page.evaluate("() => matchMedia('(scripting: enabled)').matches")
    _show_whole(page, window["width"])
    complaints = [*(_found(page, RULES) if has_scripts else []), *faults(page)]
    page.set_viewport_size(window)
    assert not complaints, "\n".join([page.url, *complaints])


def complaints_everywhere(page):
    """Return what is wrong with a page at both sizes, in the dark, in other faces, and with words that do not end."""
    found = [*_found(page, RULES), *faults(page)]
    with endless_words(page):
        found += [f"endless words: {fault}" for fault in faults(page)]
    _show_whole(page, PHONE)
    found += [f"phone: {complaint}" for complaint in [*_found(page, SHAPES), *faults(page)]]
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += [f"dark: {complaint}" for complaint in _found(page, COLOURS)]
    found += [f"narrowest: {complaint}" for complaint in _narrowest(page)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP, "height": 800})
    return found


def _show_whole(page, width):
    """Show a page from top to bottom: a bar that sticks covers by chance what one can scroll to."""
    page.set_viewport_size({"width": width, "height": 800})
    page.set_viewport_size({"width": width, "height": page.evaluate(HEIGHT)})


def _narrowest(page):
    """Return what is wrong in a window of 320 pixels (WCAG 1.4.10), whatever the letters and the words are."""
    _show_whole(page, NARROWEST)
    found = faults(page)
    for face in (WIDE, NARROW):
        with set_in(page, face):
            _show_whole(page, NARROWEST)
            found += [f"in {face}: {complaint}" for complaint in [*_found(page, TARGETS), *faults(page)]]
    with endless_words(page):
        return found + [f"endless words: {fault}" for fault in faults(page)]


def _found(page, rules):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations = page.evaluate(f"() => axe.run({json.dumps(rules)}).then((results) => results.violations)")
    return [_complaint(violation) for violation in violations]


def _complaint(violation):
    """One violation in one line."""
    node = violation["nodes"][0]
    return f"{violation['id']}: {violation['help']} — {node['target']} {node['html'][:200]}"
