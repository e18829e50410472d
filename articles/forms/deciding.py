from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone

from accounts.models import User
from articles.forms.press import FARTHEST
from forum.lib.forms import Address, Line, Lines


class GuestForm(forms.Form):
    """Who is asked to decide as a guest."""

    name = Line(label="Her or his name", max_length=80)
    email = Address(label="E-mail address", help_text="A personal link is sent to it. The author is not told it.")

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.at_address(email).filter(is_active=False).exists():
            raise forms.ValidationError("The account with this address is closed. Ask for another one.")
        return email


class DeclineForm(forms.Form):
    """A guest’s letter to the author."""

    letter = Lines(
        label="Your letter to the author",
        max_length=10_000,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": "Write a few lines to the author."},
    )


class AcceptForm(DeclineForm):
    """A letter that may be left out."""

    letter = Lines(
        label="Your letter to the author", max_length=10_000, required=False, widget=forms.Textarea({"rows": 8})
    )


class ChangesForm(DeclineForm):
    """A letter, and the day by which the author sends the changes."""

    due = forms.DateField(label="Changes by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = settings.PROMISES["changes_days"]
        self.initial.setdefault("due", timezone.localdate() + timedelta(days=days))

    def clean_due(self):
        due = self.cleaned_data["due"]
        if not timezone.localdate() < due < timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Choose a day from tomorrow on, within two years.")
        return timezone.make_aware(datetime.combine(due, time(23, 59)))
