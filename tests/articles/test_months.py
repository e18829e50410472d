"""The numbers beside the months of the archive are right whatever happened to a piece, and whoever wrote it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.models.public import months
from forum import clock, fresh
from forum.lib import version
from tests import makers

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)

CHANGE = {
    "postgresql": "ALTER TABLE articles_article ALTER COLUMN status TYPE varchar(99)",
    "sqlite": "SELECT 1",  # makes a changed table anew, whatever is attached to it
}
LOSE = {
    "postgresql": [
        "DROP FUNCTION article_months() CASCADE",
        "DROP TRIGGER article_months_none ON articles_article",
        "ALTER TABLE articles_article DISABLE TRIGGER article_months",
    ],
    "sqlite": ["DROP TRIGGER article_months_update", "DROP TRIGGER article_months_insert"],
}


@pytest.fixture
def now(db):
    """A clock that stands still in the middle of a month."""
    with time_machine.travel(NOON, tick=False) as clock, timezone.override("UTC"):
        months.count_anew()  # in this zone
        yield clock


def told():
    """Return the months and their numbers, which are those that one finds by counting."""
    found = {f"{first:%Y-%m}": pieces for _, some in months.counted() for first, pieces in some}
    counted = Article.objects.listed().by_month()
    assert list(found.items()) == [(f"{timezone.localtime(month):%Y-%m}", pieces) for month, pieces in counted]
    return found


def is_counting():
    """Say whether all that counts is there."""
    with connection.cursor() as cursor:
        cursor.execute(months._database().COUNTS)
        return bool(cursor.fetchone()[0])


def test_a_piece_counts_from_the_moment_at_which_it_is_published(now, sami, edith, maggie):
    makers.an_article(sami, edith, maggie)
    assert told() == {"2026-06": 1}


def test_a_piece_to_come_counts_once_its_moment_has_come_though_nobody_does_anything(now, sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie).article
    assert told() == {}
    makers.an_article(sami, edith, maggie, title="Another")
    assert told() == {f"{NOON:%Y-%m}": 1}
    now.move_to(piece.published_at - timedelta(microseconds=1))
    assert sum(told().values()) == 1
    now.move_to(piece.published_at)
    assert sum(told().values()) == 2


def test_a_piece_that_is_moved_counts_in_its_new_month_alone(now, sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie).article
    piece.move_date(NOON + timedelta(days=60))
    now.move_to(NOON + timedelta(days=61))
    assert told() == {"2026-08": 1}


def test_what_is_taken_off_counts_no_more_and_again_when_it_is_back(now, article, maggie):
    assert sum(told().values()) == 1
    article.remove(by=maggie, notice="It named a witness.")
    assert told() == {}
    article.restore(by=maggie)
    assert sum(told().values()) == 1
    article.retract(by=maggie, notice="Its figures were made up.")
    assert told() == {}


def test_what_is_written_past_the_verbs_counts_too(now, article):
    Article.objects.update(published_at=datetime(2020, 2, 29, tzinfo=UTC))
    assert told() == {"2020-02": 1}
    Article.objects.update(status="removed")
    assert told() == {}
    Article.objects.update(status="published", published_at=datetime(2019, 1, 1, tzinfo=UTC))
    months.due()
    assert told() == {"2019-01": 1}
    Article.objects.filter(pk=article.pk).delete()
    assert told() == {}


@pytest.mark.parametrize(
    ("zone", "month"), [("Pacific/Kiritimati", "2026-03"), ("UTC", "2026-02"), ("America/New_York", "2026-02")]
)
def test_a_month_begins_at_midnight_in_the_zone_of_the_site(now, article, zone, month):
    Article.objects.update(published_at=datetime(2026, 2, 28, 10, 0, tzinfo=UTC))
    with timezone.override(zone):
        assert told() == {month: 1}  # though counted in another one as yet
        months.due()
        assert told() == {month: 1}
        Article.objects.update(published_at=months.midnight(datetime(2026, 3, 1, tzinfo=UTC)))
        assert told() == {"2026-03": 1}


def test_after_a_migration_pieces_are_counted_anew_and_count_on(now, article):
    months.stop_counting()
    Article.objects.update(published_at=datetime(2020, 2, 29, tzinfo=UTC))
    assert told() == {"2020-02": 1}
    call_command("migrate", verbosity=0)
    Article.objects.update(published_at=datetime(2020, 3, 1, tzinfo=UTC))
    assert told() == {"2020-03": 1}


def test_the_clock_ticks_in_the_middle_of_a_migration_and_leaves_it_alone(now, article):
    fresh.unwatch(plan=["a step"])
    months.stop_counting()
    assert clock.tick() == ["forum.fresh.due"]
    connection.check_constraints()  # those that wait would keep the table as it is
    with connection.cursor() as cursor:
        cursor.execute(CHANGE[connection.vendor])
        cursor.execute("SELECT count(*) FROM article_months")
        assert cursor.fetchone() == (0,)
    assert not is_counting()
    Article.objects.update(published_at=datetime(2020, 2, 29, tzinfo=UTC))
    assert told() == {"2020-02": 1}


def test_where_what_counts_was_lost_the_clock_counts_anew_and_kept_pages_are_made_again(now, article):
    for statement in LOSE[connection.vendor]:
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert not is_counting()
        Article.objects.update(published_at=datetime(2020, 2, 29, tzinfo=UTC))
        version.due()  # each transaction counts once, and a test is one
        before = version.read(fresh.TABLES, [])[0]
        months.due()
        assert version.read(fresh.TABLES, [])[0] > before
        assert is_counting()
        assert told() == {"2020-02": 1}
        Article.objects.update(published_at=datetime(2020, 3, 1, tzinfo=UTC))
        assert told() == {"2020-03": 1}


def test_where_a_migration_begins_while_the_clock_looks_it_is_left_alone(now, article, monkeypatch):
    looked = months._is_wrong

    def looking(cursor):
        found = looked(cursor)
        months.stop_counting()
        return found

    with timezone.override("Pacific/Kiritimati"):
        monkeypatch.setattr(months, "_is_wrong", looking)
        months.due()
    assert not is_counting()


def test_numbers_are_told_without_looking_at_pieces(now, article, django_assert_num_queries):
    with django_assert_num_queries(1):
        months.counted()


def test_what_was_counted_is_added_up(now, article):
    for day in (1, 2, 3):
        Article.objects.update(published_at=datetime(2020, day, 1, tzinfo=UTC))
    months.due()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), sum(pieces) FROM article_months")
        assert cursor.fetchone() == ((months.LAST - months.FIRST) * 12, 1)
