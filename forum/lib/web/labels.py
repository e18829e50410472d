"""What a form calls its fields: what a person typed is given back under the words that stood above it."""

import re

from django.forms.utils import pretty_name
from django.utils.text import capfirst


def asks(*forms):
    """Say of a view whose fields its page asks for."""

    def asking(view):
        view.asks = forms
        return view

    return asking


def labels_at(match):
    """Return the labels of the fields that are asked for at an address, by their names or patterns of them."""
    view, found = getattr(match, "func", None), {}
    if rows := getattr(view, "model_admin", None):
        found |= {field.name: capfirst(field.verbose_name) for field in rows.model._meta.fields}
        found |= _labels(rows.form)
    for form in getattr(view, "asks", ()):
        found = _labels(form) | found
    return found


def _labels(form):
    fields = getattr(form, "base_fields", {})
    return {name: field.label for name, field in fields.items() if field.label} | getattr(form, "typed", {})


def label_of(name, labels):
    """Return the label of a field by its name, which may stand behind the prefix of a row."""
    short = name.rpartition("-")[2]
    fits = (label for known, label in labels.items() if re.fullmatch(known, short) or re.fullmatch(known, name))
    return next(fits, "") or pretty_name(short)
