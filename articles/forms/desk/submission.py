"""What each decision at the desk asks for."""

from django import forms

from accounts.models import User
from articles.eligible import eligible_editors
from articles.forms.desk.letters import (
    AcceptForm,
    AskForChangesForm,
    DeclineForm,
    RevokeForm,
    WriteAuthorForm,
)
from articles.forms.desk.pressing import PressForm
from articles.forms.desk.timed import PublishAnywayForm, PublishForm, PublishOnApprovalForm, RescheduleForm
from articles.workflow import SUBMISSION
from forum.lib.forms import Line
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
