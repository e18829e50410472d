"""What forms of the site share: their fields, what they carry against machines, and what they say when overtaken."""

import re
import uuid

from django import forms
from django.conf import settings
from django.utils import timezone

from forum.lib.signed import Signed
from forum.lib.text.characters import without_unseen
from forum.lib.text.lookalikes import unreadable
from forum.lib.text.prose import normalise

LONGEST_ADDRESS = 254  # letters of an e-mail address: RFC 5321, section 4.5.3.1.3, without the angle brackets
LONGEST_NUMBER = 18  # digits; a database keeps no longer one
OPEN_FOR = 7 * 24 * 60 * 60  # seconds
NOT_LOST = "Nothing you typed is lost: it stands in the form. Saving again puts it in the place of what is saved now."
OVERTAKEN = f"This was saved in another window first. {NOT_LOST}"
_OPENED = Signed("forum.form")


class Lines(forms.CharField):
    """Plain text in one form; its length is that of what is kept."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value):
        return normalise(super().to_python(value))


class Line(Lines):
    """Plain text on one line, of letters that can be seen."""

    widget = forms.TextInput

    def to_python(self, value):
        return " ".join(without_unseen(super().to_python(value)).split())


class Name(Line):
    """What somebody is called, whoever types it; whether she may be is asked of `accounts.names`."""

    def validate(self, value):
        super().validate(value)
        if complaint := value and unreadable(value):
            raise forms.ValidationError(complaint)


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


NEVER = -1  # a turn or version that nothing ever had


class FromPage:
    """A field that the page fills in, and nobody sees: one that is missing or cannot be read is `nothing`."""

    widget = forms.HiddenInput
    nothing = None

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, **kwargs})

    def clean(self, value):
        try:
            said = super().clean(value)
        except forms.ValidationError:
            return self.nothing
        return self.nothing if said in self.empty_values else said


class Turn(FromPage, forms.IntegerField):
    """The turn or version somebody had before her.

    One that is missing or cannot be read is one that never was: the verb then finds that something else came first,
    and she is shown what stands there now.
    """

    nothing = NEVER

    def __init__(self, *, most=2**31 - 1, **kwargs):
        super().__init__(**{"min_value": 0, "max_value": most, **kwargs})


class TurnForm(forms.Form):
    """The turn somebody had before her when she pressed."""

    seen = Turn()

    @property
    def turn(self):
        """Return it, or one that never was where none can be read."""
        self.full_clean()
        return self.cleaned_data["seen"]


class Mark(FromPage, forms.CharField):
    """What stands for something somebody had before her; "" stands for nothing."""

    nothing = ""


class Ticks(forms.Field):
    """What was ticked in a list, each with the turn it was seen at: a dict of key and turn."""

    widget = forms.MultipleHiddenInput
    one = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")

    def __init__(self, things, *, most):
        self.things, self.most = things, most
        super().__init__()

    def to_python(self, value):
        found = [self.one.fullmatch(tick) for tick in value or []]
        if None in found:
            raise forms.ValidationError(f"Tick the {self.things} once more.")
        return {int(tick[1]): int(tick[2]) for tick in found}

    def validate(self, value):
        if not value:
            raise forms.ValidationError(f"Tick the {self.things} first.")
        if len(value) > self.most:
            raise forms.ValidationError(f"You ticked {len(value)} {self.things}. At most {self.most} go at once.")


class YesNo(forms.TypedChoiceField):
    """Two answers, each in words: a box without a tick cannot be told from one that never arrived."""

    widget = forms.RadioSelect

    def __init__(self, *, yes, no, **kwargs):
        super().__init__(choices=[("yes", yes), ("no", no)], coerce=lambda said: said in ("yes", True), **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class KeyInput(forms.HiddenInput):
    """A key that stays the same however often its page is sent."""

    def format_value(self, value):
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return str(uuid.uuid4())


class Key(FromPage, forms.UUIDField):
    """By what words that are sent twice are known; None is no key."""

    widget = KeyInput


class Trap(forms.TextInput):
    """A text field that only machines see; what they wrote is never given back."""

    is_hidden = True

    def format_value(self, value):
        return ""


class Opened(forms.HiddenInput):
    """When the form was opened, signed; a missing, forged or old time is replaced by a new one."""

    def format_value(self, value):
        return value if value and opened_ago(value) is not None else _OPENED.sign(_now())


def opened_ago(value):
    """Return how many seconds ago a form was opened, or None where its time cannot be believed."""
    opened = _OPENED.read(value)
    return _now() - opened[0] if opened and _now() - opened[0] <= OPEN_FOR else None


def _now():
    return int(timezone.now().timestamp())


class GuardedForm(forms.Form):
    """Mix this in first: `class ReportForm(GuardedForm, forms.ModelForm)`.

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
