"""A Word file's parts as a title, a standfirst, a cleaned body and pictures: the sandbox's part of `docx`."""

import hashlib
import re
from collections import Counter

import mammoth

from forum.lib.image_headers import picture_header
from forum.lib.sandbox import Unreadable, pack
from forum.lib.text.phrases import phrases
from forum.lib.text.tidy import clean
from forum.lib.text.tree import Node, is_footnote, parse, serialise
from forum.lib.word.parts import closed, opened
from forum.lib.word.title import take_title
from forum.lib.word.xml import prepared

LONGEST_BODY = 700_000  # characters of HTML, about ten times the longest piece
_TOO_LONG = (
    "This document is far longer than anything we print. Send one piece at a time, up to 10,000 words."
)
_EMPTY = "There is no text in this Word file. Check that it is the right one and try again."
_PREFIX = "word-"
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.standfirst:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='heading 7'] => h6:fresh
p[style-name='heading 8'] => h6:fresh
p[style-name='heading 9'] => h6:fresh
"""
_REFERENCE = re.compile(rf"{_PREFIX}(footnote|endnote)-ref-")
_RAISED = re.compile(r"[\[(]?[0-9]{1,3}[\])]?")
_EXPONENT = re.compile(r"[0-9]$|\b(k|c|m)?m$|\b(ft|mi|CO|x|y|n)$")  # 10², km²: raised, and no note
_AUTOMATIC = re.compile(r"\s*(Description|AI-generated content).{0,60}$", re.DOTALL)
_FILE_NAME = re.compile(
    r"\S+\.(jpe?g|png|gif|webp|heic|tiff?)|(picture|image|grafik|imagen)\s*[0-9]*", re.IGNORECASE
)


def child(data):
    """From the bytes of a .docx to a packed answer for `docx.convert`. Raises Unreadable."""
    parts, found = prepared(opened(data))
    pictures = {}
    root = parse(_converted(parts, pictures, found))
    _place_notes(root, found)
    for node in list(root.walk()):
        node.children = _with_figures(node.children)
    for node in list(root.walk()):
        _place_captions(node)
    _count_leftovers(root, found)
    title, standfirst = take_title(root, found)
    _level_headings(root)
    body = clean(serialise(root.children))
    if len(body) > LONGEST_BODY:
        raise Unreadable(_TOO_LONG)
    if not (body or title):
        raise Unreadable(_EMPTY)
    used = {key: picture for key, picture in pictures.items() if f'data-picture="{key}"' in body}
    found["picture_alt"] = sum(not alt for alt, _ in used.values())
    heads = [[key, alt] for key, (alt, _) in used.items()]
    head = {"title": title, "standfirst": standfirst, "body": body, "pictures": heads, "remarks": +found}
    return pack(head, [content for _, content in used.values()])


def _converted(parts, pictures, found):
    def keep(image):
        try:
            with image.open() as file:
                content = file.read()
        except KeyError:  # named in the text, missing in the file
            found["picture_missing"] += 1
            return {}
        if picture_header(content) is None:
            found["picture_format"] += 1
            return {}
        key = hashlib.sha256(content).hexdigest()[:20]
        pictures.setdefault(key, (_said(image.alt_text), content))
        return {"src": key}

    result = mammoth.convert_to_html(
        closed(parts),
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        id_prefix=_PREFIX,
        convert_image=mammoth.images.img_element(keep),
    )
    found["picture_missing"] += sum("external" in message.message for message in result.messages)
    return result.value


def _said(alt):
    """Alternative text that a person wrote: neither a file name nor a machine's guess at the end."""
    alt = _AUTOMATIC.sub("", " ".join((alt or "").split())).strip()
    return "" if _FILE_NAME.fullmatch(alt) else alt[:500]


def _place_notes(root, found):
    """Footnotes and endnotes, listed at the end, go to where the text refers to them."""
    notes = {}
    for block in [child for child in root.children if child.tag == "ol"]:
        listed = {item.attrs["id"]: item for item in block.children if "id" in item.attrs}
        if listed:
            notes |= listed
            root.children.remove(block)
    for node in list(root.walk()):
        node.children = [_note_for(child, notes) for child in node.children]
    for node in list(root.walk()):
        node.children = [inner for child in node.children for inner in _lowered(child)]


def _note_for(child, notes):
    reference = isinstance(child, Node) and child.tag == "a" and _REFERENCE.match(child.attrs.get("id", ""))
    note = notes.get(child.attrs.get("href", "")[1:]) if reference else None
    if note is None:
        return child
    return Node("span", {"class": "footnote"}, phrases(_without_back_links(note).children))


def _without_back_links(node):
    kept = [
        child if isinstance(child, str) else _without_back_links(child)
        for child in node.children
        if isinstance(child, str) or not _REFERENCE.match(child.attrs.get("href", "")[1:])
    ]
    return Node(node.tag, node.attrs, kept)


def _lowered(child):
    """A footnote is raised when it is shown; what raised it in Word is not needed."""
    if (
        isinstance(child, Node)
        and child.tag == "sup"
        and child.children
        and all(map(is_footnote, child.children))
    ):
        return child.children
    return [child]


def _with_figures(children):
    """Pictures as figures; those in a heading go after it."""
    found = []
    for child in children:
        if isinstance(child, Node) and child.tag == "img":
            if "src" in child.attrs:
                found.append(Node("figure", {"data-picture": child.attrs["src"]}))
            continue
        found.append(child)
        if isinstance(child, Node) and re.fullmatch("h[1-6]", child.tag):
            found += [
                Node("figure", {"data-picture": inner.attrs["src"]})
                for inner in child.walk()
                if inner.tag == "img" and "src" in inner.attrs
            ]
    return found


def _place_captions(node):
    """A caption after a picture belongs to it, and one before or after a table to the table."""
    kept = []
    for child in node.children:
        last = kept[-1] if kept else None
        if (
            isinstance(child, Node)
            and child.tag == "table"
            and isinstance(last, Node)
            and last.has_class("caption")
        ):
            kept.pop()
            child.children.insert(0, Node("caption", {}, last.children))
        elif isinstance(child, Node) and child.has_class("caption") and isinstance(last, Node):
            figures = [inner for inner in last.walk() if inner.tag == "figure"]
            if figures and last.tag != "table":
                figures[-1].children = [Node("figcaption", {}, child.children)]
                continue
        kept.append(child)
    node.children = kept


def _count_leftovers(root, found):
    counts = Counter()
    for node in root.walk():
        counts[node.tag] += 1
        for before, child in zip(["", *node.children], node.children, strict=False):
            raised = (
                isinstance(child, Node) and child.tag == "sup" and _RAISED.fullmatch(child.text().strip())
            )
            if raised and not _EXPONENT.search(before if isinstance(before, str) else before.text()):
                found["raised"] += 1
        if node.tag == "thead":
            for cell in node.walk():
                if cell.tag == "th":
                    cell.attrs["scope"] = "col"
    found["struck"] += counts["s"]


def _level_headings(root):
    """The levels in use become h2, h3, h4 without a gap, and no heading lies two levels below the last."""
    headings = [node for node in root.walk() if re.fullmatch("h[1-6]", node.tag)]
    ranks = {tag: rank for rank, tag in enumerate(sorted({node.tag for node in headings}), start=2)}
    level = 1
    for node in headings:
        level = min(ranks[node.tag], level + 1, 4)
        node.tag = f"h{level}"
