"""The points that go with a letter, and their answers."""

from django import forms

from articles.forms.press import Marked
from articles.models import Point
from forum.lib.forms import Lines

FEWEST_ROWS, MOST_ROWS = 5, 20
WEIGHTS = [("must", "Must: it has to be answered"), ("may", "May: a suggestion")]


class Points(Marked, forms.Form):
    """Rows for numbered points; an empty row asks for nothing."""

    use_required_attribute = False

    rows = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self._add_rows(_count((self.initial if data is None else data).get("rows")))

    def _add_rows(self, count):
        self.initial["rows"] = self.count = count
        self.marked = [f"weight_{row}" for row in range(1, count + 1)]
        for row in range(1, count + 1):
            self.fields[f"point_{row}"] = Lines(label=f"Point {row}", max_length=2000, required=False)
            self.fields[f"point_{row}"].widget.attrs["rows"] = 2
            self.fields[f"weight_{row}"] = forms.ChoiceField(label="It is a", choices=WEIGHTS)

    def resume(self, sent, step):
        """Show again what was typed; one row more where that was pressed."""
        super().resume(sent, step)
        self._add_rows(_count(self.initial["rows"], more=step == "more"))

    @property
    def point_rows(self):
        """Return the rows as pairs of text and weight."""
        return [(self[f"point_{row}"], self[f"weight_{row}"]) for row in range(1, self.count + 1)]

    @property
    def has_room(self):
        return self.count < MOST_ROWS

    @property
    def points(self):
        """Return the points as the verb wants them; who chose no weight means a must."""
        said = self.cleaned_data
        rows = [(said.get(f"weight_{row}") or "must", said.get(f"point_{row}")) for row in range(1, self.count + 1)]
        return [(weight, text) for weight, text in rows if text]


def _count(rows, *, more=False):
    count = int(rows) if str(rows).isdecimal() and len(str(rows)) < 3 else FEWEST_ROWS
    return min(max(count + more, FEWEST_ROWS), MOST_ROWS)


class AnswersForm(Marked, forms.Form):
    """What the author did about each point; half an answer is kept as well."""

    use_required_attribute = False
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data=None, *, letter):
        super().__init__(None if data is None else data.copy(), initial={"version": letter.version})
        self.points, self.other = list(letter.points.all()), {}
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
            "version": said.get("version", -1),
            "answers": {n: (said[f"answer_{n}"], said[f"words_{n}"]) for n in whole},
        }

    def meet(self, letter):
        """Keep what was typed, show what another window saved first, and let the next press replace it."""
        self.data["version"] = letter.version
        self.other = {point.number: point.reply for point in letter.points.all()}
