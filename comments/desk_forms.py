"""What the screens of the desk ask for beside a decision about one comment."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from accounts.permissions import is_editor
from articles.forms.deciding import GuestForm
from comments.forms import RuledForm, words_of
from comments.models import Level, Rule, WordList
from comments.models.sanction import USUAL_DAYS
from comments.screening import spoken
from forum.lib.desk.seen import SeenForm
from forum.lib.forms import Address, Lines, Ticks, Turn, YesNo
from forum.lib.moment import Moment

FARTHEST = timedelta(days=3650)
MOST = 50
PERIODS = {7: "a week", 30: "a month", 91: "three months", 183: "six months", 365: "a year"}
USUAL = "usual"


class TogetherForm(RuledForm):
    """One decision about several comments, each checked against what was seen of it."""

    ticked = Ticks("comments", most=MOST)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].help_text = "Not needed to approve or to keep; spam goes by its own."
        self.fields["reason"].help_text = "Every one of their writers reads this when you hide or remove."

    @property
    def ticks(self):
        """Return what was ticked, whether or not it can be used, as it stands in the page."""
        return set(self["ticked"].value() or ())


class SanctionForm(forms.Form):
    """A step against the writer of a comment as it was seen: which, for how long, and why."""

    use_required_attribute = False

    seen = Turn()
    level = forms.ChoiceField(label="Which step")
    days = forms.TypedChoiceField(
        label="For how long",
        choices=[(USUAL, "As usual for this step"), *PERIODS.items()],
        coerce=lambda days: None if days == USUAL else int(days),
        error_messages={"required": "Choose for how long."},
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
        self.initial = {"days": USUAL, "seen": comment.turn, **self.initial}
        self.fields["days"].help_text = f"Usual are {usual}."
        self.fields["quote"].choices = words_of(comment)
        self.fields["rule"].queryset = Rule.objects.in_force()

    @property
    def said(self):
        """Return what the verb is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class LiftForm(forms.Form):
    """Why something that holds against a writer ends before its time."""

    use_required_attribute = False

    reason = Lines(
        label="Why it is lifted",
        max_length=1000,
        help_text="Its writer reads this, if she has heard of what is lifted.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it is lifted."},
    )


class WordListForm(SeenForm):
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


class SwitchForm(forms.Form):
    """The list that was in force when its switcher looked, or None."""

    in_force = forms.ModelChoiceField(WordList.objects.all(), required=False)


class DiscussionForm(SeenForm):
    """When a discussion closes, and whether the editors read every comment first."""

    NOW, AT, NEVER = "now", "at", "never"

    closes = forms.ChoiceField(
        label="When it closes",
        choices=[(AT, "At the day and hour below"), (NEVER, "Never"), (NOW, "Now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say when it closes."},
    )
    closes_at = Moment(label="Day and hour", required=False, ahead=FARTHEST, within="ten years")
    holds_all = YesNo(
        label="A new comment",
        yes="Waits until the editors have read it",
        no="Appears at once, unless a rule lets it wait",
        error_messages={"required": "Say whether the editors read it first."},
    )

    def __init__(self, *args, discussion, **kwargs):
        at = discussion.closes_at and discussion.closes_at.replace(second=0, microsecond=0)
        closes = self.NEVER if at is None else self.AT if discussion.is_open else self.NOW
        initial = {"closes": closes, "closes_at": at if closes == self.AT else None, "holds_all": discussion.holds_all}
        super().__init__(*args, initial=initial, **kwargs)
        if closes == self.NOW:
            self.fields["closes"].choices = [*self.fields["closes"].choices[:2], (self.NOW, "It is closed")]

    def clean(self):
        said = super().clean()
        if said.get("closes") == self.AT and not said.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", self.fields["closes_at"].error_messages["required"])
        return said

    def moment(self):
        """Return when it is to close, or None for never."""
        said = self.cleaned_data
        return {self.NOW: timezone.now(), self.AT: said["closes_at"], self.NEVER: None}[said["closes"]]


class AppealGuestForm(GuestForm):
    """Who is asked to decide about an objection."""

    email = Address(
        label="E-mail address",
        help_text="A personal link is sent to it. Neither the writer nor whoever objected is told it.",
    )


class TurnForm(forms.Form):
    """What a moderator had seen of a comment's history when she pressed."""

    seen = Turn()

    @property
    def turn(self):
        """Return the turn she saw, or one that never was where none can be read."""
        self.full_clean()
        return self.cleaned_data["seen"]
