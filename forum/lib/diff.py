"""What changed between two cleaned bodies, word by word, as well-formed HTML with ins and del.

A body becomes a row of tokens: every word and mark with the tags around it, and every paragraph, item, cell,
picture and note as a token of its own. Myers' algorithm finds the shortest edit between two rows; the result
is written token by token, each inside its own tags, so it is well-formed whatever was changed.
"""

import re
from dataclasses import dataclass, field
from html import escape
from itertools import count

from .edits import edit, slid
from .text import shown
from .tree import VOID, Node, is_footnote, open_tag, parse

_PIECES = re.compile(r"\w+(?:['\u2019\-]\w+)*|[^\w\s]")
_VERBATIM = re.compile(r"\w+|\s+|[^\w\s]")
_UNITS = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figure", "figcaption", "pre", "hr"}
_KEPT_ATTRIBUTES = {"href", "dir", "lang", "start", "colspan", "rowspan", "class"}
_PILCROW = "¶"
_TAGS = {"+": "ins", "-": "del"}


@dataclass(slots=True)
class _Token:
    """A word, or the beginning of a unit (`text` is empty then), with the elements around it."""

    text: str
    path: tuple  # of pairs: a number for the element, and its node
    space: bool = False  # whether a space stands before it
    key: tuple = field(init=False)

    def __post_init__(self):
        around = tuple(
            (node.tag, node.attrs.get("href") or node.attrs.get("data-picture")) for _, node in self.path
        )
        self.key = (self.text, around)


def compare(old, new):
    """The new body with what was added in ins and what was removed in del, as safe HTML."""
    before, after = _tokens(old), _tokens(new)
    return shown("".join(_written(before, after, _edit(before, after))))


def changed(old, new):
    """Whether two cleaned bodies differ at all, in what is not shown as well."""
    return old != new


def summary(old, new):
    """How many words were added and how many removed, footnotes and captions counted."""
    before, after = _tokens(old), _tokens(new)
    counts = {"=": 0, "-": 0, "+": 0}
    for kind, i, j in _edit(before, after):
        text = before[i].text if kind == "-" else after[j].text
        counts[kind] += any(map(str.isalnum, text)) and not text.startswith("[")
    return counts["+"], counts["-"]


def _tokens(body):
    found = []
    _read(parse(body), (), count(), found)
    return found


def _read(node, path, numbers, found):
    space = False
    verbatim = any(outer.tag == "pre" for _, outer in path)
    for child in node.children:
        if isinstance(child, str):
            for match in (_VERBATIM if verbatim else _PIECES).finditer(child):
                gap = not verbatim and (space or (match.start() > 0 and child[match.start() - 1].isspace()))
                found.append(_Token(match[0], path, gap))
                space = False
            space = child[-1:].isspace() and not verbatim
            continue
        inner = (*path, (next(numbers), child))
        first = len(found)
        if child.tag in _UNITS or is_footnote(child) or child.tag == "br":
            found.append(_Token("", inner))
        if child.tag == "figure":
            found.append(_Token(f"[Picture {child.attrs.get('data-picture', '')[:6]}]", inner))
        _read(child, inner, numbers, found)
        if space and len(found) > first:
            found[first].space = True
            space = False


def _edit(before, after):
    """The edit from one row of tokens to the other, whole units changed together where they can be."""
    numbers = {}
    old, new = ([numbers.setdefault(token.key, len(numbers)) for token in row] for row in (before, after))
    units = {number for (text, _), number in numbers.items() if not text}
    return slid(edit(old, new), old, new, units)


def _written(before, after, steps):
    """The HTML of an edit in pieces."""
    same = _same_elements(before, after, steps)
    writer = _Writer()
    for at, (kind, i, j) in enumerate(steps):
        token = before[i] if kind == "-" else after[j]
        path = _translated(token.path, same) if kind == "-" else token.path
        if token.text:
            writer.word(token, path, kind)
        else:
            following = steps[at + 1][0] if at + 1 < len(steps) else ""
            writer.unit(token, path, kind, joined=kind != "=" and following == "=")
    writer.end()
    return writer.parts


def _same_elements(before, after, steps):
    """Which element of the new body an element of the old one became: the first in which a token was kept."""
    same = {}
    for kind, i, j in steps:
        if kind == "=":
            for (number, _), element in zip(before[i].path, after[j].path, strict=True):
                same.setdefault(number, element)
    return same


def _translated(path, same):
    return tuple(same.get(number, (("old", number), node)) for number, node in path)


class _Writer:
    """Writes tokens in turn; opens and closes the elements around them as the paths require."""

    def __init__(self):
        self.parts, self.path, self.kind = [], (), "="

    def word(self, token, path, kind):
        self._go_to(path, kind, token.space)
        self.parts.append(escape(token.text, quote=False))

    def unit(self, token, path, kind, joined):
        """Begin a paragraph, a note and the like; a pilcrow shows that one was divided or joined."""
        tag = path[-1][1].tag
        if tag in VOID:
            self._go_to(path[:-1], kind, token.space)
            self.parts.append(f"<{tag}>")
            return
        again = self.path[: len(path)] == path
        if not again:
            self._go_to(path, "=", token.space)
        if (tag == "p" and joined) or (again and kind == "-"):
            self._go_to(path, kind)
            self.parts.append(_PILCROW)

    def end(self):
        self._go_to((), "=")

    def _go_to(self, path, kind, space=None):
        shared = 0
        while shared < min(len(path), len(self.path)) and path[shared][0] == self.path[shared][0]:
            shared += 1
        stays = len(path) == len(self.path) == shared and kind == self.kind
        if not stays and self.kind != "=":
            self.parts.append(f"</{_TAGS[self.kind]}>")
        for _, node in reversed(self.path[shared:]):
            self.parts.append(f"</{node.tag}>")
        self.parts.append(" " if space else "")
        for _, node in path[shared:]:
            attrs = {name: value for name, value in node.attrs.items() if name in _KEPT_ATTRIBUTES}
            self.parts.append(open_tag(Node(node.tag, attrs)))
        if not stays and kind != "=":
            self.parts.append(f"<{_TAGS[kind]}>")
        self.path, self.kind = path, kind
