"""What is asked the short way finds the rows that the long way finds, in magazines drawn by chance."""

from datetime import timedelta
from random import Random

import pytest
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from articles.models import Answer, Article, Author, Byline, Conflict, Question, Region, Submission, Topic
from articles.models.private.reach import articles_on_desk
from articles.models.public.question import Stance
from articles.models.public.questions import argued_last
from bench.scale import world
from comments.models import Appeal, Comment, Discussion, ReportCase, Ruling
from comments.models.counting import REMOVED, shown


@pytest.fixture(params=range(2))
def people(request, db, monkeypatch):
    """Shuffle a small magazine, and return some of those who work and write there."""
    monkeypatch.setattr(world, "MANY", 60)
    monkeypatch.setattr(world, "LIVE", 30)
    world.build(40)
    chance, now = Random(request.param), timezone.now()
    for article in Article.objects.all():
        days = chance.choice([-40, -3, 0, 0, 0, 0, 2])
        status = chance.choice(["published"] * 4 + ["retracted", "removed"])
        Article.objects.filter(pk=article.pk).update(
            published_at=article.published_at + timedelta(days=days), status=status
        )
        question = Question.objects.order_by("pk")[chance.randrange(6)]
        article.answers.get_or_create(question=question, defaults={"stance": chance.choice(Stance.values)})
    for comment in Comment.objects.exclude(number=None).order_by("?")[:60]:
        until = chance.choice([None, now - timedelta(hours=1), now + timedelta(hours=1)])
        Comment.objects.filter(pk=comment.pk).update(status="hidden", hidden_until=until)
    Appeal.objects.filter(pk__in=Appeal.objects.order_by("?")[:10].values("pk")).update(status="reversed")
    Question.objects.filter(pk=chance.choice(Question.objects.values_list("pk", flat=True))).update(shown=False)
    Discussion.objects.order_by("?").first().comments.all().update(number=None, published_at=None)
    return _tied(chance)


def _tied(chance):
    desk = list(User.objects.filter(groups__isnull=False))
    authors, pieces = list(Author.objects.all()), list(Submission.objects.exclude(status="draft"))
    for person in desk:
        author = chance.choice(authors)
        Author.objects.filter(pk=author.pk).update(user=person)
        Conflict.objects.create(submission=chance.choice(pieces), user=person)
        one, other = chance.sample(pieces, 2)
        Submission.objects.filter(pk=one.pk).update(corresponding_author=person)
        Byline.objects.filter(submission=other).update(person=person, consent=chance.choice(["asked", "yes", "no"]))
        comments = Comment.objects.order_by("?").values("pk")[:5]
        Comment.objects.filter(pk__in=list(comments.values_list("pk", flat=True))).update(author=person)
    return [*desk, *User.objects.filter(authors__isnull=False)[:3]]


def keys(rows):
    return sorted(rows.values_list("pk", flat=True))


def _readers():
    listed = Article.objects.filter(status="published", published_at__lte=timezone.now())
    readable = Article.objects.filter(status__in=["published", "retracted"], published_at__lte=timezone.now())
    in_print = Author.objects.filter(printed_bylines__edition__current_of__in=readable).distinct()
    assert keys(Author.objects.in_print()) == keys(in_print)
    talked = Discussion.objects.filter(published_count__gt=0, article__in=listed)
    assert keys(Discussion.objects.recently_discussed()) == keys(talked)
    for topic in Topic.objects.all():
        assert keys(Article.objects.listed().on_shelf("topic", topic.pk)) == keys(listed.filter(topics=topic))
    for region in Region.objects.all():
        about = listed.filter(Q(regions=region) | Q(regions__parent=region)).distinct()
        assert keys(Article.objects.listed().on_shelf("region", region.pk)) == keys(about)
    for month in listed.dates("published_at", "month"):
        those = listed.filter(published_at__year=month.year, published_at__month=month.month)
        assert keys(Article.objects.listed().of_month(month)) == keys(those)
    answers = Answer.objects.filter(question=OuterRef("pk"), article__in=listed)
    both = [Exists(answers.filter(stance=stance)) for stance in (Stance.YES, Stance.NO)]
    latest = answers.order_by("-article__published_at").values("article__published_at")[:1]
    argued = Question.objects.filter(*both, shown=True).order_by(Subquery(latest).desc(), "-pk")
    assert argued_last.first().pk == argued.first().pk


def _counts():
    reversed_ = Ruling.objects.taking_away().filter(comment=OuterRef("pk"), appeals__status="reversed")
    back = Q(pk__in=Comment.objects.filter(shown()).filter(Exists(reversed_)).values("pk"))
    for discussion in Discussion.objects.all():
        found = discussion.comments.filter(REMOVED | back, number__isnull=False)
        rows = found.values_list("ruling__rule__slug").order_by("ruling__rule__slug")
        counted = rows.annotate(gone=Count("pk", filter=REMOVED), back=Count("pk", filter=~REMOVED))
        told = [(slug, gone, came) for slug, _, _, gone, came in discussion.comments.tallied()]
        assert sorted(told) == sorted(counted)


def _desk(people):
    for person in people:
        printed = Q(bylines__author__user=person, bylines__consent__in=["", "asked", "yes"])
        agreeing = Q(bylines__person=person, bylines__consent__in=["asked", "yes"])
        hers = Q(corresponding_author=person) | ((printed | agreeing) & ~Q(status="draft"))
        assert keys(Submission.objects.by_author(person)) == keys(Submission.objects.filter(hers).distinct())
        comments = keys(Comment.objects.on_desk(person))
        assert keys(ReportCase.objects.on_desk(person)) == keys(ReportCase.objects.filter(comment__in=comments))
        assert keys(Appeal.objects.on_desk(person)) == keys(Appeal.objects.filter(ruling__comment__in=comments))
        desk = Q(published_at__lte=timezone.now()) | Q(submission__in=keys(Submission.objects.on_desk(person)))
        assert keys(articles_on_desk(person)) == (keys(Article.objects.filter(desk)) if person.is_editor else [])
        seen = Discussion.objects.filter(article__in=keys(articles_on_desk(person)))
        assert keys(Discussion.objects.on_desk(person)) == keys(seen)


def test_readers_members_and_the_desk_find_the_rows_that_the_long_way_finds(people):
    _readers()
    _counts()
    _desk(people)
