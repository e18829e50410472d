"""Whom a letter is for, and where answers to it go, asked for at the moment of sending.

A letter may wait for hours, and meanwhile people change their address, leave the desk or give a piece away. So it keeps
an addressee: an address, or what somebody is with the keys that say so, such as "person:12". Each app registers
what it knows with `@addressee`; what a finder calls `person` is the key of one.
"""

from inspect import signature

_finders = {}


class Nobody(Exception):
    """Why a letter has nobody to go to; `instead` are the addressees who hear that something waits at `path`."""

    def __init__(self, why, *, instead=(), path=""):
        super().__init__(why)
        self.instead, self.path = instead, path


def addressee(finder):
    """Register `finder(*keys)`, which returns an address or raises Nobody, under its own name."""
    _finders[finder.__name__] = finder
    return finder


def called(finder, *rows):
    """Return the addressee that `finder` will be asked about with the keys of these rows."""
    return ":".join([finder.__name__, *(str(row.pk) for row in rows)])


def find(name):
    """Return the address of an addressee as it is now; raises Nobody."""
    if "@" in name:
        return name
    finder, *keys = name.split(":")
    return _finders[finder](*map(int, keys))


def find_any(*names, but=()):
    """Return the address of the first of these addressees who has one, `but` not one of these, or ""."""
    for name in filter(None, names):
        try:
            address = find(name)
        except Nobody:
            continue
        if address.lower() not in but:
            return address
    return ""


def put_person(names, was, now):
    """Return these addressees, separated by spaces, with one person's key in the place of another's."""
    return " ".join(_put_person(name, str(was), str(now)) for name in names.split())


def _put_person(name, was, now):
    if "@" in name:
        return name
    finder, *keys = name.split(":")
    roles = signature(_finders[finder]).parameters
    new = (now if (role, key) == ("person", was) else key for role, key in zip(roles, keys, strict=True))
    return ":".join([finder, *new])
