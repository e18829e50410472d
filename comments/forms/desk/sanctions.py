from django import forms

from accounts.permissions import is_editor
from comments.forms.desk.deciding import offer, words_of
from comments.models import Level, Rule
from comments.models.sanction import USUAL_DAYS
from forum.lib.forms import Lines, Turn

PERIODS = {7: "a week", 30: "a month", 91: "three months", 183: "six months", 365: "a year"}
USUAL = "usual"


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

    def __init__(self, *args, comment, by, rules=None, **kwargs):
        super().__init__(*args, prefix="sanction", **kwargs)
        steps = [(level, label) for level, label in Level.choices if level != Level.BAN or is_editor(by)]
        usual = ", ".join(f"{PERIODS[USUAL_DAYS[level]]} for “{label.partition(':')[0]}”" for level, label in steps)
        self.fields["level"].choices = steps
        self.initial = {"days": USUAL, "seen": comment.turn, **self.initial}
        self.fields["days"].help_text = f"Usual are {usual}."
        self.fields["quote"].choices = words_of(comment)
        offer(self.fields["rule"], rules)

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
