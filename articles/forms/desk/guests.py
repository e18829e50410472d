from django import forms

from accounts.models import User
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
