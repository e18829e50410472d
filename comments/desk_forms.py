"""What the screens of the desk ask for beside a decision about one comment."""

import re
from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_editor
from comments.forms import RuledForm, point_at_first, words_of
from comments.models import Level, Rule
from comments.models.sanction import USUAL_DAYS
from comments.screening import spoken
from forum.lib.forms import Address, Line, Lines

FARTHEST = timedelta(days=3650)
MOST = 50
PERIODS = {7: "a week", 30: "a month", 91: "three months", 183: "six months", 365: "a year"}
_TICK = re.compile(r"(\d{1,18})\.(\d{1,9})")


class Ticks(forms.Field):
    """The comments that were ticked, each with its history as it was seen: a dict of key and turn."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        found = [_TICK.fullmatch(tick) for tick in value or []]
        if None in found:
            raise forms.ValidationError("Tick the comments once more.")
        return {int(tick[1]): int(tick[2]) for tick in found}

    def validate(self, value):
        if not value:
            raise forms.ValidationError("Tick the comments first.")
        if len(value) > MOST:
            raise forms.ValidationError(f"You ticked {len(value)} comments. At most {MOST} go at once.")


class TogetherForm(RuledForm):
    """One decision about several comments, each checked against what was seen of it."""

    ticked = Ticks()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].help_text = "Not needed to approve, to keep or for spam."
        self.fields["reason"].help_text = "Every one of their writers reads this when you hide or remove."

    @property
    def ticks(self):
        """Return what was ticked, whether or not it can be used, as it stands in the page."""
        return set(self["ticked"].value() or ())


class SanctionForm(forms.Form):
    """A step against the writer of a comment: which, for how long, and why."""

    use_required_attribute = False

    level = forms.ChoiceField(label="Which step")
    days = forms.TypedChoiceField(
        label="For how long",
        choices=[("", "As usual for this step"), *PERIODS.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    quote = forms.ChoiceField(label="Because of", required=False)
    rule = forms.ModelChoiceField(
        Rule.objects.none(),
        label="Rule that was broken",
        empty_label="Choose a rule",
        error_messages={"required": "Choose the rule that was broken."},
    )
    reason = Lines(
        label="Reason for its writer",
        max_length=1000,
        help_text="Its writer reads this, with the rule, the words and how to object.",
        error_messages={"required": "Give the writer a reason."},
    )

    def __init__(self, *args, comment, by, **kwargs):
        super().__init__(*args, prefix="sanction", **kwargs)
        steps = [(level, label) for level, label in Level.choices if level != Level.BAN or is_editor(by)]
        usual = ", ".join(f"{PERIODS[USUAL_DAYS[level]]} for “{label.partition(':')[0]}”" for level, label in steps)
        self.fields["level"].choices = steps
        self.fields["days"].help_text = f"Usual are {usual}."
        self.fields["quote"].choices = words_of(comment)
        self.fields["rule"].queryset = Rule.objects.in_force()

    def full_clean(self):
        super().full_clean()
        point_at_first(self)


class LiftForm(forms.Form):
    """Why something that holds against a writer ends before its time."""

    use_required_attribute = False

    reason = Lines(
        label="Why it is lifted",
        max_length=1000,
        help_text="Its writer reads this.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is lifted."},
    )


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


class TurnForm(forms.Form):
    """What a moderator had seen of a comment's history when she pressed."""

    seen = forms.IntegerField(required=False)

    @property
    def turn(self):
        """Return it; nonsense is nothing."""
        return self.cleaned_data["seen"] if self.is_valid() else None
