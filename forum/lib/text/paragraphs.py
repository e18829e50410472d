"""The paragraphs of a finished text: numbered, found again after edits, with what is noted beside them.

A paragraph is what one points at: a paragraph, heading, list item, table, figure or footnote.
"""

from dataclasses import dataclass, field
from itertools import count

from django.utils.safestring import SafeString
from rapidfuzz.distance import LCSseq

from forum.lib.text.prose import finished
from forum.lib.text.tree import Node, parse, serialise

ALIKE = 0.5  # of their words two paragraphs share, at least, to be the same one after an edit
_POINTED_AT = {"p", "h2", "h3", "h4", "li", "pre", "table", "figure"}
_LISTS = {"ul", "ol"}
_APART = {"p", "li", "br", "tr", "td", "th", "caption", "figcaption"}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its number in the text, from 1, and its plain words."""

    number: int
    text: str


@dataclass(frozen=True)
class PlacedNote:
    """A note beside its paragraph; `changed` where the paragraph no longer reads as it did."""

    note: object
    number: int
    changed: bool


@dataclass
class Block:
    """A stretch of the text as it is shown, the paragraphs in it, and the notes placed beside them."""

    html: SafeString
    paragraphs: list[Paragraph]
    notes: list[PlacedNote] = field(default_factory=list)


@dataclass(frozen=True)
class Margin:
    """A text with its notes: block by block, then those on the whole of it and those whose words are gone."""

    blocks: list[Block]
    whole: list
    gone: list


def margin(html, notes):
    """Place notes, each with the `quote` and `number` of its paragraph, beside a text; no quote means all of it."""
    found = _blocks(html)
    paragraphs = [paragraph for block in found for paragraph in block.paragraphs]
    home = {paragraph.number: block for block in found for paragraph in block.paragraphs}
    placed = [place(note, paragraphs) for note in notes if note.quote]
    for each in placed:
        if each.number:
            home[each.number].notes.append(each)
    gone = [each.note for each in placed if not each.number]
    return Margin(found, [note for note in notes if not note.quote], gone)


def paragraphs_of(html):
    """Return the paragraphs of a finished text in their order."""
    return _numbered(parse(html).children, count(1))


def place(note, paragraphs):
    """Find a note's paragraph: the same words, nearest to where they stood; else the most alike; else 0."""
    same = [paragraph for paragraph in paragraphs if paragraph.text == note.quote]
    if same:
        return PlacedNote(note, min(same, key=lambda p: abs(p.number - note.number)).number, changed=False)
    words = note.quote.split()
    alike = [
        (_alike(words, paragraph.text.split()), -abs(paragraph.number - note.number), paragraph.number)
        for paragraph in paragraphs
    ]
    best = max(alike, default=(0, 0, 0))
    return PlacedNote(note, best[2] if best[0] >= ALIKE else 0, changed=True)


def _blocks(html):
    numbers = count(1)
    return [
        Block(finished(serialise([node])), _numbered([node], numbers))
        for node in parse(html).children
        if isinstance(node, Node) or node.strip()
    ]


def _numbered(nodes, numbers):
    texts = filter(None, (_words(node) for node in _pointed_at(nodes)))
    return [Paragraph(next(numbers), text) for text in texts]


def _pointed_at(nodes):
    for node in nodes:
        if isinstance(node, str) or node.tag in _POINTED_AT - {"li"}:
            yield node
        elif node.tag == "li":
            yield node
            yield from _pointed_at(child for child in node.children if _is_list(child))
        else:
            yield from _pointed_at(node.children)


def _words(node):
    """The plain words of a paragraph, without what the page adds: numbers of notes, links back, credits."""
    if isinstance(node, str):
        return " ".join(node.split())
    words = " ".join("".join(_spoken(node)).split())
    return words or ("Picture" if node.tag == "figure" else "")


def _spoken(node):
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif not _is_added(child) and not (node.tag == "li" and _is_list(child)):
            yield " " if child.tag in _APART else ""
            yield from _spoken(child)
            yield " " if child.tag in _APART else ""


def _is_added(node):
    return (
        node.has_class("footnote-mark") or node.has_class("credit") or node.attrs.get("role") == "doc-backlink"
    )


def _is_list(node):
    return isinstance(node, Node) and node.tag in _LISTS


def _alike(words, others):
    """The part of their words that two paragraphs share in the same order, from 0 to 1."""
    return 2 * LCSseq.similarity(words, others) / max(1, len(words) + len(others))
