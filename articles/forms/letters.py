"""The letters that go with decisions."""

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from articles import promises
from articles.forms.points import Points
from articles.forms.press import FARTHEST, Press
from forum.lib.forms import Lines
from forum.lib.text import normalise
from forum.pages.models import Holiday


class Letter(Press):
    """A letter to the author, with a beginning to change."""

    verb = ""
    has_gaps = True
    letter = Lines(label="Your letter to the author", max_length=10_000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        context = {"piece": self.thing, "by": self.by}
        self.fields["letter"].widget.attrs["rows"] = 14
        self.beginning = render_to_string(f"admin/articles/letters/{self.verb}.txt", context)
        self.initial.setdefault("letter", self.beginning)

    def clean_letter(self):
        letter = self.cleaned_data["letter"]
        if self.has_gaps and letter == normalise(self.beginning):
            raise forms.ValidationError("Fill the gaps first: the author would get this letter as it stands.")
        return letter

    def resume(self, sent, step):
        """Show again what was typed, after a step that is not yet the move."""
        self.initial |= sent.dict()


class Accept(Letter):
    """A letter that may be left out."""

    verb = "accept"
    has_gaps = False
    letter = Lines(label="Your letter to the author", max_length=10_000, required=False)


class Decline(Letter):
    """A letter that says why not."""

    verb = "decline"


class Revoke(Letter):
    """A letter that takes an acceptance back."""

    verb = "revoke"


class AskForChanges(Points, Letter):
    """A letter, the points that go with it, and the day by which the author sends the changes."""

    verb = "ask_for_changes"
    has_gaps = False
    due = forms.DateField(label="Changes by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        due = promises.after_days(settings.PROMISES["changes_days"])
        self.initial.setdefault("due", timezone.localdate(due))

    @property
    def said(self):
        """Return what the verb is told."""
        return {"letter": self.cleaned_data["letter"], "due": self.cleaned_data["due"], "points": self.points}

    def clean(self):
        said = super().clean()
        if said.get("letter") == normalise(self.beginning) and not self.points:
            self.add_error("letter", "Say what should change: in a point below, or in the letter.")
        return said

    def clean_due(self):
        due = self.cleaned_data["due"]
        if not timezone.localdate() < due < timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Choose a day from tomorrow on, within two years.")
        if holiday := Holiday.objects.overlapping(due, due).first():
            raise forms.ValidationError(f"The desk is closed from {holiday}. Choose a day before or after that.")
        return promises.end_of(due)
