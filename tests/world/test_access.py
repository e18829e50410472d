"""Who meets what at which address: the whole site against one table."""

import pytest
from django.test import Client

from tests import access

SITE = access.addresses()
TABLE = access.table()
PICTURE = "picture"  # in print, and so the same for everybody with a session too
HEADERS = {"public": "no-cache", "private": "private, no-store", "never": "no-store"}


def test_every_address_stands_in_the_table_and_every_row_is_an_address():
    assert set(SITE) == set(TABLE)


def test_every_view_says_how_its_answers_are_kept():
    classes = {name: getattr(address.view, "cache_class", None) for name, address in SITE.items()}
    assert [name for name, cache_class in classes.items() if cache_class not in HEADERS] == []


@pytest.mark.parametrize("person", access.PEOPLE)
def test_everybody_meets_what_the_table_says_and_nothing_else_happens(person, world, cast):
    browser, wrong = access.browser_of(cast.get(person)), []
    before = access.everything()
    for name, address in SITE.items():
        opened = world.opened(name, address, person, browser)
        pressed = access.visit(browser, address.path(world.arguments(address)), "post", before)
        for how, met, expected in zip(("opened", "pressed"), (opened, pressed), TABLE[name], strict=True):
            if met.word != expected[person]:
                wrong.append((name, how, met.word, "instead of", expected[person]))
        wrong += [(name, "wrote on being opened", sql[:80]) for sql in opened.written]
        wrong += complaints(name, opened, address.view.cache_class, signed_in=person != "nobody")
        wrong += complaints(name, pressed, "never", signed_in=False)
    assert wrong == []
    assert access.everything() == before


def complaints(name, met, cache_class, *, signed_in):
    """Return what is wrong with the headers of an answer."""
    found = []
    kept = met.headers.get("Cache-Control", "")
    is_hers = signed_in and name != PICTURE
    if is_hers or met.status != 200:
        found += [] if "no-store" in kept else [(name, "may be kept", kept)]
    elif not kept.startswith(HEADERS[cache_class]) and "no-store" not in kept:
        found.append((name, "is kept otherwise than declared", kept))
    elif cache_class == "public" and kept != "no-cache":
        found.append((name, "is not kept", kept))
    policy = met.headers.get("Content-Security-Policy", "")
    nonced = "nonce-" in policy and cache_class == "public"
    if "script-src 'self'" not in policy or "unsafe" in policy or "*" in policy or nonced:
        found.append((name, "has a weak policy", policy))
    return found


def test_a_public_page_is_the_same_for_every_stranger_and_leaves_no_cookie(world):
    different = []
    for name, address in SITE.items():
        if address.view.cache_class == "public":
            path = address.path(world.arguments(address))
            first, second = Client().get(path), Client(HTTP_USER_AGENT="Another").get(path)
            if first.getvalue() != second.getvalue() or first.cookies or second.cookies:
                different.append(name)
    assert different == []
