"""What a text looks like at a glance: the skeletons of Unicode Technical Standard 39, without case, accents and spaces.

The table is Unicode's own (`confusables.txt`), as the package confusable-homoglyphs carries it: pairs of a sign and its
prototype, in both directions and without saying which is which.
"""

import re
import unicodedata
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

from forum.lib.text.characters import most_marks, without_unseen

LEFT_TO_RIGHT = "\u200e"  # stands around each Arabic or Hebrew sign in the table
BOXED = re.compile(
    "(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER)"
    " ([A-Z])"
)
ONE_FOR_ALL = str.maketrans({"l": "i", "1": "i", "|": "i", "0": "o", "m": "rn"})

MOST_MARKS = 4
UNSEEN = "Write a name with letters that can be seen."
TOWERS = f"Some letters of this name carry more than {MOST_MARKS} marks. Write it with fewer of them."


def unreadable(name):
    """Return why nobody can be called by a name at all, or ""."""
    if not looks(name):
        return UNSEEN
    return TOWERS if most_marks(name) > MOST_MARKS else ""


def looks(text):
    """Return all that a text looks like, as it is typed and in either case: two texts that share one look alike."""
    plain = unicodedata.normalize("NFKD", without_unseen(text))
    return frozenset(map(_skeleton, (plain, plain.lower(), plain.upper()))) - {""}


def look(word):
    """Return what a word in plain small letters looks like."""
    return _skeleton(word)


def _skeleton(text):
    alike = unicodedata.normalize("NFKD", "".join(map(_prototype, text))).casefold().translate(ONE_FOR_ALL)
    return "".join(letter for letter in alike if letter.isalnum() or _is_vowel_sign(letter))


@lru_cache(maxsize=10_000)
def _prototype(letter):
    """Return the one sign, or the signs, that stand for all that look like this letter."""
    if boxed := BOXED.fullmatch(unicodedata.name(letter, "")):
        return boxed[1]
    others = _paired(letter)
    if len(others) != 1:
        return letter  # like no other, or the prototype of many
    (other,) = others
    if len(_paired(other)) == 1:  # each is the other's only one: either will do, so long as it is always the same
        return max(letter, other, key=lambda signs: (len(signs), signs.isascii(), signs))
    return _prototype(other) if len(other) == 1 else other


def _paired(signs):
    rows = confusables_data.get(signs) or confusables_data.get(f"{LEFT_TO_RIGHT}{signs}{LEFT_TO_RIGHT}", [])
    return {row["c"].strip(LEFT_TO_RIGHT) for row in rows} - {signs}


def _is_vowel_sign(letter):
    """Say whether this mark is a letter of its own, as in Indic scripts, and no accent."""
    return unicodedata.category(letter) in ("Mc", "Mn") and not unicodedata.combining(letter)
