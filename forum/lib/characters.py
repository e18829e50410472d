"""Characters: one form for the same letters, and none that hide or reverse what stands beside them."""

import re
import unicodedata

# Controls but tab and newline, direction overrides and isolates, halves of pairs, the byte order mark.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def normalise_text(text):
    """NFC, without control and direction-override characters, with plain line ends; edges are left alone."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", _LINE_ENDS.sub("\n", text)))
