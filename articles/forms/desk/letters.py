"""The letters that go with decisions."""

from django import forms
from django.conf import settings
from django.utils import timezone

from articles import promises
from articles.forms.desk.points import PointsForm
from articles.forms.desk.pressing import FARTHEST, PressForm
from articles.forms.needed import Marked
from articles.models import LetterTemplate
from articles.models.private.letter_template import GAP, fill
from forum.lib.forms import Lines, Turn
from forum.lib.text.prose import normalise
from forum.pages.models import Holiday


class HeardForm(forms.Form):
    """The last letter that stood on the page; what came later waits on."""

    heard = forms.IntegerField(min_value=0, max_value=2**62, widget=forms.HiddenInput)


class LetterForm(PressForm):
    """A letter to the author: begun from a template, changed at will, shown before it leaves if that is wanted."""

    verb = ""
    is_letter = True
    template = forms.ModelChoiceField(LetterTemplate.objects.none(), required=False, empty_label="My own words")
    letter = Lines(label="Your letter to the author", max_length=10_000)
    heard = Turn(most=2**62)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = LetterTemplate.objects.written_for(self.verb)
        self.templates = list(self.fields["template"].queryset)
        self.fields["letter"].widget.attrs["rows"] = 14
        self.initial.setdefault("heard", self.thing.letters.last_word())
        if self.templates:
            self.initial.setdefault("template", self.templates[0].pk)
            self.initial.setdefault("letter", self._begun(self.templates[0]))

    def resume(self, sent, step):
        """Show again what was typed, after a step that is not yet the move."""
        self.initial |= sent.dict()
        if step == "template":
            self.begin_with(self.initial.get("template"))

    def begin_with(self, key):
        """Begin from the template of this key, where there is one; what was typed stays below it."""
        chosen = next((template for template in self.templates if str(template.pk) == key), None)
        if chosen:
            typed = self.initial.get("letter", "")
            kept = "" if self.is_as_begun(typed) else typed.strip()
            self.initial |= {"template": key, "letter": "\n\n".join(filter(None, [self._begun(chosen), kept]))}

    def clean_letter(self):
        letter = self.cleaned_data["letter"]
        if GAP in letter:
            raise forms.ValidationError(f"Fill the gap first: {GAP} stands where your words should.")
        return letter

    @property
    def plain(self):
        """Return the fields that belong to no row of points."""
        return [field for field in self if not field.name.startswith(("weight_", "point_"))]

    @property
    def said(self):
        """Return what the verb is told."""
        template = self.cleaned_data.get("template")
        said = {name: self.cleaned_data[name] for name in ("letter", "heard")}
        return {**said, "reason": template.reason if template else ""}

    def is_as_begun(self, letter):
        """Say whether nobody has changed this letter yet."""
        return normalise(letter) in {normalise(self._begun(template)) for template in self.templates}

    def _begun(self, template):
        return template.begin(self.thing, by=self.by)


class AcceptForm(LetterForm):
    """A letter that may be left out."""

    verb = "accept"
    letter = Lines(label="Your letter to the author", max_length=10_000, required=False)


class DeclineForm(Marked, LetterForm):
    """A letter that says why not: one strength, one thing to improve, and whether a new version is invited."""

    verb = "decline"
    strength = Lines(label="One strength of the piece", max_length=1000)
    improve = Lines(label="One thing that would make it stronger", max_length=1000)
    invited = forms.ChoiceField(
        label="Is a new version invited?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    field_order = ["template", "strength", "improve", "invited", "letter"]

    use_required_attribute = False

    NEEDED = {
        "strength": "Say one thing the piece does well.",
        "improve": "Say one thing that would make it stronger.",
        "invited": "Say whether a new version is invited.",
    }
    marked = tuple(NEEDED)

    INVITED = {
        "yes": "You are invited to send us a new version of it.",
        "no": "We do not ask for a new version of it; another piece is welcome at any time.",
    }
    SENTENCES = {
        "strength": "What we liked: {strength}",
        "improve": "What would make it stronger: {improve}",
        "invited": "{invited}",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("strength", "improve"):
            self.fields[name].help_text = f"Stands in the letter in the place of {{{name}}}."
            self.fields[name].widget.attrs["rows"] = 2

    @property
    def plain(self):
        """Return the fields, but for the answers that this letter does not ask for."""
        return [field for field in super().plain if field.name not in self.NEEDED or self._asks(field)]

    def _asks(self, field):
        key, letter = str(self["template"].value() or ""), self["letter"].value() or ""
        template = next((template for template in self.templates if str(template.pk) == key), None)
        is_asked = template is None or template.asks_for(field.name) or f"{{{field.name}}}" in letter
        return is_asked or field.value() or field.errors

    def clean(self):
        said = super().clean()
        letter = said.get("letter", "")
        for name, complaint in self.NEEDED.items():
            if not said.get(name) and name not in self.errors and self._needs(name, letter):
                self.add_error(name, complaint)
        if not self.errors:
            said["letter"] = self._whole(letter)
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        return {**super().said, "invited": self.cleaned_data["invited"] == "yes"}

    def _needs(self, name, letter):
        template = self.cleaned_data.get("template")
        return template is None or template.asks_for(name) or f"{{{name}}}" in letter

    def _whole(self, letter):
        """Put the three answers where the letter names them, or at its end."""
        words = {name: self.cleaned_data[name] for name in ("strength", "improve")}
        words["invited"] = self.INVITED.get(self.cleaned_data["invited"], "")
        missing = [self.SENTENCES[name] for name, said in words.items() if said and f"{{{name}}}" not in letter]
        return fill("\n\n".join([letter, *missing]), words)


class WriteAuthorForm(LetterForm):
    """A message to the author that decides nothing."""

    verb = "write_author"
    letter = Lines(label="Your message to the author", max_length=10_000)


class RevokeForm(LetterForm):
    """A letter that takes an acceptance back."""

    verb = "revoke"


class AskForChangesForm(PointsForm, LetterForm):
    """A letter, the points that go with it, and the day by which the author sends the changes."""

    verb = "ask_for_changes"
    due = forms.DateField(label="Changes by", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    field_order = ["template", "letter", "due"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        due = promises.after_days(settings.PROMISES["changes_days"])
        self.initial.setdefault("due", timezone.localdate(due))

    @property
    def said(self):
        """Return what the verb is told."""
        return {**super().said, "due": self.cleaned_data["due"], "points": self.points}

    def clean(self):
        said = super().clean()
        if not self.points and self.is_as_begun(said.get("letter", "")):
            self.add_error("letter", "Say what should change: in a point below, or in the letter.")
        return said

    def clean_due(self):
        due = self.cleaned_data["due"]
        if not timezone.localdate() < due < timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Choose a day from tomorrow on, within two years.")
        if holiday := Holiday.objects.overlapping(due, due).first():
            raise forms.ValidationError(f"The desk is closed from {holiday}. Choose a day before or after that.")
        return promises.end_of(due)
