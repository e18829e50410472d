"""The part of a list that says which of its rows are sought."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from forum.lib.forms import Line


class SoughtForm(forms.Form):
    """What an editor looks for among the pieces or messages in one state."""

    q = Line(label="Title or name", max_length=200, required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, data, *, states):
        super().__init__(data)
        self.fields["state"].choices = [("", "All"), *states]

    @property
    def wanted(self):
        """Return what was asked for; nonsense asks for everything."""
        good = self.cleaned_data if self.is_valid() else {}
        return {name: good.get(name, "") for name in self.fields}

    @property
    def query(self):
        """Return the query of an address that asks for the same, "" where that is everything."""
        said = urlencode({name: value for name, value in self.wanted.items() if value})
        return f"?{said}" if said else ""

    @property
    def sought(self):
        """Return the words as they were typed."""
        return str(self.data.get("q", ""))


class SoughtPiecesForm(SoughtForm):
    """The same among submissions: her own, what is late, a part of her front page, or a day of its month."""

    ONLY = [
        ("", "Everybody’s"),
        ("mine", "Mine"),
        ("late", "Late"),
        ("waiting", "Waiting for you"),
        ("others", "Waiting for others"),
        ("scheduled", "Scheduled"),
    ]

    only = forms.ChoiceField(label="Only", choices=ONLY, required=False)
    day = forms.DateField(
        label="Day",
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(date(1970, 1, 2)), MaxValueValidator(date(9000, 1, 1))],
    )
