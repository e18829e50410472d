"""What every form for people without an account carries: a trap for machines and a least time to fill it in."""

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from .text import normalise

LONGEST_ADDRESS = 254  # letters of an e-mail address: RFC 5321, section 4.5.3.1.3, without the angle brackets
OPEN_FOR = 7 * 24 * 60 * 60
_signer = Signer(salt="forum.form")


LONGEST_NUMBER = 18  # digits; a database keeps no longer one


class Lines(forms.CharField):
    """Plain text in one form; its length is that of what is kept."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value):
        return normalise(super().to_python(value))


class Line(Lines):
    """Plain text on one line."""

    widget = forms.TextInput

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class Address(forms.EmailField):
    """An e-mail address in small letters."""

    widget = forms.EmailInput(attrs={"autocomplete": "email"})

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_ADDRESS, **kwargs)

    def to_python(self, value):
        return super().to_python(value).lower()


class Several(forms.ModelMultipleChoiceField):
    """Several rows by their numbers; a number that no database keeps is no choice."""

    def clean(self, value):
        for number in value or []:
            if len(str(number)) > LONGEST_NUMBER:
                raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": number})
        return super().clean(value)


class Trap(forms.TextInput):
    """A text field that only machines see; what they wrote is never given back."""

    is_hidden = True

    def format_value(self, value):
        return ""


class Opened(forms.HiddenInput):
    """When the form was opened, signed; a missing, forged or old time is replaced by a new one."""

    def format_value(self, value):
        return value if value and opened_ago(value) is not None else _signer.sign(str(_now()))


def opened_ago(value):
    """Return how many seconds ago a form was opened, or None where its time cannot be believed."""
    try:
        ago = _now() - int(_signer.unsign(value))
    except BadSignature:
        return None
    return ago if ago <= OPEN_FOR else None


def _now():
    return int(timezone.now().timestamp())


class Guarded(forms.Form):
    """Mix this in first: `class ReportForm(Guarded, forms.ModelForm)`.

    Its complaints stand above the form, every field keeps its text, and sending again passes.
    Forms on public pages cannot be guarded, because the signed time differs in each copy.
    """

    website = forms.CharField(
        required=False,
        widget=Trap(attrs={"class": "website-field", "tabindex": "-1", "autocomplete": "off", "aria-hidden": "true"}),
    )
    opened = forms.CharField(required=False, widget=Opened)

    def clean_website(self):
        if self.cleaned_data["website"]:
            self.add_error(None, "A field that people cannot see was filled in. Please send the form again.")
        return ""

    def clean_opened(self):
        ago = opened_ago(self.cleaned_data["opened"])
        if ago is None:
            self.add_error(None, "This page had been open for very long. Please send the form again.")
        elif ago < settings.FORM_MIN_SECONDS:
            self.add_error(None, "That was very quick. Please look it over once more, then send it again.")
        return ""
