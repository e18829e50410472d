"""Discussion for tests, made by speaking verbs."""

import uuid
from datetime import timedelta

from django.utils import timezone

from comments.models import Appeal, Discussion, Report, ReportCase, Rule, Sanction, Trust
from forum.lib.moves import Guest
from tests.makers import a_person

WORDS = "Treaties outlive the people who sign them."


def a_comment(article, by, text=WORDS, key=None):
    """Let `by` write under `article`; a newcomer's comment waits."""
    return Discussion.of(article).post(by=by, text=text, key=key or uuid.uuid4())


def a_published(article, by, moderator, text=WORDS):
    """Let `by` write, and a moderator approve it where it waits."""
    comment = a_comment(article, by, text)
    if comment.status == "pending":
        comment.approve(by=moderator)
    return comment


def an_unread(article, by, moderator, text=WORDS):
    """A comment that stands at once, because its writer is trusted, and that no moderator has read."""
    Trust.give(by, by=moderator)
    return a_comment(article, by, text)


def a_rule(slug="attack"):
    return Rule.objects.about(slug)


def a_report(comment, by=None, reason="attack", words="", prefix="net"):
    """Report a comment, by default as somebody without an account."""
    by = by or Guest()
    return Report.file(comment, by=by, reason=reason, words=words, revision=comment.current, prefix=prefix)


def a_reported(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    a_report(comment)
    return comment


def a_late_report_behind_worse_ones(article, moderator, *, number):
    """Return a comment that was reported a month ago, for less than so many others were just now."""
    first, *others = (a_published(article, a_person(), moderator) for _ in range(1 + number))
    a_report(first, reason="off_topic")
    ReportCase.objects.filter(comment=first).update(opened_at=timezone.now() - timedelta(days=30))
    for comment in others:
        a_report(comment, reason="privacy")
    return first


def a_hidden(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    comment.hide(by=moderator, rule=a_rule(), reason="We are asking around.")
    return comment


def a_rewording(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    comment.ask_to_reword(by=moderator, rule=a_rule(), reason="Leave out the last sentence.")
    return comment


def a_reworded(article, by, moderator, text=WORDS):
    """A comment that was public, and whose new wording waits."""
    comment = a_rewording(article, by, moderator, "Something milder was said here at first.")
    comment.reword(text, by=by)
    return comment


def a_removed(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    comment.remove(by=moderator, rule=a_rule(), reason="It is about the person.")
    return comment


def an_appeal(article, by, moderator, words="It is about the argument.", text=WORDS):
    """Let the writer of a removed comment object."""
    return Appeal.submit(a_removed(article, by, moderator, text).ruling, by=by, words=words)


def a_sanction(comment, by, level="warn", reason="Please argue with what was said."):
    """Let a moderator sanction the writer of a comment."""
    return Sanction.give(level, comment=comment, by=by, rule=a_rule(), reason=reason)


def a_spam(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    comment.mark_spam(by=moderator, rule=a_rule("spam"))
    return comment


def a_withdrawn(article, by, moderator, text=WORDS):
    comment = a_published(article, by, moderator, text)
    comment.withdraw(by=by)
    return comment


COMMENTS_IN = {
    "pending": lambda article, by, moderator, text=WORDS: a_comment(article, by, text),
    "published": a_published,
    "reported": a_reported,
    "hidden": a_hidden,
    "rewording": a_rewording,
    "reworded": a_reworded,
    "removed": a_removed,
    "spam": a_spam,
    "withdrawn": a_withdrawn,
}
UNREADABLE = [state for state in COMMENTS_IN if state not in ("published", "reported")]
