"""What the screens of the desk ask for beside a decision."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from comments.screening import spoken
from forum.lib.forms import Address, Line, Lines

FARTHEST = timedelta(days=3650)


class WordListForm(forms.Form):
    """Words and phrases, one in a line."""

    words = Lines(
        label="Words and phrases",
        max_length=4000,
        help_text="One word or phrase in a line. Capitals and punctuation make no difference.",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": "Write at least one word."},
    )

    def clean_words(self):
        lines = self.cleaned_data["words"].splitlines()
        if empty := next((line for line in lines if line.strip() and not spoken(line).strip()), ""):
            raise forms.ValidationError(f"There is no letter and no digit in “{empty}”, so it would find nothing.")
        return self.cleaned_data["words"]


class DiscussionForm(forms.Form):
    """When a discussion closes, and whether the editors read every comment first."""

    NOW, AT, NEVER = "now", "at", "never"

    closes = forms.ChoiceField(
        label="When it closes",
        choices=[(AT, "At the time below"), (NEVER, "Never"), (NOW, "Now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say when it closes."},
    )
    closes_at = forms.DateTimeField(
        label="The time",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    holds_all = forms.BooleanField(label="The editors read every comment here before it appears", required=False)

    def __init__(self, *args, discussion, **kwargs):
        at = discussion.closes_at and discussion.closes_at.replace(second=0, microsecond=0)
        initial = {"closes": self.AT if at else self.NEVER, "closes_at": at, "holds_all": discussion.holds_all}
        super().__init__(*args, initial=initial, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["closes_at"].help_text = f"In the site’s zone, {zone}. A time that has passed closes it at once."

    def clean(self):
        said = super().clean()
        if said.get("closes") == self.AT and not said.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", "Say at what time it closes, or choose “Never” or “Now”.")
        if said.get("closes_at") and said["closes_at"] > timezone.now() + FARTHEST:
            self.add_error("closes_at", "Choose a time within the next ten years, or “Never”.")
        return said

    def moment(self):
        """Return when it is to close, or None for never."""
        said = self.cleaned_data
        return {self.NOW: timezone.now(), self.AT: said["closes_at"], self.NEVER: None}[said["closes"]]


class GuestForm(forms.Form):
    """Who is asked to decide about an objection."""

    name = Line(label="Her or his name", max_length=80)
    email = Address(
        label="E-mail address",
        help_text="A personal link is sent to it. Neither the writer nor whoever objected is told it.",
    )

    def clean_email(self):
        email = self.cleaned_data["email"]
        if User.objects.at_address(email).filter(is_active=False).exists():
            raise forms.ValidationError("The account with this address is closed. Ask for another one.")
        return email
