from comments.forms.desk.deciding import RuledForm
from forum.lib.forms import Ticks

MOST = 50


class TogetherForm(RuledForm):
    """One decision about several comments, each checked against what was seen of it."""

    ticked = Ticks("comments", most=MOST)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].help_text = "Not needed to approve or to keep; spam goes by its own."
        self.fields["reason"].help_text = "Every one of their writers reads this when you hide or remove."

    @property
    def ticks(self):
        """Return what was ticked, whether or not it can be used, as it stands in the page."""
        return set(self["ticked"].value() or ())
