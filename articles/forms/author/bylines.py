from django import forms

from accounts.forms import CalledForm
from articles.forms.author.writing import AboutForm, PlaceForm
from articles.models.private.authorship import CONSENT
from forum.lib.forms import Lines, Name


class DeclareForm(PlaceForm, AboutForm):
    """What the author of a commissioned piece agrees to and declares, all on one page."""

    agrees = forms.BooleanField(label=CONSENT, error_messages={"required": "Tick this to agree."})

    use_required_attribute = False

    def clean(self):
        said = super().clean()
        self.ask_for_the_rest()
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        return {"byline": self.byline(), "about": self.about(), "declarations": self.declarations()}


class BylineForm(CalledForm):
    """How a co-author is printed."""

    name = Name(
        label="Your name as printed", max_length=120,
        error_messages={"required": "Write your name as it should be printed."},
    )  # fmt: skip
    biography = Lines(
        label="Two lines about you", max_length=400, required=False,
        help_text="Printed under the piece: what you study or do, and where.",
    )  # fmt: skip

    @property
    def already(self):
        """Return how she is printed now, as others named her."""
        return self.initial.get("name", "")


class ConsentForm(BylineForm):
    """What a co-author says to being printed as one."""

    agrees = forms.BooleanField(label=CONSENT, error_messages={"required": "Tick this to agree."})
