"""What every button of the desk has in common."""

from datetime import timedelta

from django import forms

from forum.lib.forms import Turn

FARTHEST = timedelta(days=730)


class StepForm(forms.Form):
    """Which of a form's buttons was pressed; "" is the move itself, and nonsense is none of them."""

    STEPS = ("", "preview", "more", "template", "edit")

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS], required=False)
    previewed = forms.RegexField(r"[0-9a-f]{64}", required=False, widget=forms.HiddenInput)

    @property
    def taken(self):
        """Return the step, or None for nonsense."""
        return self.cleaned_data["step"] if self.is_valid() else None

    def clean(self):
        """Take no blank digest for “no mail was previewed”: then there is none."""
        said = super().clean()
        if "previewed" in self.data and not said.get("previewed"):
            self.add_error("previewed", "Look at the mail once more.")
        return said


class DeskForm(forms.Form):
    """What somebody says about a thing at the desk."""

    def __init__(self, *args, thing, by, **kwargs):
        self.thing, self.by = thing, by
        super().__init__(*args, **kwargs)


class PressForm(DeskForm):
    """A button that needs no words; it counts for the thing as it was when its page was opened."""

    seen = Turn()

    is_last = True  # the next press makes the move
    was_told = True  # what it does was said before this one
    not_said = {"seen"}  # fields of which the verb is not told

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.thing.turn)

    @property
    def said(self):
        """Return what the verb is told."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.not_said}
