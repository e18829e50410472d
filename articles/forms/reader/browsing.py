from django import forms

from forum.lib.forms import Line


class SearchForm(forms.Form):
    """What somebody looks for; `after` is the last piece of the page before."""

    q = Line(label="Search for", max_length=200, required=False, widget=forms.SearchInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
