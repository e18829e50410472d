import uuid

from django import forms
from django.forms.models import model_to_dict
from django.utils.functional import cached_property
from django.utils.text import Truncator

from articles.models import Article
from comments.models import HowOften, MailChoice, Reason, Rule
from comments.models.ruling import RESTRICTIVE
from forum.lib.desk.seen import SeenForm
from forum.lib.forms import Address, GuardedForm, Key, Line, Lines, Turn
from forum.lib.text.prose import find_words

SHORTEST, LONGEST = 10, 5000
DISAGREE = "disagree"
HINT = "10 to 5,000 characters. An empty line begins a paragraph; a line that begins with > is a quotation."


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
    """A comment on its way: its words, what it answers and quotes, and the key by which it is posted once."""

    key = Key()
    answers = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    words = Lines(
        label="Words you answer",
        help_text="Copy them from the comment, or leave this empty. They disappear here when they disappear there.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    as_author = forms.BooleanField(label="Mark this as the author’s", required=False)

    def __init__(self, *args, discussion, **kwargs):
        super().__init__(*args, **kwargs)
        self.discussion, self.quote = discussion, None

    def clean_key(self):
        return self.cleaned_data["key"] or uuid.uuid4()

    @cached_property
    def answered(self):
        """Return the comment this one answers, or None where readers cannot see it."""
        field = self.fields["answers"]
        try:
            number = field.clean(self["answers"].value())
        except forms.ValidationError:
            return None
        return number and self.discussion.answerable(number)

    @property
    def has_lost_its_answer(self):
        """Whether what it answers is not shown any more."""
        return bool(self["answers"].value()) and self.answered is None

    def clean_words(self):
        words = self.cleaned_data["words"]
        if words and self.answered:
            self.quote = find_words(words, self.answered.current.text)
            if self.quote is None:
                raise forms.ValidationError(
                    f"These words do not stand in comment #{self.answered.number}. Copy them as they stand there."
                )
        return words

    def said(self):
        """Return what is posted."""
        said = {name: self.cleaned_data[name] for name in ("text", "key", "as_author")}
        return {**said, "answers": self.answered, "quote": self.quote}

    def kept(self):
        """Return what is kept while its writer signs in."""
        said = {name: self.cleaned_data[name] for name in ("text", "answers", "words", "as_author")}
        return {**said, "key": str(self.cleaned_data["key"])}


class EditForm(WordsForm):
    """Other words for a comment, and what its writer had seen of its history."""

    seen = Turn()


class RewordForm(WordsForm):
    """Other words for a comment, where the editors asked for them."""

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, initial={"text": comment.current.text}, **kwargs)
        self.present = comment.current.text

    def clean_text(self):
        text = super().clean_text()
        if text == self.present:
            raise forms.ValidationError("These are the same words. Change what the editors asked you to change.")
        return text


class BoxForm(WordsForm):
    """The box under every piece, the same bytes for everybody."""

    website = forms.CharField(required=False, widget=GuardedForm.base_fields["website"].widget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = ""


class ReportForm(GuardedForm):
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
    key = Key()

    @property
    def disagrees(self):
        return self.cleaned_data["reason"] == DISAGREE


class SeenUpToForm(forms.Form):
    """How far a member has read."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class OneClickForm(forms.Form):
    """What a mail program sends when its user wants no more of such mail (RFC 8058)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["List-Unsubscribe"] = forms.ChoiceField(choices=[("One-Click", "One-Click")])


class HowOftenForm(forms.Form):
    """When a member wants mail about answers, and an author about comments on her pieces."""

    how_often = forms.ChoiceField(
        label="Write to me about answers to my comments, and about discussions I follow",
        choices=HowOften.choices,
        widget=forms.RadioSelect,
    )
    own_pieces = forms.ChoiceField(
        label="Write to me about comments on my pieces",
        choices=HowOften.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, initial=model_to_dict(MailChoice.of(member), self.base_fields), **kwargs)
        if not Article.objects.written_by(member).exists():
            del self.fields["own_pieces"]


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

    def words(self):
        """Return what the verb wants to be told."""
        rule = {"rule": self.cleaned_data["rule"]} if self.removes else {}
        return {"reason": self.cleaned_data["reason"], **rule}


class SeenWordingForm(forms.Form):
    """Which wording a reader had before her when she pressed Report Abuse."""

    revision = forms.IntegerField(required=False)


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

    def __init__(self, *args, verb="", **kwargs):
        super().__init__(*args, **kwargs)
        self.verb = verb
        self.fields["rule"].queryset = Rule.objects.in_force()
        if verb not in RESTRICTIVE or verb == "mark_spam":
            self.fields["rule"].required = self.fields["reason"].required = not verb

    def clean_rule(self):
        """Take spam by its own rule, whatever was chosen, or guessed from a report, before the press."""
        return Rule.objects.about("spam") if self.verb == "mark_spam" else self.cleaned_data["rule"]

    def words(self):
        """Return what the verb wants to be told."""
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

    def words(self):
        quote = {"quote": self.cleaned_data["quote"]} if self.verb in RESTRICTIVE else {}
        return super().words() | quote | {"seen": self.cleaned_data["seen"]}


def words_of(comment):
    """Return what a decision can be about: the whole comment, or one of its sentences."""
    return [("", "The whole comment"), *((said, Truncator(said).chars(90)) for said in comment.current.sentences())]


class RuleForm(SeenForm):
    """The words of a rule."""

    name = Line(label="What breaks the rule", max_length=60, help_text="As in “Removed by the editors: a threat.”")
    one = Line(label="The same behind the number one", max_length=60, help_text="“1 threat”; leave the number out.")
    many = Line(label="The same behind a larger number", max_length=60, help_text="“2 threats”; leave the number out.")
    text = Lines(label="The rule", max_length=600, help_text="Readers and writers see it exactly so.")

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, initial=rule.words, **kwargs)
        self.rule = rule

    def words(self):
        """Return what the verb wants to be told."""
        return {name: self.cleaned_data[name] for name in self.rule.words}
