"""The version of a text that its writer saw, and what her form does when somebody else saved first."""

from django import forms

from forum.lib.forms import OVERTAKEN, Turn


class VersionedForm(forms.Form):
    """A form over a text that two people may have open."""

    version = Turn()

    def renew(self, **turns):
        """Show this form again so that the next press saves over what somebody else saved meanwhile."""
        self.data = self.data.copy()
        for name, value in turns.items():
            self.data[name] = value

    def meet(self, words=OVERTAKEN, **turns):
        """Show this form again, and say that somebody else saved first."""
        self.renew(**turns)
        self.add_error(None, words)
