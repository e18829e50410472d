"""A name in the place of another: in running text, in HTML, in the name of a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify

LEAST = 3  # letters of a part of a name that is looked for by itself
_APART = r"((?:\s|&nbsp;|[_.-])+)"
_MARKS = {"'": "(?:'|’|&#x27;|&#39;)", "’": "(?:'|’|&#x27;|&#39;)", "&": "(?:&amp;|&)"}


def _spelled(word):
    return "".join(_MARKS.get(letter, re.escape(letter)) for letter in word)


@dataclass(frozen=True)
class NewName:
    """The `old` name and the `new` one that takes its place, and that of `others` she was printed under."""

    old: str
    new: str
    others: Sequence[str] = ()

    @cached_property
    def names(self):
        """Return the names that go, the longest first, as one may stand in another."""
        return sorted({self.old, *self.others}, key=len, reverse=True)

    def put(self, value):
        """Return a text, or a list or mapping of texts, with the new name where the old one stood."""
        if isinstance(value, str):
            if value in self.names:
                return self.new
            return self._whole.sub(self._fitting, value) if self._whole else value
        if isinstance(value, list):
            return [self.put(part) for part in value]
        if isinstance(value, dict):
            return {key: self.put(part) for key, part in value.items()}
        return value

    def put_in_address(self, slug):
        """Return the last part of an address with the new name where an old one stood."""
        for old in filter(None, map(slugify, self._longer)):
            slug = slug.replace(old, slugify(self.new))
        return slug

    def is_hinted_at(self, text):
        """Say whether a word of an old name that is not one of the new stands in a text."""
        return bool(self._parts and self._parts.search(text))

    @property
    def _longer(self):
        """Return the names that are no single word, which may stand in a text without meaning her."""
        return [name for name in self.names if len(name.split()) > 1]

    @cached_property
    def _whole(self):
        names = "|".join(_APART.join(map(_spelled, name.split())) for name in self._longer)
        return re.compile(rf"(?<![^\W_])(?:{names})(?![^\W_])", re.IGNORECASE) if names else None

    @cached_property
    def _parts(self):
        kept = self.new.casefold().split()
        words = [w for name in self.names for w in name.split() if len(w) >= LEAST and w.casefold() not in kept]
        folded = [w for word in words for w in {word, slugify(word)} if w]
        return re.compile("|".join(map(re.escape, folded)), re.IGNORECASE) if folded else None

    def _fitting(self, found):
        """Return the new name as the old one stood there: with the same marks between, and as small."""
        between = found[found.lastindex].strip()
        name = between.join(self.new.split()) if between in {"_", ".", "-"} else self.new
        return name.lower() if found[0].islower() else name
