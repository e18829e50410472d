from functools import cache

from django import forms
from django.utils.text import Truncator

from comments.models import Rule
from comments.models.rule import rules_in_force
from comments.models.ruling import RESTRICTIVE
from forum.lib.forms import Lines, Turn


class RuledForm(forms.Form):
    """A moderator's decision: by which rule, and why; the first field that is wrong gets the focus."""

    use_required_attribute = False

    rule = forms.ModelChoiceField(
        Rule.objects.none(),
        label="The rule",
        empty_label="Choose a rule",
        help_text="Not needed to approve, to keep or to put back; spam goes by its own.",
        error_messages={"required": "Choose the rule that this comment breaks."},
    )
    reason = Lines(
        label="The reason",
        max_length=1000,
        help_text="The writer reads this when you hide, remove or ask to reword. Others see only the rule.",
        widget=forms.Textarea(attrs={"rows": 3, "data-note": "", "data-draft": ""}),
        error_messages={"required": "Give the writer a reason."},
    )

    def __init__(self, *args, verb="", rules=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.verb = verb
        offer(self.fields["rule"], rules)
        if verb not in RESTRICTIVE or verb == "mark_spam":
            self.fields["rule"].required = self.fields["reason"].required = not verb

    def clean_rule(self):
        """Take spam by its own rule, whatever was chosen, or guessed from a report, before the press."""
        return Rule.objects.about("spam") if self.verb == "mark_spam" else self.cleaned_data["rule"]

    @property
    def said(self):
        """Return what the verb is told."""
        said = {} if self.verb.startswith("approve") else {"reason": self.cleaned_data["reason"]}
        return said | ({"rule": self.cleaned_data["rule"]} if self.verb in RESTRICTIVE else {})


class DecisionForm(RuledForm):
    """A decision about one comment: about which of its words, and what was seen of its history."""

    seen = Turn()
    quote = forms.ChoiceField(label="Which words", required=False)
    field_order = ["seen", "quote", "rule", "reason"]

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, **kwargs)
        self.comment = comment
        self.fields["quote"].choices = words_of(comment)

    @property
    def is_stale(self):
        """Whether something happened to the comment since its page was opened."""
        return self.is_bound and self.fields["seen"].clean(self["seen"].value()) != self.comment.turn

    @property
    def said(self):
        quote = {"quote": self.cleaned_data["quote"]} if self.verb in RESTRICTIVE else {}
        return super().said | quote | {"seen": self.cleaned_data["seen"]}


def offer(field, rules=None):
    """Let a field offer the rules in force: those that a page has asked for already, or asked for now."""
    field.queryset = Rule.objects.in_force()

    @cache
    def choices():
        offered = rules_in_force() if rules is None else rules
        return [("", field.empty_label), *((rule.pk, rule.name) for rule in offered)]

    field.choices = choices


def words_of(comment):
    """Return what a decision can be about: the whole comment, or one of its sentences."""
    return [("", "The whole comment"), *((said, Truncator(said).chars(90)) for said in comment.current.sentences())]
