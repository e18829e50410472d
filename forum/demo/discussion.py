"""The comments of the demonstration site: trusted readers, first comments, one report, one removal and an objection."""

import uuid
from datetime import timedelta

from django.utils import timezone

from comments.models import Appeal, Comment, Discussion, Reason, Report, Respect, Rule, Trust
from forum.demo import content
from forum.demo.people import make_writer
from forum.lib.text.prose import find_words

ATTACK = Reason.ATTACK


def discuss(newsroom):
    """Let the readers talk, in the order of their days."""
    people = {key: make_writer(key, name) for key, name in names().items()}
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
        say(newsroom, comment, people, moderator=moderator)
    for discussion in Discussion.objects.all():
        discussion.move_with_piece()


def day_of(comment):
    """Return when it was written."""
    return timezone.now() - timedelta(days=comment.get("days_ago", 0), hours=comment.get("hours_ago", 0))


def answered(discussion, said):
    """Return the comment an entry answers, the newest of that reader's, and where its quotation stands in it."""
    if "answers" not in said:
        return {}
    name = names()[said["answers"]]
    comment = discussion.comments.filter(author__name=name).latest("pk")
    return {"answers": comment, "quote": find_words(said.get("quote", ""), comment.current.text)}


def names():
    """Return what the readers are called, by their keys."""
    return {row["key"]: row["name"] for row in content.table("comments.toml", "reader")}


def say(newsroom, said, people, *, moderator):
    """Post one comment, and let happen to it what its entry says."""
    discussion, by = Discussion.of(newsroom.articles[said["piece"]]), people[said["by"]]
    comment = discussion.post(by=by, text=said["text"].strip(), key=uuid.uuid4(), **answered(discussion, said))
    for reader in said.get("respected_by", []):
        Respect.give(comment, by=people[reader])
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
