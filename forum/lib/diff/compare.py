"""What changed between two cleaned bodies, word by word, as well-formed HTML with ins and del.

A body becomes a row of tokens: every word and mark with the tags around it, and every paragraph, item, cell,
picture and note as a token of its own. `edits` finds the shortest edit between two rows; the result is written
token by token, each inside its own tags, so it is well-formed whatever was changed.
"""

import re
from dataclasses import dataclass, field
from html import escape
from itertools import count

from forum.lib.diff.edits import edit, slid
from forum.lib.text.prose import finished
from forum.lib.text.tree import VOID, Node, is_footnote, open_tag, parse

_PIECES = re.compile(r"\w+(?:['\u2019\-]\w+)*|[^\w\s]")
_VERBATIM = re.compile(r"\w+|\s+|[^\w\s]")
_UNITS = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figure", "figcaption", "pre", "hr"}
_KEPT_ATTRIBUTES = {"href", "dir", "lang", "start", "colspan", "rowspan", "class"}
_PILCROW = "¶"
_TAGS = {"+": "ins", "-": "del"}


@dataclass(slots=True)
class Token:
    """A word, or the beginning of a unit (`text` is empty then), with the elements around it."""

    text: str
    path: tuple  # of pairs: a number for the element, and its node
    gap: str = ""  # the space before it
    key: tuple = field(init=False)

    def __post_init__(self):
        around = tuple(
            (node.tag, node.attrs.get("href") or node.attrs.get("data-picture")) for _, node in self.path
        )
        self.key = (self.text, around)

    @property
    def is_picture(self):
        """Whether it stands for a picture, whose caption follows."""
        return self.text.startswith("[Picture ")


def compare(old, new):
    """The new body with what was added in ins and what was removed in del, as safe HTML."""
    before, after = tokens(old), tokens(new)
    return finished(written(before, after, steps_between(before, after)))


def changed(old, new):
    """Whether two cleaned bodies differ at all, in what is not shown as well."""
    return old != new


def summary(old, new):
    """How many words were added and how many removed, footnotes and captions counted."""
    before, after = tokens(old), tokens(new)
    return counted(before, after, steps_between(before, after))


def counted(before, after, steps):
    """How many words these steps add and remove."""
    counts = {"=": 0, "-": 0, "+": 0}
    for kind, i, j in steps:
        token = before[i] if kind == "-" else after[j]
        counts[kind] += any(map(str.isalnum, token.text)) and not token.is_picture
    return counts["+"], counts["-"]


def tokens(body):
    """The row of tokens of a cleaned body, or of a plain line that was escaped."""
    found = []
    _read(parse(body), (), count(), found, "")
    return found


def _read(node, path, numbers, found, gap):
    """Add the tokens in a node, the first after `gap`; return the space left over at its end."""
    verbatim = any(outer.tag == "pre" for _, outer in path)
    for child in node.children:
        first = len(found)
        if isinstance(child, str):
            gap = _read_words(child, path, found, gap, verbatim)
            continue
        inner = (*path, (next(numbers), child))
        if child.tag in _UNITS or is_footnote(child) or child.tag == "br":
            found.append(Token("", inner))
        if child.tag == "figure":
            found.append(Token(f"[Picture {child.attrs.get('data-picture', '')[:6]}]", inner))
        if len(found) > first:
            found[first].gap, gap = gap, ""
        gap = _read(child, inner, numbers, found, gap)
    return gap


def _read_words(text, path, found, gap, verbatim):
    end = 0
    for match in (_VERBATIM if verbatim else _PIECES).finditer(text):
        found.append(Token(match[0], path, gap + text[end : match.start()]))
        gap, end = "", match.end()
    return gap + text[end:]


def steps_between(before, after):
    """The edit from one row of tokens to the other, whole units changed together where they can be."""
    numbers = {}
    old, new = ([numbers.setdefault(token.key, len(numbers)) for token in row] for row in (before, after))
    units = {number for (text, _), number in numbers.items() if not text}
    return slid(edit(old, new), old, new, units)


def written(before, after, steps, same=None):
    """The HTML of an edit, or of some of its steps where `same` tells which elements became which."""
    same = same_elements(before, after, steps) if same is None else same
    writer = _DiffWriter()
    for at, (kind, i, j) in enumerate(steps):
        token = before[i] if kind == "-" else after[j]
        path = translated(token.path, same) if kind == "-" else token.path
        if token.text:
            writer.word(token, path, kind)
        else:
            following = steps[at + 1][0] if at + 1 < len(steps) else ""
            writer.unit(token, path, kind, joined=kind != "=" and following == "=")
    writer.end()
    return "".join(writer.parts)


def same_elements(before, after, steps):
    """Which element of the new body an element of the old one became: the first in which a token was kept."""
    same = {}
    for kind, i, j in steps:
        if kind == "=":
            for (number, _), element in zip(before[i].path, after[j].path, strict=True):
                same.setdefault(number, element)
    return same


def translated(path, same):
    """The elements around an old token as the new body has them, those that are gone as themselves."""
    return tuple(same.get(number, (("old", number), node)) for number, node in path)


class _DiffWriter:
    """Writes tokens in turn; opens and closes the elements around them as the paths require."""

    def __init__(self):
        self.parts, self.path, self.kind = [], (), "="

    def word(self, token, path, kind):
        self._go_to(path, kind, token.gap)
        self.parts.append(escape(token.text, quote=False))

    def unit(self, token, path, kind, joined):
        """Begin a paragraph, a note and the like; a pilcrow shows that one was divided or joined."""
        tag = path[-1][1].tag
        if tag in VOID:
            self._go_to(path[:-1], kind, token.gap)
            self.parts.append(f"<{tag}>")
            return
        again = self.path[: len(path)] == path
        if not again:
            self._go_to(path, "=", token.gap)
        if (tag == "p" and joined) or (again and kind == "-"):
            self._go_to(path, kind)
            self.parts.append(_PILCROW)

    def end(self):
        self._go_to((), "=")

    def _go_to(self, path, kind, gap=""):
        shared = 0
        while shared < min(len(path), len(self.path)) and path[shared][0] == self.path[shared][0]:
            shared += 1
        stays = len(path) == len(self.path) == shared and kind == self.kind
        if not stays and self.kind != "=":
            self.parts.append(f"</{_TAGS[self.kind]}>")
        for _, node in reversed(self.path[shared:]):
            self.parts.append(f"</{node.tag}>")
        self.parts.append(gap)
        for _, node in path[shared:]:
            attrs = {name: value for name, value in node.attrs.items() if name in _KEPT_ATTRIBUTES}
            self.parts.append(open_tag(Node(node.tag, attrs)))
        if not stays and kind != "=":
            self.parts.append(f"<{_TAGS[kind]}>")
        self.path, self.kind = path, kind
