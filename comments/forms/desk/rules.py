from forum.lib.desk.seen import SeenForm
from forum.lib.forms import Line, Lines


class RuleForm(SeenForm):
    """The words of a rule."""

    name = Line(label="What breaks the rule", max_length=60, help_text="As in “Removed by the editors: a threat.”")
    one = Line(label="The same behind the number one", max_length=60, help_text="“1 threat”; leave the number out.")
    many = Line(label="The same behind a larger number", max_length=60, help_text="“2 threats”; leave the number out.")
    text = Lines(label="The rule", max_length=600, help_text="Readers and writers see it exactly so.")

    def __init__(self, *args, rule, **kwargs):
        super().__init__(*args, initial=rule.words, **kwargs)
        self.rule = rule

    @property
    def said(self):
        """Return what the verb is told."""
        return {name: self.cleaned_data[name] for name in self.rule.words}
