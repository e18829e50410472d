"""Phrases: the text of one line with its emphasis, links and footnotes, in one form."""

import re

from forum.lib.text.characters import normalise_text
from forum.lib.text.tree import Node, is_footnote

RENAMED = {"b": "strong", "i": "em", "cite": "em"}
_MARKS = {"em", "strong", "sub", "sup", "a", "code"}
_SPACE = re.compile(r"[ \t\n\u00a0]+")


def phrases(children, *, verbatim=False):
    """Bring children into phrases, blocks among them flattened; `verbatim` keeps every space."""
    found = _joined(_flat(children, frozenset()))
    if verbatim:
        return _without_empty(_trimmed([_lines(child) for child in found], "\n"))
    _collapse(found, " ")
    return _without_empty(_trimmed(_without_empty(found), " \u00a0\n"))


def _flat(children, within):
    found = []
    for child in children:
        if isinstance(child, str):
            found.append(child)
        elif is_footnote(child):
            found += _footnote(child, within)
        elif child.tag == "br":
            found.append(" " if "footnote" in within else Node("br"))
        else:
            found += _marked(child, within)
    return found


def _footnote(node, within):
    """A footnote; one inside another becomes part of it."""
    if "footnote" in within:
        return [" ", *_flat(node.children, within), " "]
    text = phrases(_flat(node.children, frozenset({"footnote"})))
    return [Node("span", {"class": "footnote"}, text)] if text else []


def _marked(node, within):
    tag = RENAMED.get(node.tag, node.tag)
    known = tag in _MARKS and (tag != "a" or "href" in node.attrs)
    if not known or tag in within:
        inside = _flat(node.children, within)
        return inside if tag in _MARKS or tag == "span" else [" ", *inside, " "]
    inside = _joined(_flat(node.children, within | {tag}))
    attrs = {name: node.attrs[name] for name in ("href", "title") if name in node.attrs} if tag == "a" else {}
    if not _says_something(inside):
        return inside
    if tag != "a":
        return [Node(tag, attrs, inside)]
    notes = _taken_out(inside)  # a note in a link would put a link in a link
    return [*([Node(tag, attrs, inside)] if _says_something(inside) else inside), *notes]


def _taken_out(children):
    notes = [child for child in children if is_footnote(child)]
    children[:] = [child for child in children if not is_footnote(child)]
    for child in children:
        if isinstance(child, Node):
            notes += _taken_out(child.children)
    return notes


def _says_something(children):
    return any(
        child.strip() if isinstance(child, str) else is_footnote(child) or _says_something(child.children)
        for child in children
    )


def _joined(children):
    """Neighbouring texts, and neighbours with the same mark, made one."""
    found = []
    for child in children:
        last = found[-1] if found else None
        if isinstance(child, str) and isinstance(last, str):
            found[-1] = last + child
        elif _same_mark(last, child):
            last.children = _joined(last.children + child.children)
        else:
            found.append(child)
    return [normalise_text(child) if isinstance(child, str) else child for child in found]


def _same_mark(last, child):
    if not (isinstance(last, Node) and isinstance(child, Node)) or is_footnote(child):
        return False
    return child.tag in _MARKS and last.tag == child.tag and last.attrs == child.attrs


def _collapse(children, before):
    """Make every stretch of space one; `before` is the character before it; the last one is returned."""
    for index, child in enumerate(children):
        if isinstance(child, str):
            text = _SPACE.sub(lambda gap: gap[0] if gap[0] == "\u00a0" else " ", child)
            if before in " \u00a0" and text[:1] in (" ", "\u00a0"):
                text = text[1:]
            children[index] = text
            before = text[-1:] or before
        elif child.tag == "br":
            before = " "
        elif is_footnote(child):
            before = "x"
        else:
            before = _collapse(child.children, before)
    return before


def _trimmed(children, edges):
    """Without space and line breaks at both ends, and without space before a line break."""
    while children and _trim_edge(children, 0, edges):
        pass
    while children and _trim_edge(children, -1, edges):
        pass
    for index, child in enumerate(children[1:], start=1):
        if isinstance(child, Node) and child.tag == "br" and isinstance(children[index - 1], str):
            children[index - 1] = children[index - 1].rstrip(edges)
    return children


def _trim_edge(children, at, edges):
    """Trim one end; true when a whole child fell away and its neighbour is the edge now."""
    child = children[at]
    if isinstance(child, str):
        children[at] = child.lstrip(edges) if at == 0 else child.rstrip(edges)
        if not children[at]:
            del children[at]
            return True
    elif child.tag == "br":
        del children[at]
        return True
    elif not is_footnote(child):
        while child.children and _trim_edge(child.children, at, edges):
            pass
    return False


def _lines(child):
    if isinstance(child, Node) and child.tag == "br":
        return "\n"
    return child


def _without_empty(children):
    found = []
    for child in children:
        if isinstance(child, Node) and child.tag != "br" and not is_footnote(child):
            child.children = _without_empty(child.children)
            found += [child] if _says_something(child.children) else child.children
        elif child:
            found.append(child)
    return _joined(found)
