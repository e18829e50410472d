"""A copy of all that is kept about one person (GDPR Art. 15(3)): a zip with data.json, index.html and her own texts.

Each app gives its part when `copying` is sent. What others wrote about her in confidence, and what somebody did at the
desk, is no part of it.
"""

import json
from contextlib import suppress
from datetime import datetime
from shutil import copyfileobj
from zipfile import ZIP_DEFLATED, ZipFile

from allauth.mfa.models import Authenticator
from django.core.serializers.json import DjangoJSONEncoder
from django.dispatch import Signal
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Delivery, User
from forum.lib.storage import Missing
from forum.pages.models import SiteSettings

copying = Signal()
"""Sent with a `Copy`, to whatever keeps something about its person."""


class Copy:
    """What goes into one person's copy: sections of rows, which are dictionaries, and files."""

    def __init__(self, person):
        self.person, self.made_at = person, timezone.now()
        self.sections, self.files = {}, {}

    def add(self, title, rows):
        """Put a section into the copy, unless there is nothing in it."""
        if rows := list(rows):
            self.sections[title] = rows

    def attach(self, name, content):
        """Put a file into the copy: a text, or a stored file, which is named as lost where it is not on the disk."""
        self.files[name] = content

    def lose(self, name):
        """Say that a file is not there."""
        del self.files[name]
        self.sections.setdefault("Files that are no longer on our disk", []).append({"name": name})

    def pages(self):
        """Return its sections for reading: title, and the rows as pairs of words and value."""
        return [(title, [_readable(row) for row in rows]) for title, rows in self.sections.items()]


def copy_of(person):
    """Return all that is kept about somebody with an account."""
    copy = Copy(person)
    copy.add("Your account", [_account(person)])
    copy.add("Names you left", person.earlier_names.values("name", "left_at"))
    copy.add("Letters to you", map(_letter, Delivery.objects.to_person(person)))
    copying.send(User, copy=copy)
    return copy


def _account(person):
    return {
        "name": person.name,
        "names_left_lately": ", ".join(person.lately),
        "address": person.email,
        "other_addresses": ", ".join(sorted(person.addresses - {person.email})),
        "joined_at": person.joined_at,
        "last_signed_in_at": person.last_login,
        "roles": ", ".join(person.groups.values_list("name", flat=True)),
        "administrator": person.is_superuser,
        "has_a_password": person.has_usable_password(),
        "daily_mail_about_the_desk": person.digest if person.is_staff else "",
        "second_factors": [
            {"kind": key.get_type_display(), "since": key.created_at, "last_used_at": key.last_used_at}
            for key in Authenticator.objects.filter(user=person)
        ],
    }


def _letter(letter):
    """Return what a letter said; one that lets somebody in is for whoever reads her mail, and for nobody else."""
    told = {"at": letter.sent_at or letter.created_at, "to": letter.to}
    if letter.is_secret:
        return {**told, "words": "(with a code or a personal link, which is only in the mail itself)"}
    return {**told, "subject": letter.subject, "words": letter.text or "(no longer kept)"}


def pack(copy, to):
    """Write a copy as a zip into an open file."""
    with ZipFile(to, "w", ZIP_DEFLATED) as packed:
        for name, content in list(copy.files.items()):
            _put(packed, name, content) or copy.lose(name)
        context = {"site": SiteSettings.get().name, "copy": copy, "pages": copy.pages(), "files": sorted(copy.files)}
        packed.writestr("index.html", render_to_string("accounts/copied.html", context))
        packed.writestr("data.json", json.dumps(copy.sections, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))


def _put(packed, name, content):
    """Write a file into the zip; say whether it was there."""
    if isinstance(content, str):
        packed.writestr(name, content)
        return True
    with suppress(Missing), content.open("rb") as file, packed.open(name, "w") as into:
        copyfileobj(file, into)
        return True
    return False


def _readable(row):
    """Return (name, words, parts) for each value that says something; parts are rows of its own."""
    said = [(name.replace("_", " ").capitalize(), value) for name, value in row.items() if value not in ("", None, [])]
    return [(name, "" if isinstance(value, list) else _words(value), _parts(value)) for name, value in said]


def _parts(value):
    return [_readable(row) for row in value] if isinstance(value, list) else []


def _words(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return date_format(timezone.localtime(value), "j F Y, H:i e") if isinstance(value, datetime) else str(value)
