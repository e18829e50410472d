"""A piece that readers can see, printed once for all the tests of this folder."""

import pytest

from articles.models import Article
from tests import makers
from tests.conftest import registered, standing


@pytest.fixture(scope="package")
def printed(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the key of a piece by Sami."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("printed")):
        sami, edith, maggie = map(registered, ("Sami Student", "Edith Editor", "Maggie Manager"))
        yield makers.an_article(sami, edith, maggie).pk


@pytest.fixture
def article(db, printed):
    """A piece by Sami that readers can see."""
    return Article.objects.get(pk=printed)
