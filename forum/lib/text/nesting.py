"""How much work an HTML parser has with a text: elements left open cost it quadratic time, and worse."""

import re

MOST_WORK = 400_000  # open elements met by all opening tags together; a long manuscript has a tenth of it
_PLAIN_TAG = re.compile(
    r"""<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s+[\w:.-]+(?:=(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*\s*/?>"""
)
# What stands in these is no markup to a parser, so a closing tag there closes nothing.
_VERBATIM = {
    *("script", "style", "title", "textarea", "template", "noscript", "noembed", "noframes", "iframe"),
    *("xmp", "plaintext", "svg", "math", "select"),
}
_WITHOUT_DEPTH = {"p", "li", "dt", "dd", "br", "hr", "img", "col", "wbr", "input", "meta", "link"}


def is_quick(html):
    """Say whether all of it is plain tags, so few left open at any point that parsing takes no time."""
    opened, work, end = [], 0, 0
    for tag in _PLAIN_TAG.finditer(html):
        closes, name = tag[1], tag[2].lower()
        if name in _VERBATIM or html.find("<", end, tag.start()) >= 0:
            return False
        end = tag.end()
        if not closes:
            work += len(opened)
        if name in _WITHOUT_DEPTH:
            continue
        if not closes:
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
    return work <= MOST_WORK and html.find("<", end) < 0
