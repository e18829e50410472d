"""What the site says in public about its own work: numbers by year, of which small ones stay hidden."""

from dataclasses import dataclass

SMALLEST = 5
HIDDEN = None


@dataclass(frozen=True)
class Figures:
    """One table: the years it covers, the newest first, and for each measure a cell for every year.

    `notes` is the template that says how it was counted.
    """

    title: str
    years: list[int]
    measures: dict[str, list]
    notes: str

    @classmethod
    def of(cls, title, years, *, notes):
        """Make a table of what was counted in each year: a dictionary of the same measures for all."""
        newest_first = sorted(years, reverse=True)
        measures = list(next(iter(years.values()), ()))
        cells = {measure: [years[year][measure] for year in newest_first] for measure in measures}
        return cls(title, newest_first, cells, notes)

    def __iter__(self):
        """Go through its cells as (measure, year, number)."""
        for measure, cells in self.measures.items():
            for year, number in zip(self.years, cells, strict=True):
                yield measure, year, number


def shown(number):
    """Return a number fit to be told, or `HIDDEN` where it is so small that it might tell of single people."""
    return HIDDEN if number < SMALLEST else number


def shown_parts(parts):
    """Return the parts of a total that is told, with as many hidden as keep a small one from being worked out.

    One hidden part is the total less the others; so are several that add up to little. The smallest of the
    larger parts are hidden with them until at least two are, and they add up to `SMALLEST`.
    """
    order = sorted(parts, key=parts.get)
    count = sum(number < SMALLEST for number in parts.values())
    while 0 < count < len(order) and (count < 2 or sum(parts[part] for part in order[:count]) < SMALLEST):
        count += 1
    hidden = set(order[:count])
    return {part: HIDDEN if part in hidden else number for part, number in parts.items()}
