"""The points that go with a letter, and their answers."""

from django import forms

from articles.forms.press import Marked
from articles.models import Point
from forum.lib.desk.seen import OVERTAKEN
from forum.lib.forms import Lines, Turn

FEWEST_ROWS, MOST_ROWS = 5, 20
WEIGHTS = [("must", "Must: it has to be answered"), ("may", "May: a suggestion")]


class PointsForm(Marked, forms.Form):
    """Rows for numbered points, as many as were sent; an empty row asks for nothing."""

    use_required_attribute = False
    typed = {r"point_\d+": ""}  # by its number

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self._add_rows(_count(self.initial if data is None else data))

    def _add_rows(self, count):
        self.count = count
        self.marked = [f"weight_{row}" for row in range(1, count + 1)]
        for row in range(1, count + 1):
            self.fields[f"point_{row}"] = Lines(label=f"Point {row}", max_length=2000, required=False)
            self.fields[f"point_{row}"].widget.attrs["rows"] = 2
            self.fields[f"weight_{row}"] = forms.ChoiceField(label="It is a", choices=WEIGHTS)

    def resume(self, sent, step):
        """Show again what was typed; one row more where that was pressed."""
        super().resume(sent, step)
        self._add_rows(_count(sent, more=step == "more"))

    def clean(self):
        """Ask of each point whether it has to be answered; who did not say it means neither."""
        said = super().clean()
        for row in range(1, self.count + 1):
            weight = f"weight_{row}"
            if said.get(f"point_{row}") and not said.get(weight) and weight not in self.errors:
                self.add_error(weight, "Say whether it has to be answered.")
        return said

    @property
    def point_rows(self):
        """Return the rows as pairs of text and weight."""
        return [(self[f"point_{row}"], self[f"weight_{row}"]) for row in range(1, self.count + 1)]

    @property
    def has_room(self):
        return self.count < MOST_ROWS

    @property
    def points(self):
        """Return the points as the verb wants them."""
        said = self.cleaned_data
        rows = [(said.get(f"weight_{row}"), said.get(f"point_{row}")) for row in range(1, self.count + 1)]
        return [(weight, text) for weight, text in rows if text]


def _count(sent, *, more=False):
    rows = [row for row in range(1, MOST_ROWS + 1) if f"point_{row}" in sent]
    return min(max([FEWEST_ROWS, *rows]) + more, MOST_ROWS)


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
