from django import forms

from forum.lib.forms import Turn


class TurnForm(forms.Form):
    """What a moderator had seen of a comment's history when she pressed."""

    seen = Turn()

    @property
    def turn(self):
        """Return the turn she saw, or one that never was where none can be read."""
        self.full_clean()
        return self.cleaned_data["seen"]
