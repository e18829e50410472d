"""Codes that were mailed, as hashes alone.

An earlier one is told from a wrong one and costs no try. Only what was really sent to an address counts, and it proves
nothing any more; every other guess is counted.
"""

import secrets

from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac

LATELY = 60 * 60  # seconds
EARLIER = "There is a newer code. Type the one from the newest mail, or ask for a new one."


def hashed(email, code):
    """Return the keyed hash of a code for an address."""
    return salted_hmac("accounts.proof", f"{email.lower()}:{code}", algorithm="sha256").hexdigest()


def remember(email, code):
    """Keep for a while that this code was sent to this address."""
    cache.set(_key(email, code), "sent", LATELY)


def was_sent(email, code):
    """Say whether these digits, spaced as they may be, were sent to this address lately."""
    return _key(email, _digits(code)) in cache


class SealedCode(str):
    """A code as it is kept, a salted and keyed hash; only this object knows its `digits`, and no copy of it does."""

    __slots__ = ("digits",)

    def __new__(cls, digits):
        salt = secrets.token_hex(8)
        sealed = super().__new__(cls, _sealed(salt, digits))
        sealed.digits = digits
        return sealed


def opened(kept, typed):
    """Return what was typed where it is the code that was kept sealed, or ""."""
    salt, digits = (kept or "").partition("$")[0], _digits(typed)
    return digits if constant_time_compare(_sealed(salt, digits), kept or "") else ""


def _sealed(salt, digits):
    return f"{salt}${salted_hmac('accounts.codes', f'{salt}:{digits}', algorithm='sha256').hexdigest()}"


def _digits(typed):
    return "".join(typed.split()).replace("-", "")


def _key(email, code):
    return f"code:{hashed(email, code)}"
