"""Text: cleaned on the way in, arranged on the way out, counted, and read as plain words.

The only place that marks HTML safe.
"""

import re

from django.db import models
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from forum.lib.text.characters import normalise_text
from forum.lib.text.finish import arranged, only_allowed
from forum.lib.text.links import safe_link
from forum.lib.text.tidy import clean
from forum.lib.text.tree import is_footnote, parse, serialise

__all__ = [
    "BodyField",
    "FinishedField",
    "clean",
    "count_words",
    "excerpt",
    "find_words",
    "finished",
    "normalise",
    "paragraphs",
    "plain",
    "reading_minutes",
    "render",
    "sentences",
]

WORDS_A_MINUTE = 230  # silent reading of English prose: Brysbaert, Journal of Memory and Language 109 (2019)
_LINES = {
    "p",
    "h2",
    "h3",
    "h4",
    "li",
    "tr",
    "caption",
    "figcaption",
    "pre",
    "hr",
    "br",
    "table",
    "blockquote",
}


class Finished(SafeString):
    """HTML as `finished` left it, and nothing else: what is made from it, a copy too, has no such mark."""

    __slots__ = ()

    def __reduce__(self):
        return mark_safe, (self[:],)


def finished(html) -> Finished:
    """HTML through the allow-list of what may be shown; what has come through it passes as it is."""
    return html if isinstance(html, Finished) else Finished(only_allowed(html))


def render(body, pictures=None) -> SafeString:
    """A cleaned body as readers see it.

    Footnotes are numbered with links both ways, h2 and h3 get ids, tables can be scrolled. `pictures` maps
    the key of a figure to an object with alt, credit, width, height, sources (pairs of MIME type and srcset)
    and fallback (the address of a JPEG); a figure whose key is missing shows its caption only.
    """
    return finished(arranged(body, pictures or {}))


class CleanedField(models.TextField):
    """HTML that is cleaned whenever it is written, unless it has come out of this very cleaning.

    What is read carries no mark of it. It was cleaned by the rules of the day on which it was written, or came into
    the table by another way; whoever writes it again has it cleaned by the rules of today.
    """

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else self.cleaned(value)

    def pre_save(self, model_instance, add):
        """The instance holds what the table holds."""
        value = self.get_prep_value(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value


class BodyField(CleanedField):
    """A manuscript body."""

    cleaned = staticmethod(clean)


class FinishedField(CleanedField):
    """Finished HTML: only what may be shown is ever stored, so it reads back as safe."""

    cleaned = staticmethod(finished)

    def from_db_value(self, value, expression, connection):
        return value if value is None else mark_safe(value)  # noqa: S308 - cleaned when stored


def plain(html, *, notes=False) -> str:
    """HTML of ours as plain text, one line for each block; footnotes stand in brackets if asked for."""
    parts = []
    _speak(parse(html), parts, notes)
    lines = (re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _speak(node, parts, notes):
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif is_footnote(child) or child.has_class("footnotes"):
            if notes:
                parts.append(" [")
                _speak(child, parts, notes)
                parts.append("]")
        elif not child.has_class("footnote-mark"):
            parts.append("\n" if child.tag in _LINES else " " if child.tag in {"td", "th"} else "")
            _speak(child, parts, notes)
            parts.append("\n" if child.tag in _LINES else " " if child.tag in {"td", "th"} else "")


def count_words(html) -> int:
    """The words of a body, footnotes not counted; a dash alone is no word, and a long dash divides two."""
    return sum(any(map(str.isalnum, word)) for word in re.split(r"[\s—]+", plain(html)))


def reading_minutes(words) -> int:
    """Minutes it takes to read so many words, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def excerpt(html, words=40) -> str:
    """The first words of the running text, headings and tables left out."""
    lines = [plain(serialise([node])) for node in parse(html).walk() if node.tag == "p"]
    found = (" ".join(lines) or plain(html)).split()
    return " ".join(found[:words]) + ("…" if len(found) > words else "")


def normalise(text) -> str:
    """Plain text in one form: NFC, no control or direction-override characters, newlines as such, trimmed."""
    return normalise_text(text).strip()


_TRAIL = tuple(".,;:!?…'\u2019]}*_")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\"”’)]?\s+")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”«»]{1,2000}", re.IGNORECASE)


def paragraphs(text) -> SafeString:
    """Plain text as HTML: paragraphs, line breaks, lines after `>` as quotations, web addresses as links."""
    return mark_safe("".join(map(_paragraph, _BLANK_LINES.split(normalise(text)))))  # noqa: S308 - all escaped


def sentences(text):
    """Plain text as a list of its sentences, each as it stands there; a `>` before a line is left out."""
    lines = (line.lstrip("> \t").strip() for line in normalise(text).split("\n"))
    return [sentence for line in lines for sentence in _SENTENCE_ENDS.split(line) if sentence]


def find_words(words, text):
    """Return where `words` stand in a text, as (start, length), however its lines are broken, or None."""
    pattern = r"\s+".join(map(re.escape, normalise(words).split()))
    found = re.search(pattern, text) if pattern else None
    return (found.start(), len(found[0])) if found else None


def _paragraph(block):
    html, quoted, lines = [], False, []
    for line in [*block.split("\n"), None]:
        is_quote = line is not None and line.startswith(">")
        if lines and (line is None or is_quote != quoted):
            html.append(_closed(lines, quoted))
            lines = []
        quoted = is_quote
        if line is not None:
            lines.append(line.lstrip("> \t") if is_quote else line.strip())
    return "".join(html)


def _closed(lines, quoted):
    text = "<br>".join(_linked(line) for line in lines if line)
    if not text:
        return ""
    return f"<blockquote><p>{text}</p></blockquote>" if quoted else f"<p>{text}</p>"


def _linked(line):
    parts, end = [], 0
    for match in _ADDRESS.finditer(line):
        address = _without_trail(match[0])
        if not safe_link(address):
            continue
        link = f'<a href="{escape(address)}" rel="nofollow ugc noopener">{escape(address)}</a>'
        parts += [escape(line[end : match.start()]), link]
        end = match.start() + len(address)
    return "".join([*parts, escape(line[end:])])


def _without_trail(address):
    """Punctuation after an address belongs to the sentence, and so does a bracket that it did not open."""
    while address.endswith(_TRAIL) or (address.endswith(")") and address.count("(") < address.count(")")):
        address = address[:-1]
    return address
