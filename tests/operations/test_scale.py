"""No page works the database harder because the archive is larger."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench.scale import copies, work, world
from bench.scale.pages import PAGES, person, places
from bench.scale.work import plan, work_of
from comments.models import Comment, Rule
from comments.models.questions import just_made
from forum import figures

FEW, MANY = 12, 36
AT_LEAST = {"sqlite": 1000, "postgresql": 200}  # steps, or blocks and rows, by which a page may differ by chance


@pytest.fixture
def rows(db, monkeypatch):
    """Return the rows that may be copied of a small magazine that has a full desk."""
    monkeypatch.setattr(world, "MANY", 120)
    monkeypatch.setattr(world, "LIVE", 40)
    if connection.vendor == "postgresql":  # with few rows it would read them all, whatever the indices
        for way in ("seqscan", "mergejoin", "hashjoin"):
            connection.cursor().execute(f"SET LOCAL enable_{way} = off")
    return world.build(100)


def measured():
    """Return how hard the database works for each page."""
    figures.due()
    known, found = places(), {}
    for who, page, path in PAGES:
        browser = Client()
        if reader := person(who):
            browser.force_login(reader)
        found[f"{who}: {page}"] = work_of(browser, path.format(**known)).amount
    return found


def test_no_page_works_harder_because_there_are_more_pieces(rows):
    for number in range(1, FEW):
        copies.copy(rows, number)
    copies.count_on()
    few = measured()
    for number in range(FEW, MANY):
        copies.copy(rows, number)
    copies.count_on()
    many, least = measured(), AT_LEAST[connection.vendor]
    grown = {page: (few[page], many[page]) for page in few if many[page] > 1.3 * few[page] + least}
    assert grown == {}


def gone_through(tables):
    """Return by which ways each page goes through one of these tables."""
    known, found = places(), {}
    for who, page, path in PAGES:
        browser = Client()
        if reader := person(who):
            browser.force_login(reader)
        asked = work_of(browser, path.format(**known)).asked
        if ways := [way for question in asked for way in work.gone_through(question, tables)]:
            found[f"{who}: {page}"] = ways
    return found


def test_no_page_goes_through_a_table_that_grows_with_the_archive(rows):
    for number in range(1, FEW):
        copies.copy(rows, number)
    copies.count_on()
    grown = {model._meta.db_table for model in rows}
    assert {"articles_article", "articles_submission", "comments_comment", "accounts_user"} <= grown
    figures.due()
    assert gone_through(grown) == {}
    by_day = next(index for index in User._meta.indexes if index.fields[:1] == ["-joined_at"])
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {by_day.name}")
    assert list(gone_through(grown)) == ["administrator: the people"]


def test_a_plan_names_the_ways_to_the_rows_of_a_page(rows):
    found = work_of(Client(), "/")
    ways = [way for asked in found.asked for way in plan(asked)]
    assert len(ways) > len(found.asked) > 3
    assert [way for way in ways if "articles_article" in way] != []


def just_decided():
    """Return how hard it is to find what a moderator decided just now; it is put back, for the rows are copied."""
    moderator, rule = person("moderator"), Rule.objects.first()
    with transaction.atomic():
        for comment in Comment.objects.filter(status="pending")[:3]:
            comment.remove(by=moderator, rule=rule, reason="An insult.")
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # as it does where it expects many
                cursor.execute("SET LOCAL enable_hashjoin = on")
            cursor.execute("ANALYZE")
        with work.watched() as found:
            assert len(just_made(person=moderator.pk, since=timezone.now() - timedelta(days=1))) == 3
        transaction.set_rollback(True)
    return found.amount


def test_what_a_moderator_decided_just_now_is_found_without_what_was_decided_before(rows):
    few = just_decided()
    for number in range(1, FEW):
        copies.copy(rows, number)
    copies.count_on()
    assert just_decided() <= 1.3 * few + 30
