"""What comes due by itself: the one list of the clock's functions, each safe to call at any time and twice."""

from contextlib import ExitStack

from django.utils.module_loading import import_string

DUE = (
    "accounts.clock.due",
    "articles.clock.announce_due",
    "articles.clock.extend_due",
    "articles.clock.remind_due",
    "articles.clock.apologise_due",
    "articles.clock.lapse_due",
    "articles.clock.tell_of_no_judges",
    "articles.clock.discard_forgotten",
    "comments.clock.due",
    "comments.clock.tell_due",
    "comments.clock.forget_due",
    "forum.digest.due",
    "forum.background.due",
)


def tick():
    """Let everything due happen; where one function fails the others still run, and the failure is raised."""
    with ExitStack() as stack:
        for name in reversed(DUE):
            stack.callback(import_string(name))
