"""What each decision at the desk asks for."""

from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from articles.forms.writing import FileOrText, WordField
from forum.lib.editor import BodyEditor
from forum.lib.forms import Address, Line, Lines
from forum.lib.text import normalise

FARTHEST = timedelta(days=730)


class Press(forms.Form):
    """A button that needs no words."""

    def __init__(self, *args, thing, by, **kwargs):
        self.thing, self.by = thing, by
        super().__init__(*args, **kwargs)

    @property
    def said(self):
        """Return what the verb is told."""
        return dict(self.cleaned_data)


class Seen(forms.Form):
    """The turn the person saw, for moves that leave the state as it is."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        self.initial.setdefault("seen", thing.turn)


class Letter(Press):
    """A letter to the author, with a beginning to change."""

    verb = ""
    has_gaps = True
    letter = Lines(label="Your letter to the author", max_length=10_000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        context = {"piece": self.thing, "by": self.by}
        self.fields["letter"].widget.attrs["rows"] = 14
        self.beginning = render_to_string(f"admin/articles/letters/{self.verb}.txt", context)
        self.initial.setdefault("letter", self.beginning)

    def clean_letter(self):
        letter = self.cleaned_data["letter"]
        if self.has_gaps and letter == normalise(self.beginning):
            raise forms.ValidationError("Fill the gaps first: the author would get this letter as it stands.")
        return letter


class Accept(Letter):
    """A letter that may be left out."""

    verb = "accept"
    has_gaps = False
    letter = Lines(label="Your letter to the author", max_length=10_000, required=False)


class Decline(Letter):
    """A letter that says why not."""

    verb = "decline"


class Revoke(Letter):
    """A letter that takes an acceptance back."""

    verb = "revoke"


class AskForChanges(Letter):
    """A letter and the day by which the author sends the changes."""

    verb = "ask_for_changes"
    due = forms.DateField(label="Changes by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = settings.PROMISES["changes_days"]
        self.initial.setdefault("due", timezone.localdate() + timedelta(days=days))

    def clean_due(self):
        due = self.cleaned_data["due"]
        if not timezone.localdate() < due < timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Choose a day from tomorrow on, within two years.")
        return timezone.make_aware(datetime.combine(due, time(23, 59)))


class Hands(Press):
    """The editor who takes the piece over."""

    to = forms.ModelChoiceField(User.objects.none(), label="Editor", empty_label="Choose an editor")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = self.thing.eligible_editors().exclude(pk=self.thing.editor_id)


class OtherHands(Seen, Hands):
    """Another editor, unless somebody changed the hands first."""


class Moment(forms.DateTimeField):
    """A date and time in the site's zone, in one field."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)

    def clean(self, value):
        at = super().clean(value)
        if at and not timezone.now() <= at < timezone.now() + FARTHEST:
            raise forms.ValidationError("Choose a time to come, within two years.")
        return at


class Publish(Press):
    """Now, or at a time to come."""

    at = Moment(label="Publish at", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields[
            "at"
        ].help_text = f"Leave this empty to publish now. The time is in the site’s zone, {zone}."


class Reschedule(Seen, Press):
    """Another time to come."""

    at = Moment(label="Publish at")

    def __init__(self, *args, thing, **kwargs):
        super().__init__(*args, thing=thing, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["at"].help_text = f"The time is in the site’s zone, {zone}."
        if hasattr(thing, "article"):
            self.initial.setdefault("at", thing.article.published_at)


DECISIONS = {
    "take_up": Press,
    "assign": Hands,
    "reassign": OtherHands,
    "put_back": Press,
    "ask_for_changes": AskForChanges,
    "call_back": Press,
    "accept": Accept,
    "decline": Decline,
    "dismiss": Press,
    "send_proof": Press,
    "recall_proof": Press,
    "unlock": Press,
    "revoke": Revoke,
    "publish": Publish,
    "reschedule": Reschedule,
    "unschedule": Press,
    "reconsider": Press,
}


class StepAside(forms.Form):
    """Why an editor is too close to a piece."""

    reason = Line(
        label="Why",
        max_length=200,
        required=False,
        help_text="For the managing editors; the author never sees it.",
    )


class Commission(FileOrText, forms.Form):
    """A piece somebody was asked for."""

    email = Address(label="The author’s e-mail address", help_text="Of an account on this site.")
    name = Line(label="Name as printed", max_length=120)
    title = Line(max_length=200, required=False, help_text="Taken from the Word file if you leave it empty.")
    file = WordField(label="Word file", required=False, help_text="A .docx; the text may also be written below.")
    body = BodyEditor(label="Text", required=False)

    def clean_email(self):
        self.author = User.objects.at_address(self.cleaned_data["email"]).filter(is_active=True).first()
        if self.author is None:
            raise forms.ValidationError(
                "Nobody has an account with this address. Ask the author to make one."
            )
        return self.cleaned_data["email"]

    def clean(self):
        said = super().clean()
        word = said.get("file")
        if not said.get("title") and not (word and word.conversion.title):
            self.add_error("title", "Give the piece a title.")

    @property
    def said(self):
        """Return what the verb is told."""
        words = {name: self.cleaned_data[name] for name in ("name", "title", "body")}
        return {"author": self.author, "word": self.cleaned_data["file"], **words}


class Sought(forms.Form):
    """What an editor looks for among the pieces or messages in one state."""

    q = forms.CharField(label="Title or name", max_length=200, required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(label="State", required=False)

    def __init__(self, data, *, states):
        super().__init__(data)
        self.fields["state"].choices = [("", "All"), *states]

    @property
    def wanted(self):
        """Return what was asked for; nonsense asks for everything."""
        good = self.cleaned_data if self.is_valid() else {}
        return {"q": good.get("q", ""), "state": good.get("state", "")}


class Dismissed(forms.Form):
    """The new pieces ticked as no submissions."""

    code = forms.ModelMultipleChoiceField(None, to_field_name="code", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, pieces, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].queryset = pieces
        self.fields["code"].error_messages = {
            "required": "Tick the pieces to set aside first.",
            "invalid_choice": "One of these pieces is not on your desk.",
        }
