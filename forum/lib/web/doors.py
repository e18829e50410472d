"""Which addresses of this site let in whoever has them."""

import re

from django.urls import Resolver404, resolve

KEYS = {"token", "receipt"}
"""What routes call the part of an address that lets in whoever has it."""


def lets_in(text, *, ours):
    """Say whether an address below `ours` stands in a text that lets in whoever has it."""
    paths = re.findall(rf"{re.escape(ours)}(/[\w/%:~.+-]*)", text)
    return any(KEYS & _names(path) for path in paths)


def _names(path):
    try:
        return resolve(path).kwargs.keys()
    except Resolver404:
        return set()
