"""The site's work in numbers, as each app counts it: anew by the clock, so that nobody who asks for a page waits."""

from django.core.cache import cache

from articles import openness as pieces
from comments import openness as discussion
from forum.lib import version
from forum.lib.cache import for_a_while
from forum.lib.openness import Desk, Public

COUNTING = [pieces, discussion]
MINUTES = 10  # how old the numbers may be: every piece and every report that ever came is looked at
AGAIN = 8


def figures(told):
    """Return the tables of all apps that count, as they are `told` and were at most some minutes ago."""
    return for_a_while(_key(told), lambda: _counted(told), MINUTES * 60)


def due():
    """Count once more, before what was counted is too old to be said."""
    if cache.add("figures", AGAIN, AGAIN * 60):
        for told in (Public, Desk):
            cache.set(_key(told), _counted(told), MINUTES * 60)
        version.step()


def _key(told):
    return f"figures-{told.__name__}"


def _counted(told):
    return [table for app in COUNTING for table in app.figures(told)]
