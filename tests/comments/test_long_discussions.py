"""A discussion of five thousand comments costs the database no more than a short one."""

import itertools
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, CommentRevision, Discussion, Follow, Mute, Visit
from tests.comments.making import a_removed
from tests.makers import a_person

THREAD = Template("{% load comments %}{% comment_thread article %}")
MOST = 5  # with a count of what is new and the tally


def fill(article, number, writers):
    """Let so many comments stand under a piece, each after the first an answer that quotes the one before."""
    discussion, now = Discussion.of(article), timezone.now()
    first = discussion.next_number
    rows = Comment.objects.bulk_create(
        Comment(
            discussion=discussion,
            author=writers[place % len(writers)],
            key=uuid.uuid4(),
            status="published",
            number=place,
            published_at=now + timedelta(seconds=place),
        )
        for place in range(first, first + number)
    )
    CommentRevision.objects.bulk_create(
        CommentRevision(comment=row, text=f"Thought {row.number}.", html="<p>A thought.</p>") for row in rows
    )
    new, before = Comment.objects.filter(current=None), Comment.objects.filter(number=OuterRef("number") - 1)
    said = CommentRevision.objects.filter(comment=OuterRef("pk"))
    new.update(current=Subquery(said.values("pk")), answers=Subquery(before.values("pk")))
    quoted = Subquery(before.values("current"))
    Comment.objects.filter(quoted=None, answers__isnull=False).update(quoted=quoted, quote_start=0, quote_length=7)
    added = {"next_number": F("next_number") + number, "published_count": F("published_count") + number}
    Discussion.objects.filter(pk=discussion.pk).update(**added)


@pytest.fixture
def writers(article, rosa, mina):
    """Four who write; one place stays empty because its comment was removed."""
    a_removed(article, rosa, mina)
    return [rosa, *(a_person() for _ in range(3))]


@pytest.fixture
def queries(article, rf):
    """Return how to ask what one page of the discussion asks the database."""

    def ask(reader, page):
        request = rf.get("/", {"comments": page})
        with CaptureQueriesContext(connection) as asked:
            html = THREAD.render(Context({"request": request, "reader": reader, "article": article}))
        return html, [query["sql"] for query in asked]

    return ask


def test_a_page_of_five_thousand_comments_asks_as_often_as_one_of_fifty(article, writers, queries, cast):
    readers = [None, cast["sami"], cast["rosa"]]
    fill(article, 49, writers)
    for member in readers[1:]:
        Follow.begin(article.discussion, by=member)
        Visit.note(Discussion.of(article), 20, by=member)
        Mute.add(Comment.objects.get(number=4), by=member)
    short = [len(queries(reader, 1)[1]) for reader in readers]
    assert max(short) <= MOST
    fill(article, 4950, writers)
    for page, number in itertools.product((1, 50, 100), range(3)):
        html, asked = queries(readers[number], page)
        assert html.count('<li class="comment') == 50
        assert f'id="c{page * 50}"' in html
        assert len(asked) <= short[number]
