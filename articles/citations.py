"""How a piece is cited, in plain text."""

from django.utils.formats import date_format
from django.utils.timezone import localtime


def plain(article, address, magazine):
    """Return who wrote what, where and when, and its address."""
    *others, last = [byline.name for byline in article.printed_bylines]
    names = f"{', '.join(others)} and {last}" if others else last
    day = date_format(localtime(article.published_at), "F j, Y")
    title = article.title if article.title.endswith(("?", "!")) else f"{article.title},"
    return f"{names}, “{title}” {magazine}, {day}, {address}"
