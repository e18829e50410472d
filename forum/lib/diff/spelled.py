"""Two plain strings compared to the character: what is not seen on a page is named."""

import re
import unicodedata
from html import escape
from itertools import groupby

from forum.lib.diff.edits import edit
from forum.lib.text.prose import finished

AROUND = 60  # characters kept on each side of a change
_PIECES = re.compile(r"\w+|\s|[^\w\s]")
_TAGS = {"-": "del", "+": "ins"}
_NAMED = {" ": "␣", "\n": "¶"}


def spelled(old, new):
    """The changed characters between two strings in ins and del, with a little around them, as safe HTML."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    runs = [(kind, "".join(words)) for kind, words in _runs(before, after)]
    return finished("".join(_marked(runs)))


def _runs(before, after):
    """Stretches of what stays, went and came; a word that was changed in part is compared by letters."""
    runs = [(kind, list(words)) for kind, words in _grouped(before, after)]
    at = 0
    while at < len(runs):
        replaced = [kind for kind, _ in runs[at : at + 2]] == ["-", "+"]
        if replaced:
            yield from _grouped(*("".join(words) for _, words in runs[at : at + 2]))
        else:
            yield runs[at]
        at += 2 if replaced else 1


def _grouped(old, new):
    numbers = {}
    rows = [[numbers.setdefault(item, len(numbers)) for item in row] for row in (old, new)]
    for kind, steps in groupby(edit(*rows), key=lambda step: step[0]):
        yield kind, [old[i] if kind == "-" else new[j] for _, i, j in steps]


def _marked(runs):
    for at, (kind, text) in enumerate(runs):
        if kind != "=":
            yield f"<{_TAGS[kind]}>{''.join(map(_visible, text))}</{_TAGS[kind]}>"
            continue
        head = text[:AROUND] if at else ""
        tail = text[-AROUND:] if at + 1 < len(runs) else ""
        yield escape(text if len(head) + len(tail) >= len(text) else f"{head}…{tail}", quote=False)


def _visible(character):
    """A character that can be seen: a space and what hides itself by a sign or by its name."""
    if character in _NAMED:
        return _NAMED[character]
    if unicodedata.category(character)[0] in "CZ" or unicodedata.combining(character):
        return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"
    return escape(character, quote=False)
