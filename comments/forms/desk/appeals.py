from django import forms

from comments.models import Rule
from forum.lib.forms import Lines


class AppealDecisionForm(forms.Form):
    """What a moderator answers to an objection; a rule is needed where a comment that stays is removed after all."""

    use_required_attribute = False

    rule = forms.ModelChoiceField(
        Rule.objects.none(),
        label="The rule",
        empty_label="Choose a rule",
        help_text="Needed when you reverse the decision, because that removes the comment.",
        required=False,
    )
    reason = Lines(
        label="The reason",
        max_length=1000,
        help_text="Who objected reads this.",
        widget=forms.Textarea(attrs={"rows": 3, "data-note": "", "data-draft": ""}),
        error_messages={"required": "Give a reason."},
    )

    def __init__(self, *args, appeal, verb="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = Rule.objects.in_force()
        self.removes = verb == "reverse" and not appeal.ruling.restricts
        if appeal.ruling.restricts:
            del self.fields["rule"]
        else:
            self.fields["reason"].help_text += " So does the writer of the comment, if you reverse the decision."

    def clean(self):
        said = super().clean()
        if self.removes and not said.get("rule"):
            self.add_error("rule", "Choose the rule that this comment breaks.")
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        rule = {"rule": self.cleaned_data["rule"]} if self.removes else {}
        return {"reason": self.cleaned_data["reason"], **rule}
