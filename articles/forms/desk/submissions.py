from django import forms

from accounts.models import User
from articles.forms.co_authors import CoAuthorsField
from articles.forms.upload import FileOrText, WordField
from forum.lib.editor import BodyEditor
from forum.lib.forms import Address, Line, Name, Ticks

WORDS = ["email", "name", "house", "co_authors", "title", "body"]


class CommissionForm(FileOrText, forms.Form):
    """A piece somebody was asked for."""

    email = Address(
        label="The author’s e-mail address",
        help_text="No account is needed: we send a personal link to it. "
        "Readers and other authors are not shown the address.",
    )
    name = Name(label="Name as printed", max_length=120)
    house = forms.BooleanField(
        label="An editorial of the house: printed as “The Editors”, approved by the person above",
        required=False,
    )
    co_authors = CoAuthorsField(label="Who wrote it or speaks in it too")
    title = Line(max_length=200, required=False, help_text="Taken from the Word file if you leave it empty.")
    file = WordField(
        label="Word file", required=False, help_text="A .docx with the text; it may also be written below."
    )
    body = BodyEditor(label="Text", required=False)

    def clean_email(self):
        if User.objects.at_address(self.cleaned_data["email"]).filter(is_active=False).exists():
            raise forms.ValidationError("The account with this address is closed. Ask the author for another one.")
        return self.cleaned_data["email"]

    def clean(self):
        said = super().clean()
        word = said.get("file")
        if not said.get("title") and not (word and word.conversion.title):
            self.add_error("title", "Give the piece a title.")
        if not word and not said.get("body") and not {"file", "body"} & set(self.errors):
            self.add_error("file", "Choose a Word file, or write the text below: its author is asked to approve it.")

    @property
    def said(self):
        """Return what the verb is told."""
        words = {name: self.cleaned_data[name] for name in WORDS}
        return {"word": self.cleaned_data["file"], **words}


class DismissedForm(forms.Form):
    """The new pieces ticked as no submissions, each as it was seen."""

    ticked = Ticks("pieces to set aside", most=50)
