"""What changes in public, and answers to readers, ask for."""

from django import forms

from articles.forms.desk import Press, Seen
from articles.forms.editing import Classification, Text, Versioned
from articles.models.edition import Change
from forum.lib.forms import Lines


class Amend(Seen, Press, Text):
    """The next edition of a piece: its text, what kind of change it is, and what readers are told."""

    change = forms.ChoiceField(
        label="Kind of change",
        choices=[c for c in Change.choices if c[0] != Change.FIRST],
        widget=forms.RadioSelect,
    )
    note = Lines(
        label="What changed, for readers",
        max_length=1000,
        required=False,
        help_text="One or two sentences, printed under the piece. Only a typing error needs none.",
    )
    renew = Versioned.renew

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 3
        self.initial = {**thing.edition.text(), **self.initial}


class Reclassify(Seen, Press, Classification):
    """Another kind, other topics or regions for a piece readers can see."""

    @property
    def said(self):
        """Return what the verb is told."""
        return {**self.classification, "seen": self.cleaned_data["seen"]}


class Notice(Press):
    """What readers are told in the place of a piece, or above it."""

    notice = Lines(label="The notice readers see", max_length=1000)


class Restore(Press):
    """Why a piece is put back."""

    note = Lines(label="Why, for the desk", max_length=1000, required=False)


CHANGES = {
    "amend": Amend,
    "reclassify": Reclassify,
    "retract": Notice,
    "remove": Notice,
    "restore": Restore,
}


class Answer(Press):
    """What the sender of a message is told."""

    text = Lines(label="Your answer", max_length=10_000)


class Close(Press):
    """Why a message needs no answer."""

    note = Lines(label="Why, for the desk", max_length=600, required=False)


ANSWERS = {"answer": Answer, "close": Close}
