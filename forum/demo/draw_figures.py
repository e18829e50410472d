"""Draw the four illustrative charts used by the demonstration pieces.

    python -m forum.demo.draw_figures

The numbers are invented to show how a chart looks on a page; every picture says so.
"""

from pathlib import Path

from forum.demo.drawing import (
    BLUE,
    BOLD,
    GREY,
    INK,
    LEFT,
    OCHRE,
    PALE,
    PAPER,
    RIGHT,
    RULE,
    RUST,
    SAGE,
    SANS,
    STONE,
    Sheet,
    curve,
    ink_on,
)

OUT = Path(__file__).resolve().parent / "figures"

SPENDING = [  # who, ten years ago, today
    ("Poland and the Baltics", 2.0, 3.6),
    ("Black Sea allies", 1.6, 2.5),
    ("Nordic allies", 1.3, 2.4),
    ("North America", 2.1, 2.3),
    ("Western Europe", 1.4, 2.0),
    ("Southern Europe", 1.2, 1.6),
]


def alliance_spending():
    """Draw what each group of allies spends on defence, then and now."""
    sheet = Sheet(
        "The nearer the border, the bigger the bill",
        "Illustrative figures: defence spending as a share of national income, per cent",
    )
    _spending_axis(sheet)
    _spending_key(sheet)
    for row, (name, before, now) in enumerate(SPENDING):
        _spending_row(sheet, 318 + row * 82, name, before, now, first=row == 0)
    sheet.save(OUT / "alliance-spending.png")


def _spending_at(value):
    return 500 + 940 * value / 4


def _spending_axis(sheet):
    for value in range(5):
        x = _spending_at(value)
        sheet.line([(x, 286), (x, 770)], RULE, 2)
        sheet.text(x, 778, value, 24, GREY, "ma")
    pledge = _spending_at(2)
    sheet.line([(pledge, 262), (pledge, 770)], GREY, 2)
    sheet.text(pledge, 254, "the 2 per cent pledge of 2014", 24, GREY, "mb")


def _spending_key(sheet):
    sheet.dot(LEFT + 12, 236, 10, STONE)
    sheet.text(LEFT + 34, 236, "ten years ago", 24, GREY, "lm")
    sheet.dot(LEFT + 242, 236, 10, BLUE)
    sheet.text(LEFT + 264, 236, "today", 24, BLUE, "lm", BOLD)


def _spending_row(sheet, y, name, before, now, *, first):
    then, today = _spending_at(before), _spending_at(now)
    colour = RUST if first else BLUE
    sheet.text(460, y, name, 28, INK, "rm", BOLD if first else SANS)
    sheet.line([(then, y), (today, y)], RUST if first else PALE, 10)
    sheet.dot(then, y, 13, STONE)
    sheet.dot(today, y, 18, colour)
    sheet.text(today + 34, y, f"{now:.1f}", 27, colour, "lm", BOLD)


COSTS = [("making and shipping", BLUE), ("carbon price paid at home", OCHRE), ("border charge", RUST)]
BARS = [
    ("Made at home,", "carbon priced", (560, 90, 0)),
    ("Imported,", "no border charge", (580, 0, 0)),
    ("Imported,", "with border charge", (580, 0, 150)),
    ("Imported,", "carbon priced abroad", (580, 120, 30)),
]
FLOOR, BAR = 720, 220  # where the bars stand, and their width


def carbon_border():
    """Draw what a tonne of steel costs at the port, and who is paid."""
    sheet = Sheet(
        "The same steel, and who collects",
        "Illustrative figures: cost of a tonne of steel at a European port, in euros",
    )
    _cost_axis(sheet)
    sheet.key(227, COSTS, gap=48)
    for n, bar in enumerate(BARS):
        _cost_bar(sheet, 180 + n * 348, *bar)
    sheet.save(OUT / "carbon-border.png")


def _cost_height(value):
    return 440 * value / 800


def _cost_axis(sheet):
    for value in (0, 200, 400, 600):
        y = FLOOR - _cost_height(value)
        sheet.line([(LEFT + 60, y), (RIGHT, y)], RULE if value else INK, 2 if value else 3)
        sheet.text(LEFT + 44, y, value, 24, GREY, "rm")


def _cost_bar(sheet, x, first, second, costs):
    y, middle = FLOOR, x + BAR / 2
    for value, (_, colour) in zip(costs, COSTS, strict=True):
        if value:
            y = _cost_part(sheet, x, y, value, colour)
    sheet.box(x + 60, y - 50, x + BAR - 60, y - 3, PAPER)  # keep the rule off the number
    sheet.text(middle, y - 10, sum(costs), 32, INK, "mb", BOLD)
    sheet.text(middle, FLOOR + 16, first, 25, INK, "ma")
    sheet.text(middle, FLOOR + 50, second, 25, INK, "ma")


def _cost_part(sheet, x, y, value, colour):
    """Stack one cost on the bar, which has reached y, and return what it reaches now."""
    height = _cost_height(value)
    top, middle = y - height, y - height / 2
    sheet.box(x, top, x + BAR, y, colour)
    if height > 40:
        sheet.text(x + BAR / 2, middle, value, 27, ink_on(colour), "mm")
    else:
        sheet.text(x + BAR + 14, middle, value, 27, colour, "lm", BOLD)
    sheet.box(x, top, x + BAR, top + 2, PAPER)
    return top


PLACES = {
    "North America": (270, 318, 40, "above"),
    "Latin America": (430, 690, 34, "below"),
    "Europe": (790, 440, 44, "above"),
    "Africa": (760, 700, 42, "below"),
    "Middle East": (1060, 560, 32, "right"),
    "South Asia": (1330, 680, 38, "below"),
    "East Asia": (1370, 318, 36, "above"),
}
FLOWS = [  # from, to, millions, bend
    ("Latin America", "North America", 26, 0.16),
    ("South Asia", "Middle East", 20, 0.12),
    ("Africa", "Europe", 11, 0.14),
    ("Middle East", "Europe", 8, 0.16),
    ("East Asia", "North America", 7, 0.1),  # over the top, as the map is cut at the Pacific
    ("East Asia", "Europe", 6, 0.1),
    ("Africa", "Middle East", 5, -0.2),
]


def migration_corridors():
    """Draw between which regions people have moved."""
    sheet = Sheet(
        "Most journeys are short ones",
        "Illustrative figures: people living outside the region of their birth, in millions",
    )
    for start, end, size, bend in sorted(FLOWS, key=lambda flow: flow[2]):
        _flow(sheet, curve(PLACES[start][:2], PLACES[end][:2], bend), size)
    for name, place in PLACES.items():
        _place(sheet, name, *place)
    sheet.save(OUT / "migration-corridors.png")


def _flow(sheet, points, size):
    colour = RUST if size >= 20 else OCHRE if size >= 8 else PALE
    thick = max(4, round(size * 0.8))
    sheet.line(points, colour, thick)
    for x, y in points:  # round the joints
        sheet.dot(x, y, thick / 2, colour, rim=0)
    x, y = points[len(points) // 2]
    sheet.dot(x, y, 25, PAPER, colour, 3)
    sheet.text(x, y, size, 25, INK, "mm", BOLD)


def _place(sheet, name, x, y, r, side):
    sheet.dot(x, y, r, BLUE, rim=6)
    if side == "above":
        sheet.text(x, y - r - 14, name, 28, INK, "mb", BOLD)
    elif side == "below":
        sheet.text(x, y + r + 14, name, 28, INK, "ma", BOLD)
    else:
        sheet.text(x + r + 4, y - 38, name, 28, INK, "lm", BOLD)


SOURCES = [
    ("Coal", INK),
    ("Gas", STONE),
    ("Hydro and geothermal", SAGE),
    ("Sun and wind", OCHRE),
    ("Nuclear", BLUE),
]
MIXES = [
    ("Today", "as it stands", (52, 24, 16, 8, 0)),
    ("2045, without", "reactors", (14, 22, 20, 44, 0)),
    ("2045, with", "reactors", (6, 13, 20, 40, 21)),
]
START, BAND = 350, 96  # where the bands begin, and their height


def grid_mix():
    """Draw where an island's electricity comes from, now and on two roads."""
    sheet = Sheet(
        "Three ways to keep the lights on",
        "Illustrative figures: share of electricity in an imagined island state, per cent",
    )
    sheet.key(239, SOURCES, gap=44)
    for n, mix in enumerate(MIXES):
        _mix(sheet, 322 + n * 158, *mix)
    for share in (0, 25, 50, 75, 100):
        x = START + _share_width(share)
        sheet.line([(x, 752), (x, 764)], GREY, 2)
        sheet.text(x, 770, share, 24, GREY, "ma")
    sheet.save(OUT / "grid-mix.png")


def _share_width(share):
    return (RIGHT - START) * share / 100


def _mix(sheet, y, first, second, shares):
    middle, x = y + BAND / 2, START
    sheet.text(LEFT, middle - 18, first, 28, INK, "lm", BOLD)
    sheet.text(LEFT, middle + 18, second, 25, GREY, "lm")
    for share, (_, colour) in zip(shares, SOURCES, strict=True):
        if share:
            end = x + _share_width(share)
            sheet.box(x, y, end, y + BAND, colour)
            sheet.box(end - 3, y, end, y + BAND, PAPER)
            sheet.text(x + _share_width(share) / 2, middle, share, 28, ink_on(colour), "mm", BOLD)
            x = end


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for draw in (alliance_spending, carbon_border, migration_corridors, grid_mix):
        draw()
