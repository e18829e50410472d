"""What an author says about the proof: a correction, which changes she leaves, her approval."""

import json
from hashlib import sha256

from django import forms

from articles.forms.author.writing import MOST_LETTERS
from articles.forms.versions import VersionedForm
from articles.models.public.text import Difference
from forum.lib.editor import BodyEditor
from forum.lib.forms import Line, Lines, Mark, Turn

TAKE, LEAVE = "take", "leave"
MOST_CHOICES = 300


class SignOffForm(forms.Form):
    """The exact text that was read, and what its approval was said to do."""

    digest = Mark(max_length=64)
    publishing = Mark(max_length=40)


class RequestCorrectionForm(VersionedForm):
    """What is wrong in a proof, in words or by the text as it should be; a changed text is shown before it is sent."""

    CHANGED = "The proof was changed meanwhile. Nothing you wrote is lost; you see how it differs from it now."

    version = Turn()
    note = Lines(
        label="What should be corrected?",
        required=False,
        max_length=3000,
        help_text="Quote each passage, and say what it should be. Or change the text itself, below.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    title = Line(label="Title", max_length=200, error_messages={"required": "A piece has a title."})
    standfirst = Lines(label="Standfirst", max_length=400, required=False)
    body = BodyEditor(label="Text", max_length=MOST_LETTERS, error_messages={"required": "A piece has a text."})
    shown = Mark(max_length=64)

    def __init__(self, data=None, *, piece, text=None):
        self.piece, self.change = piece, Difference(piece.text(), text or piece.text())
        initial = {**self.change.new, "version": piece.version, "shown": _mark(text) if text else ""}
        super().__init__(data and data.copy(), initial=initial)
        self.is_in_words = self.is_bound and "body" not in self.data
        for name in ("title", "body"):
            self.fields[name].required = not self.is_in_words

    def clean(self):
        said = super().clean()
        if self.is_in_words:
            said.update(self.piece.text())
        if not self.errors:
            self.change = Difference(self.piece.text(), {name: said[name] for name in self.piece.TEXT})
            if not said["note"] and not self.change.changes:
                self.add_error("note", "Say what should be corrected, or change the text.")
        return said

    @property
    def was_told(self):
        """Say whether the author has seen what her text changes."""
        return not self.change.changes or self.cleaned_data["shown"] == _mark(self.change.new)

    @property
    def said(self):
        """Return what the verb is told."""
        said = {"note": self.cleaned_data["note"]}
        if self.change.changes:
            said |= {"version": self.cleaned_data["version"], **self.change.new}
        return said

    def show(self, piece):
        """Show this form with what its text changes in the piece as it is now; the next press sends it."""
        self.change = Difference(piece.text(), self.change.new)
        self.renew(version=piece.version, shown=_mark(self.change.new))


def _mark(text):
    return sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


class ChoosingForm(VersionedForm):
    """Which of the editor's changes the author takes, and which she leaves."""

    CHANGED = "The text was changed meanwhile. These are the changes as they are now; please choose once more."

    step = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, change, **kwargs):
        super().__init__(*args, **kwargs)
        self.change = change
        self.is_too_long = change.places > MOST_CHOICES
        for _, one in [] if self.is_too_long else change.changes:
            self.fields[f"change-{one.number}"] = forms.ChoiceField(
                choices=[(TAKE, "Take"), (LEAVE, "Leave")],
                widget=forms.RadioSelect,
                initial=TAKE,
                error_messages={"required": "Say whether you take this change or leave it."},
            )

    def begun_again(self, version):
        """Return this form with nothing chosen, because the changes are others now."""
        fresh = ChoosingForm(change=self.change)
        again = ChoosingForm({field.html_name: field.value() for field in fresh}, change=self.change)
        again.meet(self.CHANGED, version=version)
        return again

    @property
    def rows(self):
        """Return each change with the part of the text it stands in and its choice."""
        if self.is_too_long:
            return []
        return [(part, one, self[f"change-{one.number}"]) for part, one in self.change.changes]

    @property
    def left(self):
        """Return the numbers of the changes that are left."""
        said = self.cleaned_data
        return {one.number for _, one in self.change.changes if said.get(f"change-{one.number}") == LEAVE}
