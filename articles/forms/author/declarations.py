"""The part of a piece's form that asks what its author declares."""

from django import forms

from articles.declarations import MATTERS, WORDING, matters
from forum.lib.forms import Lines

REWORDED = (
    "The wording below has changed while this page was open. Please read it once more, then press again."
)


class DeclarationsForm(forms.Form):
    """What the author of a piece declares about it, each question with its policy beside it."""

    typed = {f"{matter.key}_words": matter.follow_up for matter in MATTERS}
    several = [matter.key for matter in MATTERS if matter.several]
    wording = forms.CharField(widget=forms.HiddenInput, required=False, initial=WORDING)

    def __init__(self, data=None, *, piece, **kwargs):
        super().__init__(None if data is None else data.copy(), **kwargs)
        self.piece, self.asked, declared = piece, matters(piece), piece.declarations.by_key()
        for matter in MATTERS:
            self.fields[matter.key] = _answer(matter, declared.get(matter.key), required=matter in self.asked)
            self.fields[f"{matter.key}_words"] = _words(matter, declared.get(matter.key))

    def clean_wording(self):
        """Take no answer to words that were not the ones shown."""
        if self.cleaned_data["wording"] != WORDING:
            self.data["wording"] = WORDING
            raise forms.ValidationError(REWORDED)
        return WORDING

    @property
    def matters(self):
        """Return, for each question this piece raises, the field of the answer and that of the words."""
        return [(self[matter.key], self[f"{matter.key}_words"]) for matter in matters(self.piece)]

    def declarations(self):
        """Return what can be kept: {key: (answers, words)}."""
        if "wording" not in self.cleaned_data:
            return {}
        fit = [m for m in self.asked if {m.key, f"{m.key}_words"} <= self.cleaned_data.keys()]
        return {matter.key: self._said(matter) for matter in fit}

    def ask_for_the_rest(self):
        """Ask beside each field for what is not declared yet."""
        for matter in matters(self.piece):
            chosen, words = self._said(matter)
            complaint = matter.lacks(chosen, words)
            name = f"{matter.key}_words" if complaint and complaint == matter.demanded(chosen) else matter.key
            if complaint and name not in self.errors:
                self.add_error(name, complaint)

    def _said(self, matter):
        chosen = self.cleaned_data.get(matter.key) or []
        return [chosen] if isinstance(chosen, str) else chosen, self.cleaned_data.get(
            f"{matter.key}_words", ""
        )


def _answer(matter, before, required):
    chosen = before.chosen if before else []
    choices = list(matter.answers.items())
    shared = {"label": matter.asks, "help_text": matter.policy, "choices": choices, "required": required}
    if matter.several:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, initial=chosen, **shared)
    return forms.ChoiceField(widget=forms.RadioSelect, initial="".join(chosen[:1]), **shared)


def _words(matter, before):
    words = before.words if before else ""
    return Lines(
        label=matter.follow_up,
        required=False,
        max_length=600,
        initial=words,
        widget=forms.Textarea({"rows": 2}),
    )
