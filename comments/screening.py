"""What makes a comment wait for a moderator. Nothing here ever removes one, and no text leaves the server."""

import logging
import re
import unicodedata

from django.conf import settings
from django.utils.module_loading import import_string

ENOUGH, ON_DAYS = 3, 2
MOST_LINKS = 2

NEWCOMER, LINKS, WORDS, SANCTION, DISCUSSION, SCORER, REWORDED = (
    "newcomer", "links", "words", "sanction", "discussion", "scorer", "reworded",
)  # fmt: skip
HELD_FOR = {
    NEWCOMER: "The editors read the first comments of everybody before they appear, "
    f"until {ENOUGH} were approved on {ON_DAYS} different days.",
    LINKS: f"A comment with more than {MOST_LINKS} links is read by the editors before it appears.",
    WORDS: "A comment with a word from the editors’ list is read by them before it appears. Most of these are fine.",
    SANCTION: "The editors have decided to read your comments before they appear, for the time they told you.",
    DISCUSSION: "Where the editors have said so below a piece, they read every comment before it appears.",
    SCORER: "A program asked the editors to read this comment before it appears. It decides nothing else.",
    REWORDED: "The editors asked for another wording, and read it before it appears.",
}
HELD_AS = {
    NEWCOMER: "first comments",
    LINKS: f"more than {MOST_LINKS} links",
    WORDS: "a word from the list",
    SANCTION: "its writer is read first",
    DISCUSSION: "every comment here is read first",
    SCORER: "the program asked",
    REWORDED: "reworded",
}
_LINK = re.compile(r"(?:https?://|\bwww\.)\S", re.IGNORECASE)
_UNSEEN = {0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)}

logger = logging.getLogger(__name__)


class _Seen(dict):
    """What each character is in a word: itself, nothing where nobody sees it, a blank where it ends the word.

    A mark belongs to the letter before it: without it, words of many scripts would be others.
    """

    def __missing__(self, code):
        kind = unicodedata.category(chr(code))
        unseen = kind == "Cf" or code in _UNSEEN or 0xE0100 <= code <= 0xE01EF
        self[code] = "" if unseen else chr(code) if kind[0] in "LNM" else " "
        return self[code]


_SEEN = _Seen()


class Unscored(Exception):
    """What a scorer raises where it cannot tell: the comment waits."""


def reason_to_hold(author, text, discussion, *, known):
    """Return which rule makes this author's text wait in this discussion, a key of `HELD_FOR`, or "".

    `known` is what is `screened` of her.
    """
    if author.is_moderator:
        return ""
    rules = {
        SANCTION: lambda: known.is_read_first,
        DISCUSSION: lambda: discussion.holds_all,
        NEWCOMER: lambda: not is_trusted(author, known),
        LINKS: lambda: len(_LINK.findall(text)) > MOST_LINKS,
        WORDS: lambda: bool(known.words and matching(entries(known.words), text)),
        SCORER: lambda: _scored(text),
    }
    return next((rule for rule, holds in rules.items() if holds()), "")


def is_trusted(author, known):
    """Say whether a moderator trusts this person, or let enough of her comments stand, on different days."""
    if known.is_trusted:
        return True
    number, days = author.comments.standing()
    return number >= ENOUGH and days >= ON_DAYS


def entries(words):
    """Return each line of a list with words in it, as it was written and as it compares."""
    pairs = ((line.strip(), spoken(line)) for line in words.splitlines())
    return {line: said for line, said in pairs if said.strip()}


def matching(entries, text):
    """Return the entries that stand in a text as whole words."""
    said = spoken(text)
    return [line for line, words in entries.items() if words in said]


def spoken(text):
    """Return the words of a text, each between blanks, as they compare: NFKC, in one case, nothing invisible."""
    seen = unicodedata.normalize("NFKC", text).translate(_SEEN)
    return f" {' '.join(unicodedata.normalize('NFKC', seen.casefold()).split())} "


def _scored(text):
    """Ask the program named in `settings.COMMENT_SCORER`, where there is one, for a number from 0 to 1."""
    if not settings.COMMENT_SCORER:
        return False
    scorer = import_string(settings.COMMENT_SCORER)
    try:
        return scorer(text) >= settings.COMMENT_SCORER_HOLDS_FROM
    except Unscored:
        logger.exception("A text could not be scored, so it waits for a moderator.")
        return True
