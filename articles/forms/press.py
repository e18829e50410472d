"""What every button of the desk has in common."""

from datetime import timedelta

from django import forms

FARTHEST = timedelta(days=730)


class Step(forms.Form):
    """Which of a form's buttons was pressed; "" is the move itself."""

    step = forms.CharField(max_length=20, required=False)
    previewed = forms.CharField(max_length=64, required=False)

    @property
    def taken(self):
        """Return the step; nonsense is none."""
        return self.cleaned_data["step"] if self.is_valid() else ""

    @property
    def mail_shown(self):
        """Return the digest of the mail that was shown before, or ""."""
        return self.cleaned_data["previewed"] if self.is_valid() else ""


class Marked:
    """Mix in first: fields named in `marked` are shown as needed, and asked for only by whoever knows that they are."""

    marked = ()

    def full_clean(self):
        """Check all but whether the marked fields are there."""
        needed = [self.fields[name] for name in self.marked]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True


class Press(forms.Form):
    """A button that needs no words."""

    def __init__(self, *args, thing, by, **kwargs):
        self.thing, self.by = thing, by
        super().__init__(*args, **kwargs)

    @property
    def said(self):
        """Return what the verb is told."""
        return dict(self.cleaned_data)


class Seen(forms.Form):
    """The turn the person saw, for moves that leave the state as it is."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        self.initial.setdefault("seen", thing.turn)
