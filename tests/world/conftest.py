"""One of everything that has an address, built once for all the tests of this folder."""

import pytest

from tests import access
from tests.conftest import everybody, keep_files, standing


@pytest.fixture(scope="package")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the world and the folder of its pictures."""
    folder = tmp_path_factory.mktemp("world")
    with standing(django_db_blocker, folder):
        access.shorten_menus()
        yield access.World(everybody()), folder


@pytest.fixture
def world(db, built, settings):
    world, folder = built
    keep_files(settings, folder)
    return world


@pytest.fixture
def article(world):
    """A piece by Sami that readers can see."""
    return world.article


@pytest.fixture(autouse=True)
def _quick():
    with access.quick():
        yield
