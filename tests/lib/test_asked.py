"""Questions whose SQL is written once: each answer is that of this moment, to what was asked."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Abs
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Edition
from articles.models.public.questions import piece_at, related
from forum.lib.asked import NOW, Given, Keys, asked, changed
from tests import makers


@asked
def called():
    """Return what is listed under a title."""
    return Article.objects.listed(at=NOW).filter(edition__title=Given("title", CharField())).for_cards()


def test_it_is_asked_anew_each_time_and_answers_what_it_was_given(sami, edith, maggie):
    assert called(title="By night") == []
    night, day = (makers.an_article(sami, edith, maggie, title=title) for title in ("By night", "By day"))
    for _ in range(4):  # the database keeps its plan from the third time on
        assert [card.pk for card in called(title="By night")] == [night.pk]
        assert [card.pk for card in called(title="By day")] == [day.pk]
        assert called(title="' OR 1=1 --") == []
    night.remove(by=maggie, notice="At the request of a court.")
    assert called.first(title="By night") is None


@asked
def half():
    """Return the titles that say how much, of these pieces and beside those."""
    found = Article.objects.filter(pk__in=Keys("of")).exclude(pk__in=Keys("beside"))
    return found.filter(edition__title__contains="% of").values_list("pk", flat=True)


def test_it_is_told_any_number_of_keys_beside_what_is_always_the_same(sami, edith, maggie):
    titles = ["50 % of it", "100 % of it", "50% of it"]
    first, second, third = (makers.an_article(sami, edith, maggie, title=title).pk for title in titles)
    for _ in range(3):
        assert set(half(of=[first, second, third], beside=[])) == {first, second, third}
        assert half(of={second, first}, beside=[first, 2**40]) == [second]
        assert half(of=[], beside=[first]) == []
    makers.an_article(sami, edith, maggie, title="Half of it")
    assert half(of=Article.objects.values_list("pk", flat=True), beside=[first, second]) == [third]


def test_its_sql_is_written_once(article, monkeypatch):
    called(title="By night")
    monkeypatch.setattr(called, "build", None)
    with CaptureQueriesContext(connection) as queries:
        assert called.first(title=article.title).pk == article.pk
    assert len(queries) == 1
    assert "articles_article" in queries[0]["sql"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans nothing for long")
def test_it_is_planned_once_in_each_connection(article):
    for _ in range(3):
        called(title="By night")
    plans = "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = %s"
    with connection.cursor() as cursor:
        cursor.execute(plans, [called.written[2].replace("%s", "$1", 1).replace("%s", "$2", 1)])
        assert cursor.fetchall() == [(3, 0)]


def test_its_moment_is_that_of_asking(sami, edith, maggie, monkeypatch):
    article = makers.a_scheduled(sami, edith, maggie).article
    address = {"year": article.year, "slug": article.slug}
    assert piece_at.first(**address) is None
    later = article.published_at + timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert piece_at.first(**address) == article


def test_a_moment_that_would_stay_in_it_is_refused(db):
    for build in (Article.objects.listed, lambda: Article.objects.filter(announced_at__gt=timezone.now())):
        with pytest.raises(ValueError, match="a moment for ever"):
            asked(build)()


def test_it_cannot_be_told_anything_before_it_is_asked(article):
    with pytest.raises(TypeError):
        asked(lambda piece: Article.objects.filter(pk=piece.pk))()
    with pytest.raises(KeyError):
        related(topic=article.primary_topic_id)


def test_it_reads_a_piece_as_any_query_does(article):
    found, known = piece_at.first(year=article.year, slug=article.slug), Article.objects.for_page().get()
    assert found == known
    assert (found.title, found.kind, found.edition.html) == (known.title, known.kind, known.edition.html)
    assert (found.told_bylines, found.told_topics) == (known.told_bylines, known.told_topics)
    assert found.turn == article.turn  # read when it is asked for


def test_a_broken_question_leaves_the_next_one_whole(article):
    number = asked(lambda: Article.objects.filter(pk=Abs(Given("pk"))).values_list("pk", flat=True))
    for _ in range(3):
        with pytest.raises(DatabaseError), transaction.atomic():
            number(pk=-(2**63))
        assert number(pk=article.pk) == [article.pk]
        assert Article.objects.count() == 1


def test_what_comes_as_it_came_before_is_made_once(sami, edith, maggie):
    makers.an_article(sami, edith, maggie, title="By night")
    (first,), (again,) = called(title="By night"), called(title="By night")
    assert first is again
    called(title="By night").clear()
    Edition.objects.update(standfirst="It was changed.")
    (changed,) = called(title="By night")
    assert changed == first._replace(standfirst="It was changed.")
    assert called(title="By night") == [changed]


def test_a_row_that_may_be_changed_is_a_new_one_each_time(article):
    address = {"year": article.year, "slug": article.slug}
    assert piece_at.first(**address) is not piece_at.first(**address)


def test_a_value_that_may_be_changed_is_refused(article):
    with pytest.raises(TypeError, match="unhashable"):
        asked(lambda: Article.objects.values_list("edition__declarations"))()


def test_a_moment_is_read_as_by_any_query(article):
    read, known = (found.published_at for found in (called.first(title=article.title), article))
    assert (read, read.utcoffset(), read.tzinfo) == (known, known.utcoffset(), known.tzinfo)


def test_nothing_has_a_number_that_no_database_holds(article):
    numbered = asked(lambda: Article.objects.filter(pk=Given("pk")))
    for number in (2**63, -(2**63) - 1, int("9" * 400)):
        assert numbered(pk=number) == []
    assert numbered(pk=article.pk) == [article]


def test_however_many_questions_there_are_each_keeps_its_plan(article, on_postgresql):
    def number(n):
        return asked(lambda: Article.objects.filter(pk=Given("pk")).annotate(n=Value(n)))

    for n in range(120):
        number(n).first(pk=article.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] >= 120


@changed
def announced():
    """Let a piece have been announced at another time, and under another year."""
    told = {"announced_at": Given("at", DateTimeField(null=True)), "year": F("year") + 1}
    return Article.objects.filter(pk=Given("pk"), status="published"), told


def test_a_change_meets_what_it_was_told_and_nothing_else(sami, edith, maggie):
    changed_one, other = (makers.an_article(sami, edith, maggie) for _ in range(2))
    year, at = changed_one.year, timezone.now()
    for turn in (1, 2, 3):
        assert announced(pk=changed_one.pk, at=at) == 1
        found = Article.objects.get(pk=changed_one.pk)
        assert (found.announced_at, found.year) == (at, year + turn)
    assert announced(pk=changed_one.pk, at=None) == 1
    assert announced(pk=2**62, at=at) == 0
    other.remove(by=maggie, notice="At the request of a court.")
    assert announced(pk=other.pk, at=at) == 0
    assert Article.objects.get(pk=other.pk).year == year


def test_the_sql_of_a_change_is_written_once(article, monkeypatch):
    announced(pk=article.pk, at=None)
    monkeypatch.setattr(announced, "build", None)
    with CaptureQueriesContext(connection) as queries:
        announced(pk=article.pk, at=None)
    assert [query["sql"][:25] for query in queries] == ['UPDATE "articles_article"']


def test_a_change_that_would_keep_a_moment_is_refused(db):
    with pytest.raises(ValueError, match="a moment for ever"):
        changed(lambda: (Article.objects.all(), {"announced_at": timezone.now()}))()
