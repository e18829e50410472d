"""What a person typed into a form, told apart from what she chose and from what the page filled in.

The forms of the site know it: text stands under a name that some form shows a text field for. A form that makes
fields as it goes says which of them are texts by an attribute `typed`, {pattern of their names: label}, and which
questions take `several` answers by a list of theirs.
"""

import re
from dataclasses import dataclass
from functools import reduce

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import models
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from forum.lib.editor import BodyEditor, EditorWidget
from forum.lib.text.prose import render
from forum.lib.web.labels import label_of, labels_at

UNREADABLE = (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError)
SECRETS = ("password", "token", "code", "otp", "credential", "secret")
TEXTS = (forms.TextInput, forms.Textarea, forms.EmailInput, forms.URLInput)
NO_TEXTS = (forms.DateInput, forms.DateTimeInput, forms.TimeInput)
NOT_OURS = ("django", "allauth")
OF_LISTS = frozenset({ACTION_CHECKBOX_NAME})  # the rows ticked in a list of the desk
LINE, MOST_ROWS = 60, 12  # letters in a line of a box, and lines in it
MOST_READ = 400_000  # letters of a body that are cleaned for reading; a longer one is shown as it came


@dataclass(frozen=True)
class Sent:
    """One field of a form that was not accepted: whether it is a text, and whether that is a body in HTML."""

    name: str
    text: str
    label: str
    is_text: bool
    is_body: bool

    @property
    def rows(self):
        """Return how many lines of it are shown at once."""
        return min(max(2, len(self.text) // LINE + self.text.count("\n") + 1), MOST_ROWS)

    @property
    def read(self):
        """Return a body as its readers see it, or "" where this is none."""
        return render(BodyEditor().to_python(self.text)) if self.is_body and len(self.text) <= MOST_READ else ""


@dataclass(frozen=True)
class Names:
    """The names of the fields of one form, or of several."""

    texts: frozenset = frozenset()
    bodies: frozenset = frozenset()
    choices: frozenset = frozenset()
    several: frozenset = frozenset()
    patterns: frozenset = frozenset()

    def __or__(self, other):
        return Names(
            self.texts | other.texts,
            self.bodies | other.bodies,
            self.choices | other.choices,
            self.several | other.several,
            self.patterns | other.patterns,
        )

    def told(self, name, text, labels):
        """Return a field as it was sent, by what its form calls it."""
        short = name.rpartition("-")[2]
        is_known = short in self.texts or any(re.fullmatch(pattern, name) for pattern in self.patterns)
        is_text = is_known and text.strip() != "" and (short, text) not in self.choices
        return Sent(name, text, label_of(name, labels), is_text, is_text and short in self.bodies)


def sent(request):
    """Return the fields posted, without the token and without secrets; [] where they cannot be read."""
    try:
        posted = [(name, text) for name, texts in request.POST.lists() if _may_return(name) for text in texts]
    except UNREADABLE:
        return []
    if not posted:
        return []
    names, labels = known(), labels_at(request.resolver_match)
    return [names.told(name, text, labels) for name, text in posted]


def had_files(request):
    """Say whether files came along, which no page can give back."""
    try:
        return bool(request.FILES)
    except UNREADABLE:
        return False


def typed(request):
    """Return what a person typed into the form just posted, as pairs of label and text."""
    return [(field.label, field.text) for field in sent(request) if field.is_text]


def answered_twice(request):
    """Return the names of single questions to which several answers came."""
    doubled = {name for name, texts in request.POST.lists() if len({*texts}) > 1}
    return {name for name in doubled if name.rpartition("-")[2] not in known().several} if doubled else doubled


def _may_return(name):
    return not any(word in name.casefold() for word in SECRETS)


def known():
    """Return the names of all fields of the site's forms, and of the rows that are edited at the desk."""
    ours = [form for form in _below(forms.BaseForm) if form.__module__.partition(".")[0] not in NOT_OURS]
    return reduce(Names.__or__, map(_of_form, ours), Names(frozenset(_of_desk()), several=OF_LISTS))


def _below(kind):
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def _of_form(form):
    fields = getattr(form, "base_fields", {})
    return Names(
        frozenset(name for name, field in fields.items() if _is_text(field.widget)),
        frozenset(name for name, field in fields.items() if isinstance(field.widget, EditorWidget)),
        frozenset((name, str(value)) for name, field in fields.items() for value in _choices(field)),
        frozenset([*getattr(form, "several", []), *(name for name in fields if _takes_several(fields[name].widget))]),
        frozenset(getattr(form, "typed", ())),
    )


def _is_text(widget):
    return isinstance(widget, TEXTS) and not isinstance(widget, NO_TEXTS) and not widget.is_hidden


def _takes_several(widget):
    return isinstance(widget, forms.MultipleHiddenInput) or getattr(widget, "allow_multiple_selected", False)


def _choices(field):
    is_fixed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    return [value for value, _ in field.choices] if is_fixed else []


def _of_desk():
    """Yield the names of the texts in the forms that the desk makes of rows by itself."""
    for model, rows in admin.site._registry.items():
        shown = set(flatten_fieldsets(rows.fieldsets or [("", {"fields": rows.fields or []})]))
        for field in model._meta.fields:
            is_written = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_written and field.name in shown.difference(rows.readonly_fields):
                yield field.name
