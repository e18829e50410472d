"""A name in the place of another: in running text, in HTML, in the name of a file."""

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import slugify

LEAST = 3  # letters of a part of a name that is looked for by itself
_APART = r"((?:\s|&nbsp;|[_.-])+)"
_MARKS = {"'": "(?:'|’|&#x27;|&#39;)", "’": "(?:'|’|&#x27;|&#39;)", "&": "(?:&amp;|&)"}


@dataclass(frozen=True)
class NewName:
    """The `old` name and the `new` one that takes its place."""

    old: str
    new: str

    @property
    def is_one_word(self):
        """Say whether the old name is a word that may stand in a text without meaning her."""
        return len(self.old.split()) < 2

    def put(self, value):
        """Return a text, or a list or mapping of texts, with the new name where the old one stood."""
        if isinstance(value, str):
            if self.is_one_word:
                return self.new if value == self.old else value
            return self._whole.sub(self._fitting, value)
        if isinstance(value, list):
            return [self.put(part) for part in value]
        if isinstance(value, dict):
            return {key: self.put(part) for key, part in value.items()}
        return value

    def stands_in(self, text):
        """Say whether the whole old name stands in a text."""
        return bool(self._whole.search(text))

    def is_hinted_at(self, text):
        """Say whether a word of the old name that is not one of the new stands in a text."""
        return bool(self._parts and self._parts.search(text))

    @cached_property
    def _whole(self):
        words = ["".join(_MARKS.get(letter, re.escape(letter)) for letter in word) for word in self.old.split()]
        return re.compile(rf"(?<![^\W_]){_APART.join(words)}(?![^\W_])", re.IGNORECASE)

    @cached_property
    def _parts(self):
        kept = self.new.casefold().split()
        words = [w for w in self.old.split() if len(w) >= LEAST and w.casefold() not in kept]
        folded = [w for word in words for w in {word, slugify(word)} if w]
        return re.compile("|".join(map(re.escape, folded)), re.IGNORECASE) if folded else None

    def _fitting(self, found):
        """Return the new name as the old one stood there: with the same marks between, and as small."""
        between = found[1].strip() if found.lastindex else ""
        name = between.join(self.new.split()) if between in {"_", ".", "-"} else self.new
        return name.lower() if found[0].islower() else name
