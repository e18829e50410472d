"""New rows whose SQL is written once: each is what `save` would have made of it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import ArticleEvent, Submission, SubmissionEvent
from comments.models import Comment
from forum.lib.insert import insert
from tests.comments import making


def columns(row):
    """Return what stands in a row, but for its key."""
    return {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields if not field.primary_key}


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_an_event_stands_there_as_if_it_were_saved(article, edith, zone):
    moment = {"at": timezone.now(), "source": "in_review", "target": "accepted", "verb": "accept"}
    said = {"note": "50 % of “it”", "detail": {"to": ["é", None, 3]}, "actor": edith, "actor_kind": "user"}
    ours, saved = (SubmissionEvent(submission=article.submission, **moment, **said) for _ in range(2))
    with timezone.override(zone):
        insert(ours)
        saved.save(force_insert=True)
    found = [SubmissionEvent.objects.get(pk=row.pk) for row in (ours, saved)]
    assert columns(found[0]) == columns(found[1]) == columns(ours)
    assert ours.pk not in (None, saved.pk)


def test_what_the_database_makes_of_it_is_known_when_somebody_asks(article, maggie):
    event = ArticleEvent(article=article, verb="remove", target="removed", actor_kind="user", actor=maggie)
    insert(event)
    assert event.told_at == ArticleEvent.objects.get(pk=event.pk).told_at == event.at


def test_it_can_be_changed_afterwards_as_any_other(article, rosa):
    comment = making.a_comment(article, rosa)
    with CaptureQueriesContext(connection) as queries:
        comment.record(written_as="Rosa Reader")
    assert [query["sql"].split()[0] for query in queries] == ["UPDATE"]
    assert Comment.objects.get(pk=comment.pk).written_as == "Rosa Reader"


def test_what_a_constraint_stands_against_is_not_written(article, rosa):
    comment = making.a_comment(article, rosa)
    same = {"discussion": comment.discussion, "author": rosa, "key": comment.key, "status": "published"}
    for strange in ({}, {"key": uuid.uuid4(), "status": "unheard of"}, {"key": uuid.uuid4(), "number": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert(Comment(**same | strange))
    assert Comment.objects.get() == comment


def test_a_transaction_in_which_a_row_was_refused_is_not_committed(article, rosa):
    comment = making.a_comment(article, rosa)
    same = {"discussion": comment.discussion, "author": rosa, "key": comment.key, "status": "published"}
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(Comment(**same))
        is_over = connection.needs_rollback
    assert is_over


def test_a_row_is_refused_that_has_a_key_already_or_belongs_to_one_without(article, edith):
    said = {"verb": "accept", "target": "accepted", "actor_kind": "user", "actor": edith}
    with pytest.raises(ValueError, match="its key"):
        insert(SubmissionEvent(pk=777_777, submission=article.submission, **said))
    with pytest.raises(ValueError, match="unsaved"):
        insert(SubmissionEvent(submission=Submission(), **said))
