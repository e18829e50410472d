"""What the site says about its own work: numbers by year, of which small ones stay hidden from the public."""

from dataclasses import dataclass
from statistics import median

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


class Public:
    """What everybody is told: no number that is so small that it might tell of single people."""

    @staticmethod
    def number(number):
        """Return the number, or `HIDDEN` where it is small."""
        return HIDDEN if number < SMALLEST else number

    @staticmethod
    def middle(numbers):
        """Return the median, or `HIDDEN` where it is of few."""
        return median(numbers) if len(numbers) >= SMALLEST else HIDDEN

    @staticmethod
    def parts(parts):
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


class Desk:
    """What those who answer for the magazine are told: every number, and no median of nothing."""

    @staticmethod
    def number(number):
        """Return the number as it is."""
        return number

    @staticmethod
    def middle(numbers):
        """Return the median, or `HIDDEN` where there is none."""
        return median(numbers) if numbers else HIDDEN

    @staticmethod
    def parts(parts):
        """Return the parts as they are."""
        return parts
