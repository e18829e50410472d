"""What is kept of a form that was not sent, and how it comes back into that form."""

from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.urls import Resolver404, resolve

NOT_KEPT = {"csrfmiddlewaretoken", "place", "shown", "save", "after"}


class KeepingForm(forms.Form):
    """Whatever stands in a form of the desk, with the address of that form."""

    place = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def clean_place(self):
        """Let nothing but a page of the desk be the place of a form, and so of a way back."""
        place = self.cleaned_data["place"]
        try:
            parts = urlsplit(place)
            is_at_desk = not parts.netloc and resolve(parts.path).namespace == "admin"
        except (Resolver404, ValueError):
            is_at_desk = False
        if not is_at_desk:
            raise forms.ValidationError("Only what is written at the desk is kept.")
        return place

    @property
    def said(self):
        """Return all fields as they were typed, fit for a database."""
        return {
            name: [value.replace("\x00", "") for value in values]
            for name, values in self.data.lists()
            if name not in NOT_KEPT
        }


def recall(form, kept):
    """Let a form begin with what was kept of it, field by field, valid or not."""
    typed, is_over_a_text = QueryDict(mutable=True), hasattr(form, "meet")
    for name, values in kept.said.items():
        if name != "seen" or is_over_a_text:  # who opens a letter again sees the piece as it is today
            typed.setlist(name, values)
    if hasattr(form, "resume"):
        form.resume(typed, "")
        return
    for name, field in form.fields.items():
        if not field.widget.value_omitted_from_data(typed, {}, form.add_prefix(name)):
            form.initial[name] = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))


def is_worth_keeping(form):
    """Say whether more than a line can be written in a form."""
    return any(isinstance(field.widget, forms.Textarea) for field in form.fields.values())
