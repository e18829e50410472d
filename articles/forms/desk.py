"""What each decision at the desk asks for."""

from django import forms

from accounts.models import User
from articles.eligible import eligible_editors
from articles.forms.co_authors import CoAuthorsField
from articles.forms.letters import AcceptForm, AskForChangesForm, DeclineForm, RevokeForm, WriteAuthorForm
from articles.forms.press import PressForm
from articles.forms.timed import PublishAnywayForm, PublishForm, PublishOnApprovalForm, RescheduleForm
from articles.forms.writing import FileOrText, WordField
from articles.workflow import SUBMISSION
from forum.lib.editor import BodyEditor
from forum.lib.forms import Address, Line, Name, Ticks
from forum.lib.moves import DESK


class AssignForm(PressForm):
    """The editor who takes the piece over."""

    to = forms.ModelChoiceField(User.objects.none(), label="Editor", empty_label="Choose an editor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = eligible_editors(self.thing).exclude(pk=self.thing.editor_id)


class SendLinkForm(PressForm):
    """Whom to send a new personal link."""

    to = forms.ModelChoiceField(User.objects.none(), label="To", empty_label="Choose a person")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = User.objects.filter(invitations__submission=self.thing).order_by("name")


DECISIONS = {
    **dict.fromkeys(SUBMISSION.verbs_at(DESK), PressForm),
    "assign": AssignForm,
    "reassign": AssignForm,
    "ask_for_changes": AskForChangesForm,
    "accept": AcceptForm,
    "decline": DeclineForm,
    "send_link": SendLinkForm,
    "revoke": RevokeForm,
    "publish_on_approval": PublishOnApprovalForm,
    "publish": PublishForm,
    "publish_anyway": PublishAnywayForm,
    "reschedule": RescheduleForm,
    "write_author": WriteAuthorForm,
}


class StepAsideForm(forms.Form):
    """Why an editor is too close to a piece."""

    reason = Line(
        label="Why",
        max_length=200,
        required=False,
        help_text="For the managing editors; the author never sees it.",
    )


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


class SoughtForm(forms.Form):
    """What an editor looks for among the pieces or messages in one state."""

    q = Line(label="Title or name", max_length=200, required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, data, *, states):
        super().__init__(data)
        self.fields["state"].choices = [("", "All"), *states]

    @property
    def wanted(self):
        """Return what was asked for; nonsense asks for everything."""
        good = self.cleaned_data if self.is_valid() else {}
        return {name: good.get(name, "") for name in self.fields}


class SoughtPiecesForm(SoughtForm):
    """The same among submissions, where an editor may look for her own or for what is late."""

    ONLY = [("", "Everybody’s"), ("mine", "Mine"), ("late", "Late")]

    only = forms.ChoiceField(label="Only", choices=ONLY, required=False)


class DismissedForm(forms.Form):
    """The new pieces ticked as no submissions, each as it was seen."""

    ticked = Ticks("pieces to set aside", most=50)
