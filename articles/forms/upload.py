"""Word files as they come, and the word that their text counts."""

from dataclasses import dataclass

from django import forms

from articles.forms.versions import VersionedForm
from forum.lib.word.convert import Conversion, Unreadable, convert

WORD = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class WordFile:
    """A Word file as it came, and what was read from it."""

    name: str
    data: bytes
    conversion: Conversion


class WordField(forms.FileField):
    """A Word file; one that cannot be read is refused with the reason."""

    widget = forms.FileInput(attrs={"accept": WORD})

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file:
            return None
        content = file.read()
        try:
            return WordFile(name=file.name, data=content, conversion=convert(content))
        except Unreadable as complaint:
            raise forms.ValidationError(str(complaint)) from complaint


class FileOrText:
    """Mix into a form with `file` and `body`: one of them is sent, not both."""

    def clean(self):
        said = super().clean()
        if said.get("file") and said.get("body"):
            self.add_error("file", "You sent a file and a text. Empty the text below to send the file.")
        return said


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
