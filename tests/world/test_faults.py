"""A form that is refused says so first: in the title, and in one list with the focus that leads to the fields."""

import re

from lxml import html
from zeal import zeal_ignore

from tests import access
from tests.opened import said

SITE = access.addresses()
OPENED = {name: rows[0] for name, rows in access.table().items()}


def test_every_refused_form_names_its_faults_leads_to_them_and_has_the_focus(world, cast):
    wrong, refused, seen = [], set(), set()
    for name, address in SITE.items():
        browser = access.browser_of(cast.get(who_opens(name)))
        for place, page in answers(browser, address.path(world.arguments(address)), seen):
            if has_faults(page):
                refused.add(place)
                wrong += [(name, place, complaint) for complaint in complaints(page)]
    assert wrong == []
    assert len(refused) > 65


def who_opens(name):
    """Return the first person who can open an address."""
    return next((person for person in access.PEOPLE if OPENED[name][person] == "200"), "nobody")


def answers(browser, path, seen):
    """Send each form of a page that was not seen before, emptied and with nonsense; yield the pages that come back."""
    page = visited(browser, "get", path)
    for form in [] if page is None else page.forms:
        place = (form.action or path).partition("#")[0]
        if form.method == "POST" and place not in seen:
            seen.add(place)
            for value in ("", "?" * 5000):
                answer = visited(browser, "post", place, filled(form, value))
                if answer is not None:
                    yield place, answer


def visited(browser, method, path, *data):
    """Return the page at an address, or None where there is none; whatever changed is undone."""
    cookies = dict(browser.cookies)
    with access.undone(), zeal_ignore():
        response = getattr(browser, method)(path, *data)
        is_page = response.status_code in (200, 409) and "html" in response.headers["Content-Type"]
        text = response.getvalue().decode(errors="replace")
    browser.cookies.clear()
    browser.cookies.update(cookies)
    return html.fromstring(text) if is_page else None


def filled(form, value):
    """Return what a form would send with this in every field that can be seen."""
    hidden = {field.name for field in form.inputs if field.get("type") == "hidden"}
    pressed = form.xpath(".//button[@name][not(@formnovalidate)]")[:1]
    fields = {name: old if name in hidden else value for name, old in said(form).items()}
    return fields | {button.get("name"): button.get("value") or "" for button in pressed}


def has_faults(page):
    """Say whether any field on a page is marked as wrong, or its title says so."""
    return bool(page.xpath("//*[@aria-invalid='true']")) or title(page).startswith("Error:")


def title(page):
    return page.findtext(".//title")


def complaints(page):
    """Return what a refused page lacks."""
    lists, ids = page.xpath("//*[@data-faults]"), {element.get("id") for element in page.iter() if element.get("id")}
    if not title(page).startswith("Error: ") or len(lists) != 1:
        return ["says nothing of its faults first"]
    links = [link.get("href").removeprefix("#") for link in lists[0].xpath(".//a")]
    found = [f"leads nowhere: {link}" for link in links if link not in ids]
    wrong = [field for field in page.xpath("//*[@aria-invalid='true']") if field.get("type") != "hidden"]
    found += [f"names no fault: {field.get('name')}" for field in wrong if not is_named(field, links)]
    found += [f"is not described: {field.get('name')}" for field in wrong if not described(field) & ids]
    focus = page.xpath("//*[@autofocus]")
    if not focus or (focus[0] is not lists[0] and focus[0].get("id") not in links):
        found.append("has no focus")
    found += [f"stays at a fragment: {form.action}" for form in page.forms if "#" in (form.action or "#")]
    return found


def is_named(field, links):
    return any(re.sub(r"_\d+$", "", field.get("id")) == re.sub(r"_\d+$", "", link) for link in links)


def described(field):
    """Return the ids of what describes a field, or the group it stands in."""
    around = [field, *field.iterancestors("fieldset")]
    return {name for element in around for name in (element.get("aria-describedby") or "").split()}
