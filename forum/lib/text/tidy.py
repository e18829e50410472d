"""Manuscript HTML brought into its one form: what is allowed, in a grammar of blocks and phrases.

A body is a list of blocks. Text stands in paragraphs, headings, items, cells and captions; footnotes stand
inline as `<span class="footnote">`; pictures stand as `<figure data-picture="KEY">`.
"""

import re

from forum.lib.sandbox import Unworkable, run
from forum.lib.text.allowed import HEADINGS, INLINE, RENAMED, only_allowed
from forum.lib.text.nesting import is_quick
from forum.lib.text.phrases import phrases
from forum.lib.text.tree import Node, is_footnote, parse, serialise

MOST_TAGS = 30_000  # no manuscript has so many
_LIMITS = {"seconds": 5, "cpu": 3, "memory": 1024**3, "output": 4 * 1024 * 1024, "patience": 8}


class Body(str):
    """Manuscript HTML as `clean` left it, and nothing else: what is made from it, a copy too, is a plain str."""

    __slots__ = ()

    def __reduce__(self):
        return str, (self[:],)


def clean(html):
    """Manuscript HTML in its one form: only what a body may hold.

    Cleaning twice changes nothing, so a Body passes as it is. What a parser could take minutes over is
    cleaned in the sandbox; where that fails, the words are kept.
    """
    return html if isinstance(html, Body) else Body(_in_time(html))


def _in_time(html):
    if html.count("<") <= MOST_TAGS:
        if is_quick(html):
            return _cleaned(html)
        try:
            return run("forum.lib.text.tidy:child", html.encode(errors="replace"), **_LIMITS).decode()
        except Unworkable:
            pass
    return _cleaned(re.sub(r"<[^<>]*>", " ", html).replace("<", "&lt;"))


def child(data):
    """The sandbox's part of `clean`."""
    return _cleaned(data.decode()).encode()


def _cleaned(html):
    for _ in range(6):  # the second pass nearly always confirms the first
        cleaned = serialise(blocks(parse(only_allowed(html)).children))
        if cleaned == html:
            break
        html = cleaned
    return cleaned


def blocks(children, attrs=None):
    """Bring any children into a list of blocks; loose text becomes paragraphs."""
    found, run = [], []
    for child in children:
        if is_phrase(child):
            run.append(child)
            continue
        found += _paragraphs(run, attrs)
        run = []
        found += _block(child, attrs or {})
    return found + _paragraphs(run, attrs)


def is_phrase(child):
    """Whether a child runs on inside a line of text."""
    if isinstance(child, str) or is_footnote(child):
        return True
    return child.tag in INLINE | {"b", "i", "cite"} and all(is_phrase(inner) for inner in child.children)


def _paragraphs(run, attrs=None):
    """Loose text as paragraphs; two line breaks in a row divide them."""
    lines = phrases(run)
    found, start = [], 0
    for index, child in enumerate(lines):
        if _is_break(child) and index + 1 < len(lines) and _is_break(lines[index + 1]):
            found.append(lines[start:index])
            start = index + 1
    found.append(lines[start:])
    return [Node("p", dict(attrs or {}), text) for text in map(phrases, found) if text]


def _is_break(child):
    return isinstance(child, Node) and child.tag == "br"


def _direction(node):
    return {name: node.attrs[name] for name in ("dir", "lang") if name in node.attrs}


def _block(node, inherited):
    """One element that is no phrase, as zero or more blocks."""
    tag = RENAMED.get(node.tag, node.tag)
    attrs = inherited | _direction(node)
    if tag in HEADINGS or tag == "pre":
        return _line(tag, node, attrs)
    if tag in _SHAPES:
        return _SHAPES[tag](node, attrs)
    if tag == "a":
        return blocks([_link_inside(node, child) for child in node.children], attrs)
    return blocks(node.children, attrs)


def _link_inside(link, child):
    if is_phrase(child):
        return Node("a", dict(link.attrs), [child])
    child.children = [_link_inside(link, inner) for inner in child.children]
    return child


def _line(tag, node, attrs):
    text = phrases(node.children, verbatim=tag == "pre")
    return [Node(tag, attrs, text)] if text else []


def _quotation(node, attrs):
    inside = blocks(node.children)
    return [Node("blockquote", attrs, inside)] if inside else []


def _rule(node, attrs):
    return [Node("hr")]


def _list(node, attrs):
    items = []
    for child in node.children:
        nested = isinstance(child, Node) and child.tag in {"ul", "ol"}
        if nested and items:
            items[-1].children.append(child)
        elif isinstance(child, Node) and child.tag == "li":
            items.append(Node("li", _direction(child), list(child.children)))
        elif isinstance(child, Node) or child.strip():
            items.append(Node("li", {}, [child]))
    for item in items:
        item.children = _cell(item.children)
    kept = [item for item in items if item.children]
    if node.tag == "ol" and "start" in node.attrs:
        attrs = attrs | {"start": node.attrs["start"]}
    return [Node(node.tag, attrs, kept)] if kept else []


def _cell(children):
    """What stands in an item or a cell: a lone paragraph, also before a nested list, loses its tag."""
    inside = blocks(children)
    lone = inside and inside[0].tag == "p" and all(other.tag in {"ul", "ol"} for other in inside[1:])
    return inside[0].children + inside[1:] if lone and not inside[0].attrs else inside


def _table(node, attrs):
    caption, head, body, strays = [], [], [], []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "caption" and not caption:
            caption = _line("caption", child, _direction(child))
        elif isinstance(child, Node) and child.tag in {"thead", "tbody", "tfoot", "tr"}:
            rows = head if child.tag == "thead" and not body else body
            for row in [child] if child.tag == "tr" else child.children:
                _take_row(row, rows, strays)
        else:
            strays.append(child)
    if not head and not body:
        return blocks([*(Node("p", {}, line.children) for line in caption), *strays], attrs)
    sections = [Node(tag, {}, rows) for tag, rows in (("thead", head), ("tbody", body)) if rows]
    return [*blocks(strays, attrs), Node("table", attrs, [*caption, *sections])]


def _take_row(row, rows, strays):
    cells = []
    for cell in row.children if isinstance(row, Node) and row.tag == "tr" else []:
        if isinstance(cell, Node) and cell.tag in {"th", "td"}:
            cells.append(Node(cell.tag, dict(cell.attrs), _cell(cell.children)))
        else:
            strays.append(cell)
    if isinstance(row, str) or row.tag != "tr":
        strays.append(row)
    elif any(cell.children for cell in cells):
        rows.append(Node("tr", _direction(row), cells))


def _figure(node, attrs):
    if "data-picture" not in node.attrs:
        return blocks(node.children, attrs)
    caption, rest = [], []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "figcaption" and not caption:
            caption = _line("figcaption", child, _direction(child))
        else:
            rest.append(child)
    picture = Node("figure", attrs | {"data-picture": node.attrs["data-picture"]}, caption)
    return [picture, *blocks(rest, attrs)]


_SHAPES = {
    "blockquote": _quotation,
    "hr": _rule,
    "ul": _list,
    "ol": _list,
    "table": _table,
    "figure": _figure,
}
