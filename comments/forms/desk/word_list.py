from django import forms

from comments.models import WordList
from comments.screening import spoken
from forum.lib.desk.seen import SeenForm
from forum.lib.forms import Lines


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
