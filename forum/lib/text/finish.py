"""The HTML as it is finished for readers: footnotes numbered, headings named, tables and pictures framed."""

import re

import nh3
from django.conf import settings
from django.utils.text import slugify

from forum.lib.text.links import safe_link
from forum.lib.text.tree import Node, is_footnote, parse, serialise

SIZES = "(min-width: 44rem) 42rem, 100vw"
_IDS = re.compile(r"(fn|fnref)-[0-9]{1,4}|h-[\w-]{1,80}")
_CLASSES = {"footnote", "footnotes", "footnote-mark", "table-scroll", "credit", "figure-pending", "break"}
_ROLES = {"doc-noteref", "doc-endnotes", "doc-backlink", "region"}
_SRCSET = re.compile(r"\S+( [1-9][0-9]{0,4}w)?(, \S+( [1-9][0-9]{0,4}w)?)*")
_FIXED = {
    "role": _ROLES,
    "loading": {"lazy"},
    "decoding": {"async"},
    "tabindex": {"0"},
    "sizes": {SIZES},
    "type": {"image/avif", "image/webp", "image/jpeg"},
    "dir": {"ltr", "rtl", "auto"},
    "rel": {"nofollow ugc noopener"},
}


def picture_address(address):
    """The address when it is on this site or under the configured media address; otherwise empty."""
    media = settings.MEDIA_URL
    elsewhere = media.startswith(("https://", "http://")) and address.startswith(media)
    return safe_link(address) if elsewhere or address.startswith("/") else ""


def _class(value):
    return " ".join(word for word in value.split() if word in _CLASSES) or None


def _href(value):
    within = value.startswith("#") and _IDS.fullmatch(value[1:])
    return value if within else safe_link(value) or None


def _srcset(value):
    addresses = [source.split(" ")[0] for source in value.split(", ")]
    return value if _SRCSET.fullmatch(value) and all(map(picture_address, addresses)) else None


_CHECKS = {
    "id": lambda value: value if _IDS.fullmatch(value) else None,
    "class": _class,
    "href": _href,
    "src": lambda value: picture_address(value) or None,
    "srcset": _srcset,
}


def _attribute(tag, name, value):
    if name in _FIXED:
        return value if value in _FIXED[name] else None
    return _CHECKS[name](value) if name in _CHECKS else value


_TEXTS = {"p", "h2", "h3", "h4", "blockquote", "pre", "hr", "br", "ul", "ol", "li", "div", "section"}
_PHRASES = {"a", "em", "strong", "sub", "sup", "code", "span", "small", "ins", "del"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td", "caption"}
_FIGURES = {"figure", "figcaption", "picture", "source", "img"}
_NUMBERS = {"colspan", "rowspan"}
_CLEANER = nh3.Cleaner(
    tags=_TEXTS | _PHRASES | _TABLES | _FIGURES,
    attributes={
        "*": {"dir", "lang", "class"},
        "a": {"href", "title", "id", "role", "aria-label", "rel"},
        "ol": {"start"},
        "h2": {"id"},
        "h3": {"id"},
        "li": {"id"},
        "th": {"scope", *_NUMBERS},
        "td": _NUMBERS,
        "section": {"role", "aria-label"},
        "div": {"role", "aria-label", "tabindex"},
        "source": {"type", "srcset", "sizes"},
        "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    },
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def only_allowed(html):
    """Finished HTML with all taken out that may not be shown."""
    return _CLEANER.clean(html)


def arranged(body, pictures):
    """A cleaned body as the HTML to show; see `text.render`."""
    root = parse(body)
    notes, names = [], set()
    root.children = [_arranged(child, pictures, notes, names) for child in root.children]
    return serialise(root.children + ([_notes(notes)] if notes else []))


def _arranged(node, pictures, notes, names):
    if isinstance(node, str):
        return node
    if is_footnote(node):
        notes.append(node.children)
        return _mark(len(notes))
    if node.tag in {"h2", "h3"}:
        node.attrs["id"] = _unique(_plain(node), names)
    node.children = [_arranged(child, pictures, notes, names) for child in node.children]
    if node.tag == "table":
        frame = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": "Table"}
        return Node("div", frame, [node])
    return _figure(node, pictures) if node.tag == "figure" else node


def _plain(node):
    return "".join(
        child if isinstance(child, str) else "" if is_footnote(child) else _plain(child)
        for child in node.children
    )


def _unique(heading, names):
    slug = f"h-{slugify(heading, allow_unicode=True)[:60] or 'section'}"
    name, count = slug, 1
    while name in names:
        count += 1
        name = f"{slug}-{count}"
    names.add(name)
    return name


def _mark(number):
    link = {
        "id": f"fnref-{number}",
        "href": f"#fn-{number}",
        "role": "doc-noteref",
        "aria-label": f"Note {number}",
    }
    return Node("sup", {"class": "footnote-mark"}, [Node("a", link, [str(number)])])


def _notes(notes):
    items = [
        Node("li", {"id": f"fn-{number}"}, [*note, " ", _back(number)])
        for number, note in enumerate(notes, 1)
    ]
    return Node(
        "section",
        {"class": "footnotes", "role": "doc-endnotes", "aria-label": "Notes"},
        [Node("ol", {}, items)],
    )


def _back(number):
    label = f"Back to note {number} in the text"
    return Node("a", {"href": f"#fnref-{number}", "role": "doc-backlink", "aria-label": label}, ["↩"])


def _figure(node, pictures):
    picture = pictures.get(node.attrs.get("data-picture"))
    caption = list(node.children[0].children) if node.children else []
    direction = {name: value for name, value in node.attrs.items() if name in {"dir", "lang"}}
    if picture is None:
        words = [Node("figcaption", {}, caption or ["Picture"])]
        return Node("figure", direction | {"class": "figure-pending"}, words)
    if picture.credit:
        caption += [" "] * bool(caption) + [Node("small", {"class": "credit"}, [picture.credit])]
    words = [Node("figcaption", {}, caption)] if caption else []
    return Node("figure", direction, [_picture(picture), *words])


def _picture(picture):
    sources = [
        Node("source", {"type": mime, "srcset": srcset, "sizes": SIZES}) for mime, srcset in picture.sources
    ]
    image = {
        "src": picture.fallback,
        "alt": picture.alt,
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
        "decoding": "async",
    }
    return Node("picture", {}, [*sources, Node("img", image)])
