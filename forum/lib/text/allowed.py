"""What a manuscript may hold: tags, attributes and values, held by nh3."""

import re

import nh3

from forum.lib.text.characters import normalise_text
from forum.lib.text.links import safe_link
from forum.lib.text.phrases import RENAMED as RENAMED_PHRASES

RENAMED = RENAMED_PHRASES | {"h1": "h2", "h5": "h4", "h6": "h4"}
HEADINGS = {"h2", "h3", "h4"}
INLINE = {"em", "strong", "sub", "sup", "a", "code", "span", "br"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "caption"}
_BLOCKS = {"p", "blockquote", "ul", "ol", "li", "hr", "pre", "figure", "figcaption"}
# Allowed in so that their edges still separate paragraphs; none of them is written.
_SECTIONS = {"div", "section", "article", "main", "header", "footer", "aside", "address", "center", "tfoot"}
_DESCRIPTIONS = {"dl", "dt", "dd", "details", "summary"}
_WITHOUT_WORDS = {"script", "style", "title", "template", "textarea", "noscript", "iframe", "svg", "math"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_PICTURE = re.compile(r"[a-z0-9]{8,40}")


def _one_of(*words):
    return lambda value: value.lower() if value.lower() in words else None


def _like(pattern):
    return lambda value: value if pattern.fullmatch(value) else None


def _number_up_to(most):
    return lambda value: (
        str(int(value)) if re.fullmatch("[0-9]{1,4}", value) and 2 <= int(value) <= most else None
    )


_VALUES = {
    "href": lambda value: safe_link(value) or None,
    "title": lambda value: normalise_text(value)[:300] or None,
    "dir": _one_of("ltr", "rtl", "auto"),
    "lang": _like(_LANGUAGE),
    "scope": _one_of("row", "col", "rowgroup", "colgroup"),
    "data-picture": _like(_PICTURE),
    "class": lambda value: "footnote" if "footnote" in value.split() else None,
    "start": _number_up_to(9_999),
    "colspan": _number_up_to(100),
    "rowspan": _number_up_to(100),
}


def _attribute(tag, name, value):
    """The value as it may stand, or None; nh3 asks about attributes that are not allowed, too."""
    return _VALUES[name](value) if name in _VALUES else None


_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | _TABLES | INLINE | HEADINGS | _SECTIONS | _DESCRIPTIONS | set(RENAMED),
    attributes={
        "*": {"dir", "lang"},
        "a": {"href", "title"},
        "ol": {"start"},
        "figure": {"data-picture"},
        "th": {"scope", "colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
        "span": {"class"},
    },
    attribute_filter=_attribute,
    clean_content_tags=_WITHOUT_WORDS,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def only_allowed(html):
    """Any HTML with all taken out that a manuscript may not hold."""
    return _CLEANER.clean(html)
