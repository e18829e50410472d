"""Which addresses may stand in a text."""

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
