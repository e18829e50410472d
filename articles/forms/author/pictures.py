from django import forms

from articles.forms.picture import PictureField
from forum.lib.forms import Line


class DescribeForm(forms.Form):
    """What a picture shows, and whose it is."""

    alt = Line(
        label="What it shows",
        max_length=400,
        required=False,
        help_text="For people who cannot see it. A chart: say what it shows, not that it is a chart.",
    )
    credit = Line(label="Credit", max_length=200, required=False, help_text="Who made it, and the licence.")


class PictureForm(DescribeForm):
    """A picture that comes at the end of the text."""

    file = PictureField(
        label="A picture",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text="JPEG, PNG or WebP, at most 20 MB. It comes at the end of the text; move it in the editor.",
        error_messages={"required": "Choose a picture."},
    )
    caption = Line(label="Caption", max_length=400, required=False)
    field_order = ["file", "alt", "caption", "credit"]

    @property
    def picture(self):
        """Return the file and what is said about it, as the verb is told."""
        words = {name: self.cleaned_data[name] for name in ("alt", "credit", "caption")}
        return {"data": self.cleaned_data["file"], **words}
