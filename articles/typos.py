"""What a typing error is not: it never touches a digit, a name or a quotation."""

import re

from forum.lib.text import plain


def _of(text, pattern):
    return re.findall(pattern, text)


def _words(fields):
    return "\n".join([fields["title"], fields["standfirst"], plain(fields["body"], notes=True)])


def more_than_a_typo(old, new):
    """Return the complaint about a change from `old` to `new` texts that readers must be told of, or ""."""
    before, after = _words(old), _words(new)
    checks = [
        (r"\d+", "A changed number is a correction; please tell readers what changed."),
        (r"[“\"«][^”\"»]*[”\"»]", "A changed quotation is a correction; please tell readers what changed."),
        (r"(?<=[a-z,;] )[A-Z]\w+", "A changed name is a correction; please tell readers what changed."),
    ]
    return next((says for pattern, says in checks if _of(before, pattern) != _of(after, pattern)), "")
