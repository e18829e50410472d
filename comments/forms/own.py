from django import forms

from comments.forms.posting import WordsForm
from forum.lib.forms import Turn


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
