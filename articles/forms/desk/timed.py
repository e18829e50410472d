"""When a piece appears: now or at a time, said in full before the last press."""

from django import forms

from articles import promises
from articles.forms.desk.pressing import FARTHEST, PressForm
from forum.lib.forms import Lines, Mark
from forum.lib.moment import Moment, spelled

NOW, AT = "now", "at"


class TimedForm(PressForm):
    """A press with a time; it counts once the person has read when that is, in one sentence."""

    shown = Mark(max_length=40)
    at = Moment(label="Day and hour", ahead=FARTHEST, within="two years")

    APPEARS = "It appears on {}."
    is_last = was_told = False
    not_said = {*PressForm.not_said, "shown", "when"}

    @property
    def mark(self):
        """Return what stands for the time that was chosen: `now`, or the time itself."""
        at = self.cleaned_data["at"]
        return at.isoformat() if at else NOW

    def full_clean(self):
        """Let the next press count where the time is understood: its sentence then stands above the button."""
        super().full_clean()
        if self.is_bound:
            self.is_last = not self._errors
            self.was_told = self.is_last and self.cleaned_data["shown"] == self.mark
            self.data = self.data.copy()
            self.data["shown"] = self.mark if self.is_last else ""

    @property
    def sentence(self):
        """Return when it appears, in words."""
        return self.APPEARS.format(spelled(self.cleaned_data["at"]))


class NowOrThenForm(TimedForm):
    """Two answers, of which neither is given beforehand: an empty field is none."""

    when = forms.ChoiceField(
        label="When",
        choices=[(NOW, "Now"), (AT, "At the day and hour below")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say when: now, or at a day and hour."},
    )
    field_order = ["shown", "when", "at"]

    AT_ONCE = "Readers can see it at once."

    use_required_attribute = False  # the day and hour are needed for the second answer alone

    def clean(self):
        said = super().clean()
        if said.get("when") != AT and self.has_error("at", "required"):
            del self.errors["at"]
        if said.get("when") == NOW and "at" not in self.errors:
            said["at"] = None
        return said

    @property
    def sentence(self):
        return super().sentence if self.cleaned_data["at"] else self.AT_ONCE


class PublishForm(NowOrThenForm):
    """Now, or at a time to come."""


class PublishAnywayForm(NowOrThenForm):
    """The same, with the reason why whoever accepted the piece publishes it too."""

    reason = Lines(
        label="Why you publish what you accepted",
        max_length=1000,
        help_text="Every managing editor who is not too close to the piece is told, and Transparency counts it. "
        "The author does not see the reason.",
    )
    field_order = ["shown", "reason", "when", "at"]


class PublishOnApprovalForm(NowOrThenForm):
    """With the last approval, or not before a time."""

    AT_ONCE = "Readers can see it at the moment of the last approval."
    APPEARS = "The last approval publishes it, but not before {}."

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        when = self.fields["when"]
        when.choices = [(NOW, "At the moment of the last approval"), (AT, "Not before the day and hour below")]
        when.error_messages["required"] = "Say when: with the last approval, or not before a day and hour."
        if promises.is_to_come(self.thing.publish_at):
            self.initial = {"when": AT, "at": self.thing.publish_at, **self.initial}


class RescheduleForm(TimedForm):
    """Another time to come."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if hasattr(self.thing, "article"):
            self.initial.setdefault("at", self.thing.article.published_at)
