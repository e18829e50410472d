"""A piece that readers can see, printed once for all the tests of this folder."""

import pytest
from django_tasks_db.models import DBTaskResult

from articles.models import Article
from tests import makers
from tests.conftest import registered, standing


@pytest.fixture(scope="package")
def printed(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the key of a piece by Sami."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("printed")):
        sami, edith, maggie = map(registered, ("Sami Student", "Edith Editor", "Maggie Manager"))
        piece = makers.an_article(sami, edith, maggie)
        DBTaskResult.objects.all().delete()  # who lets the queue run hears of the discussion, not of the piece
        yield piece.pk


@pytest.fixture
def article(db, printed):
    """A piece by Sami that readers can see."""
    return Article.objects.get(pk=printed)
