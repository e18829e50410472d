"""What a typing error is not: it never touches a digit, a name, a quotation, a denial or a link, and it is small."""

import re

from rapidfuzz.distance import Indel

from forum.lib.text.prose import plain

MOST_LETTERS = 4  # put in or taken out: two letters changed places, a word doubled, a small word missing
_NOT = re.compile(r"\b(?:not|no|nor|never|none|nobody|nothing|neither|cannot|without|\w+n[’']t)\b")

_SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|twice|once"
_NUMBER = re.compile(rf"\b(?:{_SMALL}|\w+teen|\w+ty|hundreds?|thousands?|[mb]illions?)\b")


def more_than_a_typo(old, new):
    """Return the complaint about a change from `old` to `new` texts that readers must be told of, or ""."""
    before, after = _words(old), _words(new)
    checks = [
        ("A changed number", _numbers(before) != _numbers(after)),
        ("A changed quotation", _quotations(before) != _quotations(after)),
        ("A changed name", _names(before) != _names(after)),
        ("A changed denial", _denials(before) != _denials(after)),
        ("A changed link or picture", _links(old) != _links(new)),
        ("A change of so many letters", _letters(before, after) > MOST_LETTERS),
    ]
    found = [what for what, is_so in checks if is_so]
    return f"{found[0]} is a correction; please tell readers what changed." if found else ""


def _letters(before, after):
    return Indel.distance(before, after, score_cutoff=MOST_LETTERS)  # of more it says no more than that


def _numbers(text):
    return re.findall(r"\d+", text) + _NUMBER.findall(text.lower())


def _quotations(text):
    return re.findall(r"[“«][^“”«»]*[”»]|\"[^\"]*\"|‘(?:[^‘’]|’(?=\w))*’", text)


def _names(text):
    return [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word[0].isupper()]


def _denials(text):
    return _NOT.findall(text.lower())


def _words(fields):
    return "\n".join([fields["title"], fields["standfirst"], plain(fields["body"], notes=True)])


def _links(fields):
    return re.findall(r'(?:href|data-picture)="([^"]*)"', fields["body"])
