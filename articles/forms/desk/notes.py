"""Notes beside the paragraphs of a piece."""

from django import forms

from forum.lib.forms import Line, Lines

FARTHEST = 2**31 - 1
STAFF, AUTHOR = "staff", "author"


class ParagraphForm(forms.Form):
    """The paragraph somebody pressed; nonsense points at the whole piece."""

    paragraph = forms.IntegerField(min_value=0, max_value=FARTHEST, required=False)

    @property
    def number(self):
        """Return the number of the paragraph, or 0 for the whole piece."""
        return (self.cleaned_data["paragraph"] or 0) if self.is_valid() else 0


class NoteForm(forms.Form):
    """A note, and for whom it is."""

    text = Lines(label="Your note", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    audience = forms.ChoiceField(
        label="For whom",
        choices=[(STAFF, "The editors only"), (AUTHOR, "The author")],
        widget=forms.RadioSelect,
        help_text="This cannot be changed afterwards. The author gets her notes with your next letter or proof.",
    )
    number = forms.IntegerField(min_value=0, max_value=FARTHEST, required=False, widget=forms.HiddenInput)
    quote = Line(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, for_author, **kwargs):
        super().__init__(*args, **kwargs)
        if not for_author:
            self.fields["audience"].choices = [(STAFF, "The editors only")]
            self.fields["audience"].help_text = "The author hears from the editor who handles her piece."
            self.initial["audience"] = STAFF

    @property
    def note(self):
        """Return what is kept of it."""
        said = self.cleaned_data
        return {"text": said["text"], "quote": said["quote"], "number": said["number"] or 0}
