"""The points that go with a letter."""

from django import forms

from articles.forms.needed import Marked
from forum.lib.forms import Lines

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
