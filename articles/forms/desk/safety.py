"""What the officers answer to who asked for her safety."""

from django import forms

from accounts.models import User
from articles.forms.desk.pressing import PressForm
from forum.lib.forms import Lines, Name


class SafetyAnswerForm(PressForm):
    """What whoever asked is told."""

    text = Lines(
        label="Your answer",
        max_length=5000,
        help_text="She reads it on her own page; the mail says only that there is an answer.",
    )


class ChangeNameForm(SafetyAnswerForm):
    """The new name, and how far it reaches."""

    name = Name(label="The name from now on", max_length=120)
    everywhere = forms.ChoiceField(
        label="Where",
        choices=[
            ("everywhere", "On all that she wrote under this name, and under others that stand on the same page"),
            ("here", "On this piece alone"),
        ],
        widget=forms.RadioSelect,
    )
    pen_name = forms.BooleanField(label="It is a pen name", required=False)
    bare = forms.BooleanField(label="Take the portrait and the link off the author’s page", required=False)
    account = forms.BooleanField(
        label="Change the name of her account as well, beside her comments and at the desk", required=False
    )
    biography = Lines(
        label="Another biography",
        max_length=400,
        required=False,
        help_text="It takes the place of every biography printed so far. Leave it empty to keep them.",
    )
    field_order = ["name", "everywhere", "pen_name", "bare", "account", "biography", "text"]

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        masked = thing.kind == thing.Kind.PEN_NAME
        asked = {"name": thing.name, "account": thing.account, "pen_name": masked, "bare": masked}
        self.initial = {"everywhere": "everywhere", **asked, **self.initial}

    def clean_name(self):
        if self.cleaned_data["name"] == self.thing.printed_name:
            raise forms.ValidationError("This is the name that is printed now.")
        return self.cleaned_data["name"]

    def clean(self):
        said, longest = super().clean(), User._meta.get_field("name").max_length
        if said.get("account") and len(said.get("name", "")) > longest:
            self.add_error("name", f"An account’s name has at most {longest} letters. Shorten it, or keep hers.")
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        return {**super().said, "everywhere": self.cleaned_data["everywhere"] == "everywhere"}


SAFETY_FORMS = {"change_name": ChangeNameForm, "fulfil": SafetyAnswerForm, "refuse": SafetyAnswerForm}
