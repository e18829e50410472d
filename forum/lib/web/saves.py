"""A page's own saves: one that was sent and never answered is not taken for somebody else's.

A page that saves itself names each save, and says which of its saves it heard nothing of. What each of them made is
remembered for an hour in the cache, where a loss only means that the page is shown both texts.
"""

import re

from django import forms
from django.core.cache import cache

AN_HOUR = 60 * 60
MOST = 10
NAME = re.compile(r"[0-9-]{10,60}")


class SavesForm(forms.Form):
    """The name of this save, and the names of those that were never answered."""

    save = forms.RegexField(NAME, required=False, widget=forms.HiddenInput)
    after = forms.CharField(max_length=MOST * 61, required=False, widget=forms.HiddenInput)

    def clean_after(self):
        """Take whatever are names; nonsense is none."""
        return [name for name in self.cleaned_data["after"].split() if NAME.fullmatch(name)][:MOST]


def _said(request):
    form = SavesForm(request.POST)
    form.is_valid()
    return form.cleaned_data


def _key(thing, name):
    return f"save:{thing._meta.label}:{thing.pk}:{name}"


def counted_on(request, thing, version):
    """Return the version of `thing` a page counts on: the one it showed, or a newer one its own saves made of it."""
    names = _said(request).get("after", [])
    made = cache.get_many([_key(thing, name) for name in names]) if names else {}
    return max([version, *made.values()])


def remember(request, thing, version):
    """Remember the version this save made of `thing`."""
    if name := _said(request).get("save"):
        cache.set(_key(thing, name), version, AN_HOUR)
