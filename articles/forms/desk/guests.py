"""Who is asked to decide as a guest, and the letters she decides by."""

from django import forms

from accounts.models import User
from articles.forms.desk.letters import AcceptForm, AskForChangesForm, DeclineForm
from forum.lib.forms import Address, Name


class GuestForm(forms.Form):
    """Who is asked to decide as a guest."""

    name = Name(label="Her or his name", max_length=80)
    email = Address(label="E-mail address", help_text="A personal link is sent to it. The author is not told it.")

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.at_address(email).filter(is_active=False).exists():
            raise forms.ValidationError("The account with this address is closed. Ask for another one.")
        return email


class ByGuest:
    """Mix in first: a letter of the desk without its templates, which speak for the house."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["template"]
        self.templates = []
        self.initial.pop("letter", None)


class GuestAcceptForm(ByGuest, AcceptForm):
    """A letter that may be left out."""


class GuestChangesForm(ByGuest, AskForChangesForm):
    """A letter, numbered points, and the day by which the author sends the changes."""


class GuestDeclineForm(ByGuest, DeclineForm):
    """A letter with one strength, one thing to improve, and whether a new version is invited."""
