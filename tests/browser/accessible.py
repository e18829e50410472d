"""What a page must keep to be usable by everyone."""

import json

from axe_playwright_python.base import AXE_SCRIPT

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # axe would ask for our @imports again, at addresses that do not exist
}
SHAPES = {**RULES, "rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"], "preload": False}
DESKTOP, PHONE, NARROWEST = ({"width": width, "height": 800} for width in (1280, 360, 320))
SETTLED = "() => Promise.all(document.getAnimations().map((animation) => animation.finished)).then(() => true)"


def assert_accessible(page):
    """Let axe, which is a script itself, find nothing, and let nothing stick out sideways."""
    page.wait_for_load_state()
    has_scripts = page.evaluate("() => matchMedia('(scripting: enabled)').matches")
    complaints = [*(_found(page, RULES) if has_scripts else []), *_overflow(page)]
    assert not complaints, "\n".join([page.url, *complaints])


def complaints_everywhere(page):
    """Return what is wrong with a page at both sizes, in the dark, and in the narrowest window."""
    found = [*_found(page, RULES), *_overflow(page)]
    page.set_viewport_size(PHONE)
    found += [f"phone: {complaint}" for complaint in [*_found(page, SHAPES), *_overflow(page)]]
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += [f"dark: {complaint}" for complaint in _found(page, COLOURS)]
    page.set_viewport_size(NARROWEST)
    found += _overflow(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)
    return found


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
