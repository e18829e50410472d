"""Every page of the site, seen at 1,280, 360 and 320 pixels, in the light and in the dark, by axe."""

import pytest

from tests import access
from tests.browser.accessible import complaints_everywhere

SITE = access.addresses()
TABLE = access.table()
VISITORS = ["nobody", "rosa", "sami", "mina", "edith", "maggie", "ada"]
PARTS = 3  # so that two processes have equal shares


def visitor(name):
    """Return the first to whom an address shows a page."""
    opened = TABLE[name][0]
    return next((person for person in VISITORS if opened[person] == "200"), None)


def pages_of(person):
    return [name for name in SITE if name in TABLE and visitor(name) == person]


SHARES = [(person, part) for person in VISITORS for part in range(PARTS) if pages_of(person)[part::PARTS]]


@pytest.mark.parametrize(("person", "part"), SHARES)
def test_every_page_reads_well(person, part, page, cast, sign_in):
    world, wrong = access.World(cast), []
    if person != "nobody":
        sign_in(page, cast[person])
    for name in pages_of(person)[part::PARTS]:
        response = page.request.get(path := SITE[name].path(world.arguments(SITE[name])))
        if response.headers.get("content-type", "").startswith("text/html"):
            page.goto(path)
            wrong += [f"{path} {complaint}" for complaint in complaints_everywhere(page)]
    assert not wrong, "\n".join(wrong)
