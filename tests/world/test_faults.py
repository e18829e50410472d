"""A form that is refused says so first: in the title, and in one list with the focus that leads to the fields."""

import re

from lxml import html
from zeal import zeal_ignore

from tests import access
from tests.opened import said
from tests.world.test_bad_input import SITE, Everybody


def test_every_refused_form_names_its_faults_leads_to_them_and_has_the_focus(world, cast):
    everybody, wrong, refused, seen = Everybody(world, cast), [], set(), set()
    for name, address in SITE.items():
        met, path = everybody.opens(name), address.path(world.arguments(address))
        browser = everybody[everybody.who_opens(name)]
        for place, page in answers(browser, met, path, seen):
            if has_faults(page):
                refused.add(place)
                wrong += [(name, place, complaint) for complaint in complaints(page)]
    assert wrong == []
    assert len(refused) > 65


def answers(browser, met, path, seen):
    """Send each form of a page that was not seen before, emptied and with nonsense; yield the pages that come back."""
    is_page = met.status in (200, 409) and "html" in met.headers["Content-Type"]
    for form in html.fromstring(met.content.decode()).forms if is_page else []:
        place = (form.action or path).partition("#")[0]
        if form.method == "POST" and place not in seen:
            seen.add(place)
            for value in ("", "?" * 5000):
                answer = posted(browser, place, filled(form, value))
                if answer is not None:
                    yield place, answer


def posted(browser, path, said):
    """Return the page that answers a form, or None where it is none; whatever changed is undone."""
    cookies = dict(browser.cookies)
    with access.undone(), zeal_ignore():
        response = browser.post(path, said)
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
