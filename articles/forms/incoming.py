"""Word files as they come, and the word that their text counts."""

from django import forms

from articles.forms.versions import VersionedForm
from articles.forms.writing import WordField


class UploadForm(forms.Form):
    """A newer file for a piece."""

    file = WordField(
        label="The newer Word file",
        help_text="A .docx of at most 20 MB.",
        error_messages={"required": "Choose a Word file."},
    )


class UseForm(VersionedForm):
    """The text somebody saw a file compared with."""

    CHANGED = "The text was changed meanwhile. You see how the file differs from it now; press once more to use it."
