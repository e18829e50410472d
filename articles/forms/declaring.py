from django import forms

from articles.forms.writing import AboutForm, PlaceForm
from articles.models.inviting import CONSENT
from forum.lib.forms import Lines


class DeclareForm(PlaceForm, AboutForm):
    """What the author of a commissioned piece agrees to and declares, all on one page."""

    agrees = forms.BooleanField(label=CONSENT, error_messages={"required": "Tick this to agree."})

    use_required_attribute = False

    def clean(self):
        said = super().clean()
        for name, sentence in self.NEEDED.items():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        self.is_answered()
        return said

    @property
    def said(self):
        """Return what the verb is told."""
        return {"byline": self.byline(), "about": self.about(), "declarations": self.declarations()}


class ConsentForm(forms.Form):
    """What a co-author says to being printed as one."""

    biography = Lines(
        label="Two lines about you", max_length=400, required=False,
        help_text="Printed under the piece: what you study or do, and where.",
    )  # fmt: skip
    agrees = forms.BooleanField(label=CONSENT, error_messages={"required": "Tick this to agree."})
