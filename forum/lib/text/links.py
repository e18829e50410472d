"""Which addresses may stand in a text, and which can be pressed in a letter."""

import re
from urllib.parse import urlsplit

# Whitespace, controls and direction marks are how an address hides what it is; browsers read "\" as "/".
_TRICKS = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")
_MAIL = re.compile(r"mailto:[^\s@/?#:]+@[^\s@/?#:]+\.[^\s@/?#:]+(\?subject=[^&#]*)?", re.IGNORECASE)


def safe_link(address):
    """The address when it is http, https, mailto or a path on this site; otherwise an empty string."""
    address = address.strip().replace(" ", "%20")
    if _TRICKS.search(address):
        return ""
    if address.startswith("/"):
        return "" if address.startswith("//") else address
    return address if _MAIL.fullmatch(address) or _is_web(address) else ""


def _is_web(address):
    if not re.match(r"https?://[^/?#]", address, re.IGNORECASE):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


_UNSEEN = "\u00ad\u200b-\u200f\u2060-\u206f\ufeff"
_LOOSE = re.compile(rf"(?<=\S)[.\uff0e\uff61](?=[{_UNSEEN}]*[^\W\d_]{{2}})|:(?=[{_UNSEEN}]*//)")
_BELOW = re.compile(r"(/[\w/?&=%#:~.+-]*)?")  # what else an address may hold ends it for one mail program or another
_EDGES = "()[]{}<>\"'“”‘’«»,;:!?…."


def unpressable(text, *, ours, vouched=""):
    """Return a text in which mail programs find no address to make a link of but those below `ours`.

    A space after the dots of a host and after "https:" keeps it readable. What also stands in the words
    `vouched` for stays as it is.
    """
    known = {word.strip(_EDGES) for word in vouched.split()}

    def loosened(match):
        word = match[0].strip(_EDGES)
        below = word.removeprefix(ours)
        is_ours = below != word and _BELOW.fullmatch(below) and "//" not in below
        return match[0] if is_ours or word in known else _LOOSE.sub(r"\g<0> ", match[0])

    return re.sub(r"\S+", loosened, text)
