"""Discussions for the corpus, written straight into the database."""

import uuid
from datetime import timedelta

from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from comments.models import Comment, Discussion, Report
from comments.models.comment import CommentEvent
from comments.models.revision import CommentRevision
from forum.lib.moves import Guest
from forum.lib.text.prose import paragraphs

UNDER_ONE, UNDER_EACH, WAITING, REPORTED = 50, 4, 60, 20


def talk(articles, members, newsroom):
    """Let members comment: most under the first piece, some under each; a few wait, a few are reported."""
    talks = list(Discussion.objects.filter(article__in=articles).order_by("-article__published_at"))
    places = [
        (talk, n + 1) for place, talk in enumerate(talks) for n in range(UNDER_EACH if place else UNDER_ONE)
    ]
    shown = _written(places, members, newsroom, status="published")
    _written([(talk, None) for talk in talks[1 : WAITING + 1]], members, newsroom, status="pending")
    _count()
    for comment in shown[-REPORTED:]:
        comment.refresh_from_db()
        said = {"reason": "attack", "words": "", "revision": comment.current, "prefix": str(comment.pk)}
        Report.file(comment, by=Guest(), **said)


def _written(places, members, newsroom, *, status):
    now = timezone.now()
    comments = [
        Comment(
            discussion=talk, author=(by := newsroom.chance.choice(members)), written_as=by.name, key=uuid.uuid4(),
            number=number, published_at=number and now - timedelta(minutes=place),
            written_at=now - timedelta(minutes=place), status=status,
        )
        for place, (talk, number) in enumerate(places)
    ]  # fmt: skip
    Comment.objects.bulk_create(comments)
    verb, held_for = ("post", "") if status == "published" else ("hold", "newcomer")
    wordings = []
    for comment in comments:
        text = f"{newsroom.sentence(40)}.\n\n{newsroom.sentence(25)}."
        said = {"text": text, "html": paragraphs(text), "at": comment.written_at, "held_for": held_for}
        wordings.append(CommentRevision(comment=comment, **said))
    CommentRevision.objects.bulk_create(wordings)
    CommentEvent.objects.bulk_create(
        CommentEvent(comment=c, verb=verb, target=status, actor_kind="user", actor=c.author, at=c.written_at)
        for c in comments
    )
    return comments


def _count():
    """Leave each comment with its wording, and each discussion with its count."""
    wording = CommentRevision.objects.filter(comment=OuterRef("pk")).values("pk")
    Comment.objects.update(current=Subquery(wording))
    shown = (
        Comment.objects.filter(discussion=OuterRef("pk"), number__isnull=False)
        .order_by()
        .values("discussion")
    )
    counted = shown.annotate(count=Count("pk"), latest=Max("published_at"))
    talks = Discussion.objects.filter(comments__number__isnull=False)
    count = Subquery(counted.values("count"))
    talks.update(published_count=count, next_number=count + 1, last_comment_at=counted.values("latest"))
