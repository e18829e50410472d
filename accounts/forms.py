from django import forms

from accounts import names
from accounts.models import User
from forum.lib.forms import Address, Name

STEPS = ["send", "confirm", "again", "change", "enter", "sign_in"]


class CalledForm(forms.Form):
    """Mix into a form in which somebody says in her `name` what she is called."""

    bearer = None
    already = ""

    def clean_name(self):
        name = self.cleaned_data["name"]
        if complaint := name and names.complaint(name, self.bearer, already=self.already):
            raise forms.ValidationError(complaint)
        return name


class NameForm(CalledForm):
    """The name shown beside what a person writes."""

    name = Name(
        label="Your name",
        max_length=80,
        help_text="Shown beside what you write from now on. Earlier comments keep the name they were written under.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, initial={"name": person.name}, **kwargs)
        self.bearer = person


class DigestForm(forms.ModelForm):
    """Whether somebody at the desk wants the daily mail."""

    class Meta:
        model = User
        fields = ["digest"]
        labels = {"digest": "Send me one mail a day when something waits for me at the desk"}


class AddressForm(forms.Form):
    """Where we send a code to find out whose address it is."""

    email = Address(
        label="Your e-mail address",
        help_text="We send six digits to it, to be sure that it is yours. Readers never see it.",
        error_messages={"required": "Write your e-mail address."},
    )


class NewcomerForm(CalledForm, AddressForm):
    """An address, and the name an account gets if there is none at that address yet."""

    name = Name(
        label="Your name",
        max_length=80,
        help_text="Shown beside what you write. You can change it later.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write the name you want to be known by here."},
    )
    field_order = ["name", "email"]


class CodeForm(forms.Form):
    """The six digits from the mail, with or without spaces."""

    code = forms.CharField(
        label="The six digits from the mail",
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}
        ),
        error_messages={"required": "Write the six digits from the mail."},
    )

    def clean_code(self):
        digits = "".join(self.cleaned_data["code"].split()).replace("-", "")
        if not (digits.isascii() and digits.isdigit() and len(digits) == 6):
            raise forms.ValidationError("The code is six digits, like 042 917.")
        return digits


class AddressStepForm(forms.Form):
    """Which button of the proof was pressed."""

    step = forms.ChoiceField(choices=[(step, step) for step in STEPS])


class TrialForm(forms.Form):
    """Where a trial of the mail goes."""

    email = Address(label="E-mail address", help_text="One of your own, so that you see whether it arrives.")
