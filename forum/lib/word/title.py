"""Which lines at the head of a document are its title and its standfirst."""

import re

from forum.lib.text.tree import Node, is_footnote

_LONGEST_TITLE = 25  # words
_BYLINE = re.compile(r"by\s+\S+(\s\S+){0,5}", re.IGNORECASE)


def take_title(root, found):
    """Take title and standfirst out of the text and return them as plain words; either may be empty."""
    lines = [
        node for node in root.children if isinstance(node, Node) and (node.text().strip() or _pictures(node))
    ]
    titles = _group(lines, "title")
    for node in lines:
        if node.has_class("title") and node not in titles:
            node.tag = "h1"
    standfirsts = _group(lines, "standfirst")
    titles = titles or _guessed([node for node in lines if node not in standfirsts][:6])
    found["title_missing"] += not titles
    found["title_note"] += any(is_footnote(inner) for node in titles + standfirsts for inner in node.walk())
    taken = titles + standfirsts
    root.children = [node for node in root.children if node not in taken]
    rest = [node for node in lines if node not in taken][:3]
    found["byline"] += any(_BYLINE.fullmatch(_words(node)) for node in rest)
    return tuple(" ".join(map(_words, group))[:300] for group in (titles, standfirsts))


def _pictures(node):
    return any(inner.tag == "figure" for inner in node.walk())


def _group(lines, name):
    """The first line with this style and those directly after it."""
    group = []
    for node in lines:
        if node.has_class(name):
            group.append(node)
        elif group:
            break
    return group


def _guessed(lines):
    """Without a title style: the first Heading 1 with only short lines before it, else a short first line."""
    for node in lines:
        if node.tag == "h1":
            return [node]
        if node.tag != "p" or len(_words(node).split()) > 12:
            break
    first = lines[0] if lines else None
    if first is None or first.tag not in {"p", "h1", "h2", "h3"} or _pictures(first):
        return []
    return [first] if 0 < len(_words(first).split()) <= _LONGEST_TITLE else []


def _words(node):
    """The words of a line, notes left out and breaks as spaces."""
    return " ".join("".join(_spoken(node)).split())


def _spoken(node):
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield " "
        elif not is_footnote(child):
            yield from _spoken(child)
