"""What changes in public ask for."""

from django import forms

from articles.forms.desk.pressing import PressForm
from articles.forms.desk.writing import ClassificationForm, TextForm
from articles.forms.versions import VersionedForm
from articles.models import Message
from articles.models.public.edition import KindOfChange
from forum.lib.forms import Lines


class AmendForm(PressForm, TextForm):
    """The next edition of a piece: its text, what kind of change it is, and what readers are told."""

    change = forms.ChoiceField(
        label="Kind of change",
        choices=[c for c in KindOfChange.choices if c[0] != KindOfChange.FIRST],
        widget=forms.RadioSelect,
    )
    note = Lines(
        label="What changed, for readers",
        max_length=1000,
        required=False,
        help_text="One or two sentences, printed under the piece. Only a typing error needs none.",
    )
    suggestion = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)
    renew, meet = VersionedForm.renew, VersionedForm.meet
    not_said = {*PressForm.not_said, "suggestion"}

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        self.fields["suggestion"].queryset = Message.objects.on_desk(self.by).filter(article=thing)
        self.fields["note"].widget.attrs["rows"] = 3
        self.initial = {**thing.edition.text(), **self.initial}

    @property
    def suggested(self):
        """Return the reader's suggestion this follows, while nobody has answered it."""
        try:
            message = self.fields["suggestion"].clean(self["suggestion"].value())
        except forms.ValidationError:
            return None
        return message if message and message.status == "open" else None


class ReclassifyForm(PressForm, ClassificationForm):
    """Another kind, other topics or regions for a piece readers can see."""

    @property
    def said(self):
        """Return what the verb is told."""
        return self.classification


class NoticeForm(PressForm):
    """What readers are told in the place of a piece, or above it."""

    notice = Lines(label="The notice readers see", max_length=1000)


class RestoreForm(PressForm):
    """Why a piece is put back."""

    note = Lines(label="Why, for the desk", max_length=1000, required=False)


CHANGES = {
    "amend": AmendForm,
    "reclassify": ReclassifyForm,
    "retract": NoticeForm,
    "remove": NoticeForm,
    "restore": RestoreForm,
}
