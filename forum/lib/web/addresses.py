"""Addresses that a page says often: what `reverse` says of a view is asked once, and a row's key put in its place."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

KEY = "8200000000000000028"  # a number and a slug at once, and in no address of ours


def address(name, *key):
    """Return the address of a page, known by no key or by one: a row's number, or a code or slug of plain letters."""
    before, behind = _around(name, len(key), get_script_prefix())
    return f"{before}{key[0]}{behind}" if key else before


def addresses(name):
    """Return what gives each of many rows the address of its page, by its key."""
    before, behind = _around(name, 1, get_script_prefix())
    return lambda key: f"{before}{key}{behind}"


@lru_cache(maxsize=128)
def _around(name, keys, prefix):
    before, _, behind = reverse(name, args=[KEY] * keys).partition(KEY)
    return before, behind
