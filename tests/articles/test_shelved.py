"""A piece stands on every shelf it belongs to, by its date, whatever happened to it and whoever wrote that."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.models import Answer, Article, Author, PrintedByline, Region, Shelved, Topic
from articles.models.public import months, shelved
from articles.models.public.lists import ANSWERING, BY_AUTHOR, ON_REGION, ON_TOPIC
from forum import clock, fresh
from tests import makers

DAY = datetime(2020, 2, 29, tzinfo=UTC)
LOSE = {
    "postgresql": [
        "DROP FUNCTION shelved_articles_article() CASCADE",
        "DROP TRIGGER articles_answer_shelved_none ON articles_answer",
        "ALTER TABLE articles_article_topics DISABLE TRIGGER articles_article_topics_shelved",
    ],
    "sqlite": ["DROP TRIGGER articles_article_shelved_update", "DROP TRIGGER articles_answer_shelved_insert"],
}


@pytest.fixture
def shelved_piece(article):
    """A piece that stands on shelves of every kind."""
    article.topics.set(Topic.objects.filter(slug__in=["diplomacy", "defence"]))
    article.regions.set(Region.objects.filter(slug__in=["southern-europe", "northern-europe", "polar"]))
    article.answers.create(question=makers.a_question(), stance="yes")
    return article


def shelves():
    """Return what stands on which shelf, which is what one finds by looking at each piece."""
    found = set(Shelved.objects.values_list("shelf", "thing", "published_at", "article"))
    sought = set()
    for piece in Article.objects.filter(status="published"):
        regions = piece.regions.all()
        things = {
            "topic": {topic.pk for topic in piece.topics.all()},
            "region": {region.pk for region in regions} | {region.parent_id for region in regions} - {None},
            "question": {answer.question_id for answer in piece.answers.all()},
            "author": {byline.author_id for byline in piece.edition.bylines.all()},
        }
        sought |= {(shelf, thing, piece.published_at, piece.pk) for shelf in things for thing in things[shelf]}
    assert found == sought
    return {(shelf, thing) for shelf, thing, *_ in found}


def test_a_piece_stands_on_its_shelves_and_on_those_of_its_continents(shelved_piece):
    regions = {"southern-europe", "northern-europe", "europe", "polar"}
    assert {thing for shelf, thing in shelves() if shelf == "region"} == {
        region.pk for region in Region.objects.filter(slug__in=regions)
    }
    assert len(shelves()) == 2 + 4 + 1 + 1


def test_what_is_taken_off_leaves_its_shelves_and_comes_back_to_them(shelved_piece, maggie):
    before = shelves()
    shelved_piece.remove(by=maggie, notice="It named a witness.")
    assert shelves() == set()
    shelved_piece.restore(by=maggie)
    assert shelves() == before
    shelved_piece.retract(by=maggie, notice="Its figures were made up.")
    assert shelves() == set()


def test_a_piece_to_come_is_listed_once_its_moment_has_come_though_nobody_does_anything(sami, edith, maggie):
    piece = makers.a_scheduled(sami, edith, maggie).article
    topic = piece.topics.first().pk
    assert shelves() != set()
    with time_machine.travel(piece.published_at - timedelta(seconds=1), tick=False) as now:
        assert ON_TOPIC.first(thing=topic) == []
        now.move_to(piece.published_at)
        assert [card.pk for card in ON_TOPIC.first(thing=topic)] == [piece.pk]


def test_what_is_written_past_the_verbs_changes_shelves_too(shelved_piece, sami, edith, maggie):
    other = makers.an_article(sami, edith, maggie, title="Another")
    Article.objects.update(published_at=DAY)
    Article.objects.filter(pk=other.pk).update(status="removed")
    assert {thing for shelf, thing in shelves() if shelf == "author"} == {Author.objects.get().pk}
    through = Article.topics.through
    through.objects.all().delete()
    assert not [shelf for shelf, _ in shelves() if shelf == "topic"]
    through.objects.bulk_create(through(article=shelved_piece, topic=topic) for topic in Topic.objects.all())
    through.objects.filter(topic=Topic.objects.first()).update(article=other)
    Article.regions.through.objects.filter(region__slug="polar").update(region=Region.objects.get(slug="africa"))
    Answer.objects.update(question=makers.a_question(title="Is it another?"))
    PrintedByline.objects.update(author=Author.objects.create(name="Noor", slug="noor"))
    shelves()
    Answer.objects.update(article=other)
    Article.objects.update(status="published", published_at=DAY + timedelta(days=1))
    assert ("question", Answer.objects.get().question_id) in shelves()


def test_a_region_that_is_moved_takes_its_pieces_to_another_continent(shelved_piece):
    south, asia = (Region.objects.get(slug=slug) for slug in ("southern-europe", "asia"))
    south.parent = asia
    south.save()
    assert ("region", asia.pk) in shelves()
    Region.objects.filter(pk=south.pk).update(parent=None)
    assert ("region", asia.pk) not in shelves()


def test_a_correction_stands_where_the_names_above_it_say(shelved_piece, maggie):
    noor = Author.objects.create(name="Noor", slug="noor")
    shelved_piece.amend(by=maggie, change="update", note="We added a figure.", title="Now with a figure")
    shelved_piece.edition.bylines.update(author=noor)
    assert [thing for shelf, thing in shelves() if shelf == "author"] == [noor.pk]


def test_a_piece_that_is_deleted_stands_nowhere(shelved_piece):
    with connection.cursor() as cursor:
        Article.objects.update(edition=None)
        Article.objects.filter(pk=shelved_piece.pk).delete()
        cursor.execute("SELECT count(*) FROM articles_shelved")
        assert cursor.fetchone() == (0,)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no such statement")
def test_what_is_truncated_stands_on_no_shelf(shelved_piece):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_article_topics")
        assert not [shelf for shelf, _ in shelves() if shelf == "topic"]
        cursor.execute("TRUNCATE articles_article CASCADE")
    assert shelves() == set()


def test_after_a_migration_everything_stands_where_it_belongs(shelved_piece):
    shelved.stop_shelving()
    Article.objects.update(published_at=DAY)
    call_command("migrate", verbosity=0)
    shelves()
    Article.objects.update(published_at=timezone.now())
    shelves()


def test_the_clock_ticks_in_the_middle_of_a_migration_and_leaves_it_alone(shelved_piece):
    fresh.unwatch(plan=["a step"])
    months.stop_counting()
    shelved.stop_shelving()
    assert clock.tick() == ["forum.fresh.due"]
    assert not shelved.are_kept()


def test_where_what_keeps_the_shelves_was_lost_the_clock_writes_them_anew(shelved_piece):
    for statement in LOSE[connection.vendor]:
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(statement)
        assert not shelved.are_kept()
        Article.objects.update(published_at=DAY)
        Topic.objects.get(slug="defence").articles.clear()
        shelved.due()
        assert shelved.are_kept()
        shelves()
        Article.objects.update(published_at=timezone.now())
        shelved_piece.topics.add(Topic.objects.get(slug="defence"))
        shelves()


@pytest.mark.parametrize("some", [ON_TOPIC, ON_REGION, BY_AUTHOR, ANSWERING])
def test_a_list_goes_on_where_its_page_ended_though_dates_are_the_same(shelved_piece, sami, edith, maggie, some):
    things = {ON_TOPIC: shelved_piece.topics, ON_REGION: shelved_piece.regions, ANSWERING: shelved_piece.answers}
    thing = Author.objects.get().pk if some is BY_AUTHOR else things[some].first().pk
    thing = shelved_piece.answers.get().question_id if some is ANSWERING else thing
    for number in range(3):
        piece = makers.an_article(sami, edith, maggie, title=f"Number {number}")
        piece.topics.set(shelved_piece.topics.all())
        piece.regions.set(shelved_piece.regions.all())
        piece.answers.create(question=shelved_piece.answers.get().question, stance="no")
    Article.objects.update(published_at=DAY)
    newest = sorted(Article.objects.values_list("pk", flat=True), reverse=True)
    assert [card.pk for card in some.rows(thing)] == [card.pk for card in some.first(thing=thing)] == newest
