from django import forms

from articles.forms.author.bylines import BylineForm, ConsentForm, DeclareForm
from articles.forms.author.proof import RequestCorrectionForm, SignOffForm
from articles.forms.author.writing import WriteForm
from articles.forms.versions import VersionedForm
from forum.lib.forms import Lines, TurnForm


class WithdrawForm(TurnForm):
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
    "take_back": TurnForm,
    "extend": TurnForm,
    "change_byline": BylineForm,
    "refuse": WithdrawForm,
    "take_name_off": WithdrawForm,
    "withdraw": WithdrawForm,
}
