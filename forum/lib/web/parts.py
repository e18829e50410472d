"""Parts of pages, made once: HTML that depends on nothing but the values it is told.

A part is kept by all of these values, so it cannot be out of date, and nothing need tell it of a change. No request
comes in, and what is not a plain value is refused: with it might come a person, a token or a row that changes.
"""

from datetime import date, datetime
from sys import getsizeof
from types import NoneType

from django.template.loader import get_template
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString

from forum.lib.lately import Lately

ROOM = 24 * 1024 * 1024  # bytes in each process
PLAIN = {str, int, bool, float, NoneType, date, datetime}


class Parts:
    """The parts made lately, as many as have room."""

    def __init__(self, room=ROOM):
        self.lately = Lately(room)

    def html(self, template, told):
        """Return what a template makes of these values, each by its name."""
        return self._html(template, told, _around())

    def each(self, template, name, values):
        """Return what a template makes of each of these values in turn, called by one name."""
        around = _around()
        return "".join([self._html(template, {name: value}, around) for value in values])

    def _html(self, template, told, around):
        values = tuple(told.values())
        # HTML equals the same letters before they are escaped, and True equals 1: the classes tell them apart
        key = (template, around, *told, values, *map(_classes, values))
        made = self.lately.get(key)
        if made is None:
            size = sum(map(_size, values))
            made = get_template(template).render(told)
            self.lately.keep(key, made, size + getsizeof(made))
        return made


def _around():
    """Return what every address and every date depends on besides."""
    return get_script_prefix(), timezone.get_current_timezone()


def _classes(value):
    return (type(value), *map(type, value)) if isinstance(value, tuple) else type(value)


def _size(value, depth=0):
    """Return the bytes of a plain value; HTML may stand in a tuple, but in none within that."""
    if isinstance(value, tuple):
        return getsizeof(value) + sum(_size(part, depth + 1) for part in value)
    if type(value) in PLAIN or (type(value) is SafeString and depth < 2):
        return getsizeof(value)
    raise TypeError(f"A part is made of plain values, and {type(value).__name__} is none.")


parts = Parts()
