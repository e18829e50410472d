from django import forms

from accounts.forms import CalledForm
from forum.lib.forms import Address, GuardedForm, Key, Lines, Name


class MessageForm(CalledForm, GuardedForm):
    """What a reader tells the editors; an address is asked for only so that they can answer."""

    text = Lines(label="Your message", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))
    name = Name(label="Your name", max_length=80, required=False)
    email = Address(
        label="Your e-mail address",
        required=False,
        help_text="So that we can tell you what came of it. The answer stands on the receipt page as well.",
    )
    key = Key()

    @property
    def already(self):
        """Return the name of somebody signed in."""
        return self.initial.get("name", "")

    @property
    def message(self):
        """Return what was written, without what only guards the form."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("website", "opened")}


class CorrectionForm(MessageForm):
    """An error somebody found in a piece."""

    text = Lines(
        label="What is wrong, and what would be right?",
        help_text="Quote the passage. A source helps us to check it.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class AbuseForm(MessageForm):
    """Why a page should not stand as it does."""

    REASONS = [
        "It insults or threatens somebody",
        "It incites hatred or violence",
        "It gives away private facts about somebody",
        "It was copied from somebody else",
        "It is spam or a fraud",
        "Something else",
    ]

    reason = forms.ChoiceField(
        label="What is wrong with this page?", choices=[(r, r) for r in REASONS], widget=forms.RadioSelect
    )
    text = Lines(
        label="Tell us more",
        help_text="Which passage, and why.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field_order = ["reason", "text", "name", "email"]
