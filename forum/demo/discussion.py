"""The comments of the demonstration site: trusted readers, first comments, one report, one removal and an objection."""

import uuid
from datetime import timedelta

from django.utils import timezone

from comments.models import Appeal, Comment, Discussion, Reason, Report, Rule, Trust
from forum.demo import content
from forum.demo.people import make_writer

ATTACK = Reason.ATTACK


def discuss(newsroom):
    """Let the readers talk, in the order of their days."""
    names = {row["key"]: row["name"] for row in content.table("comments.toml", "reader")}
    people = {key: make_writer(key, name) for key, name in names.items()}
    said = [
        {**comment, "piece": thread["piece"], "day": day_of(comment)}
        for thread in content.table("comments.toml", "thread")
        for comment in thread["comment"]
    ]
    held = {comment["by"] for comment in said if comment.get("status") == "pending"}
    moderator = newsroom.accounts["moderator"]
    for key in set(people) - held:
        Trust.give(people[key], by=moderator)
    for comment in sorted(said, key=lambda comment: comment["day"]):
        say(newsroom, comment, by=people[comment["by"]], moderator=moderator)


def day_of(comment):
    """Return when it was written."""
    return timezone.now() - timedelta(days=comment.get("days_ago", 0), hours=comment.get("hours_ago", 0))


def say(newsroom, said, *, by, moderator):
    """Post one comment, and let happen to it what its entry says."""
    discussion = Discussion.of(newsroom.articles[said["piece"]])
    comment = discussion.post(by=by, text=said["text"].strip(), key=uuid.uuid4())
    if "reported" in said:
        reader = newsroom.accounts["reader"]
        words, wording = said["report_words"], comment.current
        Report.file(comment, by=reader, reason=ATTACK, revision=wording, words=words)
    if "removed" in said:
        comment.remove(by=moderator, rule=Rule.objects.about(ATTACK), reason=said["reason"])
    if "objection" in said:
        Appeal.submit(comment.ruling, by=by, words=said["objection"])
    date_back(comment, said["day"])


def date_back(comment, day):
    """Let a comment have been written on an earlier day; only the demonstration does this."""
    row = Comment.objects.filter(pk=comment.pk)
    row.update(written_at=day, moved_at=day)
    row.exclude(published_at=None).update(published_at=day)
    Discussion.objects.filter(pk=comment.discussion_id).update(last_comment_at=day)
