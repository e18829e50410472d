from django import forms

from comments.models import Reason
from forum.lib.forms import Address, GuardedForm, Key, Lines

DISAGREE = "disagree"


class ReportForm(GuardedForm):
    """What a reader has against a comment."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=[*Reason.choices, (DISAGREE, "I disagree with it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with it."},
    )
    words = Lines(
        label="Anything the editors should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = Address(
        label="Your e-mail address",
        required=False,
        help_text="Only if you want to hear what the editors decide. Nobody else sees it.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    key = Key()

    @property
    def disagrees(self):
        return self.cleaned_data["reason"] == DISAGREE


class SeenWordingForm(forms.Form):
    """Which wording a reader had before her when she pressed Report Abuse."""

    revision = forms.IntegerField(required=False)
