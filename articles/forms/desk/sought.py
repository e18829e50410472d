"""The part of a list that says which of its rows are sought."""

from django import forms

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
    def sought(self):
        """Return the words as they were typed."""
        return str(self.data.get("q", ""))


class SoughtPiecesForm(SoughtForm):
    """The same among submissions, where an editor may look for her own or for what is late."""

    ONLY = [("", "Everybody’s"), ("mine", "Mine"), ("late", "Late")]

    only = forms.ChoiceField(label="Only", choices=ONLY, required=False)
