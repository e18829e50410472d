"""Characters: one form for the same letters, and none that hide or reverse what stands beside them."""

import re
import unicodedata

# Controls but tab and newline, direction overrides and isolates, halves of pairs, the byte order mark.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


# What takes no place on a line: soft hyphens, joiners, direction marks, fillers, blank letters and notes, variation
# selectors, tags, and what steers shorthand, music or hieroglyphs. Joiners stay between letters of the scripts that
# write with them, and selectors behind Han signs, whose form they choose.
_JOINER, _JOINED = "[\u200c\u200d]", "[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefe]"
_HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3"
    "\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
    f"|(?<!{_JOINED}){_JOINER}|{_JOINER}(?!{_JOINED})|(?<!{_HAN})[\U000e0100-\U000e01ef]"
)


def without_unseen(text):
    """Return a text of one line without what nobody sees in it: names and titles are compared, searched and trusted."""
    return _UNSEEN.sub("", text)


def most_marks(text):
    """Return how many marks stand over one letter at most: a language has four, a tower of them covers other lines."""
    kinds = "".join("m" if unicodedata.category(sign) in ("Mn", "Me") else " " for sign in text)
    return max(map(len, kinds.split()), default=0)


def normalise_text(text):
    """NFC, without control and direction-override characters, with plain line ends; edges are left alone."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", _LINE_ENDS.sub("\n", text)))


def name_words(name):
    """The words of a name as two names are compared: in any order, without case, accents, unseen signs and initials."""
    spelled = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in spelled if unicodedata.category(sign) not in ("Mn", "Cf"))
    return frozenset(word for word in re.findall(r"\w+", plain) if len(word) > 1 or not word.isascii())
