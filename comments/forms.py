import uuid

from django import forms

from comments.models import Reason, Rule
from comments.models.ruling import RESTRICTIVE
from forum.lib.forms import Address, Guarded, Line, Lines

SHORTEST, LONGEST = 10, 5000
DISAGREE = "disagree"
AMENDED = (
    "Somebody else amended this rule while you were writing. Theirs stands above, yours is below; "
    "press again to put yours in its place."
)
HINT = "10 to 5,000 characters. An empty line begins a paragraph; a line that begins with > is a quotation."


class KeyInput(forms.HiddenInput):
    """A key that stays the same however often its page is sent."""

    def format_value(self, value):
        try:
            return str(uuid.UUID(str(value)))
        except ValueError:
            return str(uuid.uuid4())


class WordsForm(forms.Form):
    """The words of a comment."""

    text = Lines(
        label="Your comment",
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write your comment first."},
    )

    def clean_text(self):
        text = self.cleaned_data["text"]
        if len(text) < SHORTEST:
            raise forms.ValidationError(f"This is very short. A comment has at least {SHORTEST} characters.")
        if len(text) > LONGEST:
            raise forms.ValidationError(
                f"This has {len(text):,} characters. A comment has at most {LONGEST:,}; please shorten it."
            )
        return text


class CommentForm(WordsForm):
    """A comment on its way: its words, and the key by which it is posted once."""

    key = forms.UUIDField(required=False, widget=KeyInput)

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()


class BoxForm(WordsForm):
    """The box under every piece, the same bytes for everybody."""

    website = forms.CharField(required=False, widget=Guarded.base_fields["website"].widget)


class ReportForm(Guarded):
    """What a reader has against a comment."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=[*Reason.choices, (DISAGREE, "I disagree with it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with it."},
    )
    words = Lines(
        label="Anything the editors should know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = Address(
        label="Your e-mail address",
        required=False,
        help_text="Only if you want to hear what the editors decide. Nobody else sees it.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @property
    def disagrees(self):
        return self.cleaned_data["reason"] == DISAGREE


class AppealForm(forms.Form):
    """Why somebody thinks that a decision is wrong."""

    words = Lines(
        label="Why is the decision wrong?",
        min_length=SHORTEST,
        max_length=2000,
        help_text="10 to 2,000 characters. You can object once.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say why the decision is wrong."},
    )


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
        widget=forms.Textarea(attrs={"rows": 3}),
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

    def words(self):
        """Return what the verb wants to be told."""
        rule = {"rule": self.cleaned_data["rule"]} if self.removes else {}
        return {"reason": self.cleaned_data["reason"], **rule}


class SeenForm(forms.Form):
    """Which wording a reader had before her when she pressed Report Abuse."""

    revision = forms.IntegerField(required=False)


class DecisionForm(forms.Form):
    """A moderator's decision: by which rule, why, and what she had seen of the comment's history."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    rule = forms.ModelChoiceField(
        Rule.objects.none(),
        label="The rule",
        empty_label="Choose a rule",
        help_text="Not needed to approve, to keep or to put back.",
        error_messages={"required": "Choose the rule that this comment breaks."},
    )
    reason = Lines(
        label="The reason",
        max_length=1000,
        help_text="The writer reads this when you hide, remove or ask to reword. Others see only the rule.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the writer a reason."},
    )

    def __init__(self, *args, verb="", **kwargs):
        super().__init__(*args, **kwargs)
        self.verb = verb
        self.fields["rule"].queryset = Rule.objects.in_force()
        if verb not in RESTRICTIVE or verb == "mark_spam":
            self.fields["rule"].required = self.fields["reason"].required = not verb

    def clean_rule(self):
        rule = self.cleaned_data["rule"]
        return rule or (Rule.objects.about("spam") if self.verb == "mark_spam" else None)

    def words(self):
        """Return what the verb wants to be told."""
        said = {"seen": self.cleaned_data["seen"]}
        if not self.verb.startswith("approve"):
            said["reason"] = self.cleaned_data["reason"]
        if self.verb in RESTRICTIVE:
            said["rule"] = self.cleaned_data["rule"]
        return said


class RuleForm(forms.Form):
    """The words of a rule, and the version that their writer had before her."""

    name = Line(label="What breaks the rule", max_length=60, help_text="As in “Removed by the editors: a threat.”")
    one = Line(label="The same behind the number one", max_length=60, help_text="“1 threat”; leave the number out.")
    many = Line(label="The same behind a larger number", max_length=60, help_text="“2 threats”; leave the number out.")
    text = Lines(label="The rule", max_length=600, help_text="Readers and writers see it exactly so.")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, initial={**rule.words, "seen": rule.version}, **kwargs)
        self.rule = rule

    def clean_seen(self):
        if self.cleaned_data["seen"] != self.rule.version:
            self.data = self.data.copy()
            self.data["seen"] = self.rule.version
            self.add_error(None, AMENDED)
        return self.rule.version

    def words(self):
        """Return what the verb wants to be told."""
        return {name: self.cleaned_data[name] for name in self.rule.words}
