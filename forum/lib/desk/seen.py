"""Nobody saves over what she has not seen: a form carries a mark of the row as it was when the form was opened.

The mark is a digest of what its fields held. When the form comes back, the mark is compared with the row as it is
now. Where they differ, or where the mark is missing or garbled, nothing is saved: the form is shown again with what
was typed, how that differs from what is saved, and a mark with which the next press saves.
"""

import hashlib
import json
import re

from django import forms

from forum.lib.diff.compare import compare
from forum.lib.editor import BodyEditor
from forum.lib.forms import NOT_LOST, OVERTAKEN
from forum.lib.text.prose import paragraphs

UNMARKED = f"We cannot tell what was saved when you opened this form. {NOT_LOST}"
_MARK = re.compile(r"[0-9a-f]{64}")


def mark(values):
    """Return the digest of a dict of values, whatever the order of its keys."""
    written = json.dumps(values, default=str, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


class SeenForm(forms.Form):
    """Mix this in first where a form changes what is there: `class RuleForm(SeenForm)`, with `initial` as it is saved.

    Print `form.seen`, and above the form `admin/_overtaken.html`. Hold the row while it is checked, or save
    conditionally. `also_seen` names attributes of the instance that saving changes beside the fields.
    """

    seen = forms.Field(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.saved = {
            name: _ordered(field.prepare_value(self.get_initial_for_field(field, name)))
            for name, field in self.fields.items()
            if name != "seen"
        }
        beside = {name: getattr(self.instance, name) for name in getattr(self, "also_seen", ())}
        self.initial["seen"] = mark(self.saved | beside)
        self.overtaken = []

    def clean(self):
        said = super().clean()
        seen, now = self["seen"].data or "", self.initial["seen"]
        if seen != now and not self.errors:  # with other faults it is shown again anyway, and asked again
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = now
            self.overtaken = [(self[name].label, change) for name, change in self._changes()]
            self.add_error(None, OVERTAKEN if _MARK.fullmatch(seen) else UNMARKED)
        return said

    def _changes(self):
        """Yield the name of each field that was filled in otherwise than it is saved, and how."""
        for name, saved in self.saved.items():
            field = self.fields[name]
            before, after = _words(field, saved), _words(field, field.prepare_value(self.cleaned_data[name]))
            if before != after:
                yield name, compare(before, after)


def _ordered(value):
    """Return several choices in one order: a database gives them in any."""
    return sorted(value, key=str) if isinstance(value, list) else value


def _words(field, value):
    """Return what a field holds as a reader would say it, as HTML."""
    if isinstance(field, BodyEditor):
        return value or ""
    if isinstance(field, forms.BooleanField):
        return paragraphs("Yes" if value else "No")
    if hasattr(field, "choices"):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return paragraphs(", ".join(str(label) for key, label in field.choices if str(key) in chosen))
    return paragraphs("" if value is None else str(value))
