"""The letters of a guest who was asked to decide."""

from articles.forms.desk.letters import AcceptForm, AskForChangesForm, DeclineForm


class ByGuest:
    """Mix in first: a letter of the desk without its templates, which speak for the house."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["template"]
        self.templates = []
        self.initial.pop("letter", None)


class GuestAcceptForm(ByGuest, AcceptForm):
    """A letter that may be left out."""


class GuestChangesForm(ByGuest, AskForChangesForm):
    """A letter, numbered points, and the day by which the author sends the changes."""


class GuestDeclineForm(ByGuest, DeclineForm):
    """A letter with one strength, one thing to improve, and whether a new version is invited."""
