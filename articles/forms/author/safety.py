from django import forms

from articles.models import SafetyRequest
from forum.lib.forms import Lines, Name


class SafetyRequestForm(forms.Form):
    """What an author asks for, in words."""

    kind = forms.ChoiceField(label="I ask for", choices=SafetyRequest.Kind, widget=forms.RadioSelect)
    name = Name(label="The name to be printed", max_length=120, required=False)
    account = forms.BooleanField(
        label="Change the name of my account as well, beside my comments and at the desk", required=False
    )
    text = Lines(
        label="What we should know",
        max_length=5000,
        help_text="As much as you want to say. If there is a date by which it must be done, write it first.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Say in a sentence what you need."},
    )

    def clean(self):
        said = super().clean()
        if said.get("kind") in {SafetyRequest.Kind.PEN_NAME, SafetyRequest.Kind.NAME} and not said.get("name"):
            self.add_error("name", "Write the name that should be printed.")
