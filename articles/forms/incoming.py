"""Word files as they come, and the word that their text counts."""

from django import forms

from articles.forms.writing import WordField


class Versioned(forms.Form):
    """The version of the text the writer saw."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def renew(self, **turns):
        """Show this form again so that the next press saves over what somebody else saved meanwhile."""
        self.data = self.data.copy()
        for name, value in turns.items():
            self.data[name] = value


class UploadForm(forms.Form):
    """A newer file for a piece."""

    file = WordField(
        label="The newer Word file",
        help_text="A .docx of at most 20 MB.",
        error_messages={"required": "Choose a Word file."},
    )


class UseForm(Versioned):
    """The text somebody saw a file compared with."""
