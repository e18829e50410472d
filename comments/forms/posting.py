import uuid

from django import forms
from django.utils.functional import cached_property

from forum.lib.forms import GuardedForm, Key, Lines
from forum.lib.text.prose import find_words

SHORTEST, LONGEST = 10, 5000
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

    @property
    def said(self):
        """Return what the verb is told."""
        said = {name: self.cleaned_data[name] for name in ("text", "key", "as_author")}
        return {**said, "answers": self.answered, "quote": self.quote}

    @property
    def kept(self):
        """Return what is kept while its writer signs in."""
        said = {name: self.cleaned_data[name] for name in ("text", "answers", "words", "as_author")}
        return {**said, "key": str(self.cleaned_data["key"])}


class BoxForm(WordsForm):
    """The box under every piece, the same bytes for everybody."""

    website = forms.CharField(required=False, widget=GuardedForm.base_fields["website"].widget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-draft"] = ""
