"""What cannot wait is mailed to the moderators at once; the rest stands in the mail of the day."""

import pytest
from django.utils import timezone

from accounts.models import Delivery
from comments.models import Comment
from forum import digest
from forum.lib.moves import Guest
from tests.comments.making import a_published, a_report


@pytest.fixture
def comment(article, rosa, mina):
    return a_published(article, rosa, mina)


def told():
    found = Delivery.objects.filter(key__startswith="comments.urgent:").values_list("to", flat=True)
    return sorted(address.split("@")[0] for address in found)


@pytest.mark.parametrize("reason", ["threat", "illegal"])
def test_every_moderator_is_told_at_once(reason, comment, edith, eno, maggie, ada, work):
    a_report(comment, by=Guest("ines@example.org"), reason=reason, words="He names my street.")
    work()
    assert told() == ["edith", "eno", "maggie", "mina"]
    letter = Delivery.objects.filter(key__startswith="comments.urgent:").first()
    assert f"/admin/comments/{comment.pk}/" in letter.text
    for secret in ("ines@example.org", "He names my street.", comment.current.text):
        assert secret not in letter.text


def test_whoever_is_too_close_is_not_asked(article, mina, edith, sami, work):
    sami.groups.set(mina.groups.all())
    comment = a_published(article, mina, edith)
    a_report(comment, reason="threat")
    work()
    assert told() == ["edith", "maggie"]


def test_more_reports_of_the_same_are_told_once(comment, work):
    for network in ("one", "two", "three"):
        a_report(comment, reason="threat", prefix=network)
    work()
    assert told().count("mina") == 1


def test_a_report_that_turns_out_worse_is_told_then(comment, work):
    a_report(comment, reason="spam")
    work()
    assert told() == []
    a_report(comment, reason="threat", prefix="another")
    work()
    assert "mina" in told()


def test_what_was_decided_before_the_mail_left_needs_none(comment, mina, work):
    a_report(comment, reason="threat")
    Comment.objects.get(pk=comment.pk).keep(by=mina)
    work()
    assert told() == []


def test_the_rest_stands_in_the_mail_of_the_day(comment, mina):
    a_report(comment, reason="off_topic")
    digest.write(mina, timezone.localdate())
    assert "has nothing to do with the piece" in Delivery.objects.get(key__startswith="digest:").text
