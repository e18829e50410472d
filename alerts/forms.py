from django import forms

from forum.lib.forms import Guarded


class JoinForm(Guarded, forms.Form):
    """An address for the mailing list."""

    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We send one message with a link. You are on the list once you press the button behind it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self):
        return self.cleaned_data["email"].lower()
