from datetime import timedelta

from django import forms
from django.utils import timezone

from forum.lib.desk.seen import SeenForm
from forum.lib.forms import YesNo
from forum.lib.moment import Moment

FARTHEST = timedelta(days=3650)


class DiscussionForm(SeenForm):
    """When a discussion closes, and whether the editors read every comment first."""

    NOW, AT, NEVER = "now", "at", "never"

    closes = forms.ChoiceField(
        label="When it closes",
        choices=[(AT, "At the day and hour below"), (NEVER, "Never"), (NOW, "Now")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say when it closes."},
    )
    closes_at = Moment(label="Day and hour", required=False, ahead=FARTHEST, within="ten years")
    holds_all = YesNo(
        label="A new comment",
        yes="Waits until the editors have read it",
        no="Appears at once, unless a rule lets it wait",
        error_messages={"required": "Say whether the editors read it first."},
    )

    def __init__(self, *args, discussion, **kwargs):
        at = discussion.closes_at and discussion.closes_at.replace(second=0, microsecond=0)
        closes = self.NEVER if at is None else self.AT if discussion.is_open else self.NOW
        initial = {"closes": closes, "closes_at": at if closes == self.AT else None, "holds_all": discussion.holds_all}
        super().__init__(*args, initial=initial, **kwargs)
        if closes == self.NOW:
            self.fields["closes"].choices = [*self.fields["closes"].choices[:2], (self.NOW, "It is closed")]

    def clean(self):
        said = super().clean()
        if said.get("closes") == self.AT and not said.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", self.fields["closes_at"].error_messages["required"])
        return said

    def moment(self):
        """Return when it is to close, or None for never."""
        said = self.cleaned_data
        return {self.NOW: timezone.now(), self.AT: said["closes_at"], self.NEVER: None}[said["closes"]]
