from django import forms

from articles.forms.declaring import BylineForm, ConsentForm, DeclareForm
from articles.forms.proof import RequestCorrectionForm, SignOffForm
from articles.forms.versions import VersionedForm
from articles.forms.writing import Line, Lines, WriteForm
from forum.lib import images
from forum.lib.forms import Turn


class AsSeenForm(forms.Form):
    """The turn somebody saw when she pressed."""

    seen = Turn()


class WithdrawForm(AsSeenForm):
    """Why an author withdraws a piece as she saw it, or her name from it, if she wants to say."""

    note = Lines(label="A word to the editors", required=False, max_length=1000)


class DiscardForm(VersionedForm):
    """A draft that is thrown away as its writer saw it last."""

    CHANGED = "The draft was changed in another window after you opened this page. Look at it before you discard it."


class WriteEditorForm(forms.Form):
    """What an author writes to the editors between two steps."""

    letter = Lines(
        label="Your message",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write your message first."},
    )


OWN_FORMS = {
    "submit": WriteForm,
    "resubmit": WriteForm,
    "declare": DeclareForm,
    "sign_off": SignOffForm,
    "request_correction": RequestCorrectionForm,
    "consent": ConsentForm,
    "write_editor": WriteEditorForm,
    "take_back": AsSeenForm,
    "extend": AsSeenForm,
    "change_byline": BylineForm,
    "refuse": WithdrawForm,
    "take_name_off": WithdrawForm,
    "withdraw": WithdrawForm,
}


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
    """A picture to be added."""

    file = forms.FileField(
        label="A picture",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text="JPEG, PNG or WebP, at most 20 MB. It comes at the end of the text; move it in the editor.",
        error_messages={"required": "Choose a picture."},
    )
    caption = Line(label="Caption", max_length=400, required=False)
    field_order = ["file", "alt", "caption", "credit"]

    def clean_file(self):
        data = self.cleaned_data["file"].read()
        try:
            images.examine(data)
        except images.Unreadable as complaint:
            raise forms.ValidationError(str(complaint)) from complaint
        return data

    @property
    def picture(self):
        """Return the picture and its words."""
        words = {name: self.cleaned_data[name] for name in ("alt", "credit", "caption")}
        return {"data": self.cleaned_data["file"], **words}
