"""Moments as PostgreSQL writes them are those that were stored."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DataError, connection

from articles.models import Article
from forum.lib.rows import Beside
from forum.lib.timestamps import told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("microsecond", [0, 5, 500_000, 123_450])
@pytest.mark.parametrize("year", [1, 1999, 2026, 9999])
def test_a_moment_comes_back_as_it_was_stored(article, year, microsecond):
    at = datetime(year, 11, 30, 9, 0, 0, microsecond, tzinfo=UTC)
    Article.objects.update(announced_at=at)
    found = Article.objects.values_list("announced_at", flat=True).get()
    assert (found, found.utcoffset()) == (at, timedelta())


@pytest.mark.parametrize("microsecond", [0, 5, 500_000, 123_450])
@pytest.mark.parametrize("year", [1, 1999, 2026, 9999])
def test_a_moment_in_a_list_beside_a_row_is_the_one_that_was_stored(article, year, microsecond):
    at = datetime(year, 11, 30, 9, 0, 0, microsecond, tzinfo=UTC)
    Article.objects.update(announced_at=at)
    (((written, key),),) = Article.objects.values_list(Beside(Article.objects.all(), "announced_at", "pk"), flat=True)
    assert (told(written), told(written).utcoffset(), key) == (at, timedelta(), article.pk)


def test_a_moment_of_another_zone_is_read_in_ours(article):
    at = datetime(2026, 11, 30, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    Article.objects.update(announced_at=at)
    found = Article.objects.values_list("announced_at", flat=True).get()
    assert (found, found.utcoffset()) == (at, timedelta())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no such moments")
@pytest.mark.parametrize("written", ["infinity", "0044-03-15 09:00:00+00 BC"])
def test_what_no_calendar_of_ours_has_is_refused(written):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        with pytest.raises(DataError):
            cursor.fetchone()
