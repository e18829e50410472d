"""What is done to a Word file's XML before it is converted: the hidden goes, text in odd places is saved."""

import re
from collections import Counter
from xml.etree.ElementTree import SubElement

from forum.lib.word.parts import xml, xml_bytes

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NOTES = {"w:footnoteReference": "w:footnote", "w:endnoteReference": "w:endnote"}
_CHANGES = {"w:ins": "inserted", "w:del": "deleted", "w:moveTo": "moved"}
_UNUSED = re.compile(r"(docProps|customXml|mammoth|word/(embeddings|fonts|theme))/|word/vba")


def prepared(parts):
    """The parts that conversion needs, edited, and a Counter of what was found by code of remark."""
    found = Counter()
    roots = {
        name: xml(content)
        for name, content in parts.items()
        if name.endswith((".xml", ".rels")) and not _UNUSED.match(name)
    }
    hidden = set().union(*(_hidden_styles(root) for root in roots.values() if _name(root) == "w:styles"))
    known = {
        (_name(note), _value(note, "id"))
        for root in roots.values()
        for note in root
        if _value(note, "type") not in {"separator", "continuationSeparator"}
    }
    for root in roots.values():
        if _name(root) in {"w:document", "w:footnotes", "w:endnotes"}:
            _edit(root, hidden, known, found)
        elif _name(root) in {"w:hdr", "w:ftr"} and re.search(r"[^\W\d]", _text(root)):
            found["header"] += 1
    others = {
        name: content
        for name, content in parts.items()
        if not name.endswith((".xml", ".rels")) and not _UNUSED.match(name)
    }
    kept = {name: xml_bytes(root) for name, root in roots.items() if _name(root) != "w:comments"}
    return kept | others, found


def _name(element):
    space, _, local = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    return f"{_PREFIXES.get(space[1:], '')}:{local}"


def _value(element, name="val"):
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _child(element, *path):
    for name in path:
        element = (
            next((child for child in element if _name(child) == name), None) if element is not None else None
        )
    return element


def _named(element, *names):
    return [child for child in element.iter() if _name(child) in names]


def _text(element):
    return "".join(child.text or "" for child in _named(element, "w:t"))


def _is_on(element):
    return _value(element) not in {"0", "false", "off"}


def _hidden_styles(styles):
    """The ids of the styles that hide their text, also through the style they are based on."""
    bases, hidden = {}, set()
    for style in _named(styles, "w:style"):
        vanish, base = _child(style, "w:rPr", "w:vanish"), _child(style, "w:basedOn")
        bases[_value(style, "styleId")] = None if base is None else _value(base)
        if vanish is not None and _is_on(vanish):
            hidden.add(_value(style, "styleId"))
    for _ in range(11):  # Word follows no longer chains
        hidden |= {style for style, base in bases.items() if base in hidden}
    return hidden - {None}


def _edit(root, hidden, known, found):
    _rescue_choices(root)
    parents = {child: parent for parent in root.iter() for child in parent}
    _drop_contents(root, parents, found)
    _drop_hidden(root, parents, hidden, found)
    _drop_dangling_notes(root, parents, known)
    _write_out_equations(root, found)
    found["textbox"] += sum(bool(_text(box).strip()) for box in _named(root, "w:txbxContent"))
    for element in root.iter():
        name = _name(element)
        if name in _CHANGES and any(_name(child) == "w:r" for child in element.iter()):
            found[_CHANGES[name]] += 1
        elif name == "w:commentReference":
            found["comment"] += 1
        elif name == "w:object" or (
            name == "a:graphicData" and re.search("/(chart|diagram)", _value(element, "uri") or "")
        ):
            found["drawing"] += 1


def _drop(element, parents):
    parent = parents[element]
    if element in list(parent):
        parent.remove(element)


def _drop_contents(root, parents, found):
    """A table of contents has page numbers that mean nothing here."""
    lists = [
        block
        for block in _named(root, "w:sdt")
        if any("Table of Contents" in (_value(part) or "") for part in _named(block, "w:docPartGallery"))
    ]
    lines = [line for line in _named(root, "w:p") if re.match(r"(?i)toc ?\d", _style(line))]
    for element in [*lists, *lines]:
        _drop(element, parents)
    found["contents"] += bool(lists or lines)


def _style(paragraph):
    style = _child(paragraph, "w:pPr", "w:pStyle")
    return "" if style is None else _value(style) or ""


def _drop_hidden(root, parents, hidden, found):
    verdicts = {}
    for paragraph in _named(
        root, "w:p"
    ):  # one inside another, in a text box, comes later and has the last word
        all_hidden = _style(paragraph) in hidden
        verdicts |= {run: _is_hidden(run, all_hidden, hidden) for run in _named(paragraph, "w:r")}
    for run, is_hidden in verdicts.items():
        if is_hidden:
            found["hidden"] += len(_text(run).split())
            _drop(run, parents)


def _is_hidden(run, otherwise, hidden):
    vanish, style = _child(run, "w:rPr", "w:vanish"), _child(run, "w:rPr", "w:rStyle")
    if vanish is not None:
        return _is_on(vanish)
    return otherwise or (style is not None and _value(style) in hidden)


def _drop_dangling_notes(root, parents, known):
    """A reference without its note would end the conversion; a mark of one's own would stand twice."""
    for reference in _named(root, *_NOTES):
        run = parents[reference]
        if _value(reference, "customMarkFollows") not in {None, "0", "false"}:
            for mark in [child for child in run if _name(child) in {"w:t", "w:sym"}]:
                run.remove(mark)
        if (_NOTES[_name(reference)], _value(reference, "id")) not in known:
            _drop(reference, parents)


def _rescue_choices(root):
    """Text boxes are read from the fallback for old programs; where a file has none, make one."""
    for content in _named(root, "mc:AlternateContent"):
        choice = _child(content, "mc:Choice")
        if choice is None:
            continue
        content.remove(choice)
        if _child(content, "mc:Fallback") is None:
            boxes = _named(choice, "w:txbxContent")
            fallback = SubElement(content, f"{_MC}Fallback")
            (SubElement(fallback, f"{_W}pict") if boxes else fallback).extend(boxes or list(choice))


def _write_out_equations(root, found):
    for element in _named(root, "m:oMathPara", "m:oMath"):
        if _name(element) == "m:oMathPara":
            element.tag = f"{_W}smartTag"
            continue
        if not _name(element).startswith("m:"):
            continue
        words = "".join(part.text or "" for part in _named(element, "m:t"))
        tail = element.tail
        element.clear()
        element.tag, element.tail = f"{_W}r", tail
        SubElement(element, f"{_W}t").text = words
        found["equation"] += 1
