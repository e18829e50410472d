from django import forms

from articles.forms.needed import Marked
from articles.models import Point
from forum.lib.forms import OVERTAKEN, Lines, Turn


class AnswersForm(Marked, forms.Form):
    """What the author did about each point; half an answer is kept as well."""

    use_required_attribute = False
    typed = {r"words_\d+": "In your words"}
    version = Turn()

    def __init__(self, data=None, *, letter):
        super().__init__(None if data is None else data.copy(), initial={"version": letter.version})
        self.letter, self.points, self.other = letter, list(letter.points.all()), {}
        self.marked = [f"answer_{point.number}" for point in self.points if point.weight == Point.Weight.MUST]
        for point in self.points:
            self.fields[f"answer_{point.number}"] = forms.ChoiceField(
                label="What did you do?",
                choices=[(answer.value, answer.label.capitalize()) for answer in Point.Answer],
                initial=point.answer,
                required=point.weight == Point.Weight.MUST,
                widget=forms.RadioSelect,
            )
            self.fields[f"words_{point.number}"] = Lines(
                label="In your words",
                max_length=3000,
                initial=point.words,
                required=False,
                help_text="Needed where you did it differently, or not.",
            )

    @property
    def answered(self):
        """Return the points with their two fields, and what another window saved first."""
        return [
            (point, self[f"answer_{point.number}"], self[f"words_{point.number}"], self.other.get(point.number))
            for point in self.points
        ]

    def saved(self):
        """Return what is fit to be saved, and the version the author saw."""
        said, numbers = self.cleaned_data, [point.number for point in self.points]
        whole = [n for n in numbers if f"answer_{n}" in said and f"words_{n}" in said]
        return {
            "version": said["version"],
            "answers": {n: (said[f"answer_{n}"], said[f"words_{n}"]) for n in whole},
        }

    def show(self, version):
        """Go on from the `version` that was just saved, or seen."""
        self.letter.version = self.data["version"] = version

    def meet(self, letter):
        """Keep what was typed, show what another window saved first, and let the next press replace it."""
        self.show(letter.version)
        self.add_error(None, OVERTAKEN)
        self.other = {point.number: point.reply for point in letter.points.all()}
