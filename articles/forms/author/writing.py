from django import forms

from accounts.forms import CalledForm
from articles.forms.author.declarations import DeclarationsForm
from articles.forms.co_authors import CoAuthorsField, as_lines
from articles.forms.needed import Marked
from articles.forms.upload import FileOrText, WordField
from articles.models.public.taxonomy import Connection, Perspective
from forum.lib.editor import BodyEditor
from forum.lib.forms import OVERTAKEN, Line, Lines, Name, Turn

MOST_LETTERS = 400_000


class StartForm(FileOrText, forms.Form):
    """How a piece begins: with a Word file, or with words."""

    file = WordField(label="Your Word file", required=False, help_text="A .docx of at most 20 MB.")
    body = BodyEditor(label="Write or paste your text here", required=False, max_length=MOST_LETTERS)

    def clean(self):
        said = super().clean()
        if "file" not in self.errors and not said.get("file") and not said.get("body"):
            self.add_error("file", "Choose a Word file, or write something below.")


class AboutForm(CalledForm, DeclarationsForm):
    """Who wrote a piece, and what she declares about it."""

    name = Name(
        label="Your name as printed", max_length=120, help_text="A pen name is possible.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    biography = Lines(
        label="Two lines about you",
        max_length=400,
        help_text="Printed under the piece: what you study or do, and where.",
    )

    NEEDED = {
        "name": "Write your name as it should be printed.",
        "biography": "Write two lines about yourself.",
    }

    @property
    def bearer(self):
        """Return whose name is printed first."""
        return self.piece.corresponding_author

    @property
    def already(self):
        """Return what is printed now, by the desk's hand too."""
        return self.initial.get("name", "")

    def byline(self):
        """Return what can be saved of the byline."""
        return {name: self.cleaned_data[name] for name in AboutForm.NEEDED if name in self.cleaned_data}

    def ask_for_the_rest(self):
        """Ask beside each field for what is needed and not there, and for what is not declared."""
        for name, sentence in self.NEEDED.items():
            if not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        super().ask_for_the_rest()


class PlaceForm(forms.Form):
    """How the author herself places the piece; all of it may be left out."""

    perspective = forms.ChoiceField(label="I would describe it as", choices=Perspective, required=False)
    perspective_country = Line(
        label="in the politics of",
        required=False,
        max_length=60,
        help_text="The country this word refers to.",
    )
    perspective_words = Line(label="In other words", required=False, max_length=80)
    connection = forms.ChoiceField(
        label="My connection to the region it is about", choices=Connection, required=False
    )

    PLACE = ["perspective", "perspective_country", "perspective_words", "connection"]

    def about(self):
        """Return what can be saved of what the author says about the place of her piece."""
        return {name: self.cleaned_data[name] for name in self.PLACE if name in self.cleaned_data}


class WriteForm(Marked, PlaceForm, AboutForm):
    """A whole piece: what is fit to be saved is saved, and what is still missing is asked for at the end."""

    version = Turn()
    title = Line(label="Title", max_length=200)
    standfirst = Lines(
        label="Standfirst",
        required=False,
        max_length=400,
        help_text="One or two sentences that say what you argue.",
    )
    body = BodyEditor(label="Text", max_length=MOST_LETTERS)
    co_authors = CoAuthorsField(label="Who wrote it with you")

    use_required_attribute = False
    TEXT = ["title", "standfirst", "body"]
    NEEDED = {"title": "Give your piece a title.", "body": "Write or upload the text.", **AboutForm.NEEDED}
    field_order = ["version", *TEXT]

    def __init__(self, data=None, *, piece):
        super().__init__(data, piece=piece, initial=initial(piece))
        self.other = None
        if piece.status != "draft":  # from then on the editors write to whoever is printed
            del self.fields["co_authors"]

    @property
    def marked(self):
        """Return what will be needed, and is not demanded of a draft."""
        return [*self.NEEDED, *(matter.key for matter in self.asked)]

    def saved(self):
        """Return what is fit to be saved, and the version the writer saw."""
        said = self.cleaned_data
        return {
            "version": said["version"],
            "byline": self.byline(),
            "about": self.about(),
            "declarations": self.declarations(),
            "co_authors": said.get("co_authors"),
            **{name: said[name] for name in self.TEXT if name in said},
        }

    def show(self, version):
        """Continue from this version of the text."""
        self.data["version"] = version

    def meet(self, other):
        """Keep what was typed, show the text somebody saved first, and let the next press replace it."""
        self.other = other
        self.add_error(None, OVERTAKEN)
        self.show(other.version)

    def is_complete(self, piece, verb):
        """Ask beside each field for what is missing; say whether the piece could be sent in."""
        self.ask_for_the_rest()
        complaint = piece.machine[verb].complaint(None, piece)
        if complaint and not self.errors:  # beside the fields it is said better
            self.add_error(None, complaint)
        return not self.errors


def initial(piece):
    """Return a piece as its form shows it."""
    byline = piece.bylines.first()
    shown = {name: getattr(piece, name) for name in [*WriteForm.TEXT, *WriteForm.PLACE, "version"]}
    shown["co_authors"] = as_lines(piece.bylines.all()) if piece.status == "draft" else ""
    return {**shown, "name": byline.name if byline else "", "biography": byline.biography if byline else ""}
