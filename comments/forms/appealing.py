from django import forms

from comments.forms.posting import SHORTEST
from forum.lib.forms import Lines


class AppealForm(forms.Form):
    """Why somebody thinks that a decision is wrong."""

    words = Lines(
        label="Why is the decision wrong?",
        min_length=SHORTEST,
        max_length=2000,
        help_text="10 to 2,000 characters. You can object once.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say why the decision is wrong."},
    )
