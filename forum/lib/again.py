"""What is sent twice, by a button pressed twice or a page sent again, arrives once."""

from datetime import timedelta

from django.utils import timezone

from forum.lib.moves import Refused

A_MOMENT = timedelta(minutes=10)
AGAIN = "You sent exactly this a moment ago, and it has arrived. Change a word if you want to send it once more."


def refuse_again(rows, *, at):
    """Refuse where one of `rows`, the same from the same person, is of a moment ago by its field `at`.

    Ask while something is held that both presses need: then the second finds what the first has written.
    """
    if rows.filter(**{f"{at}__gt": timezone.now() - A_MOMENT}).exists():
        raise Refused(AGAIN)
