"""Draw the four illustrative charts used by the demonstration pieces.

    python forum/demo/draw_figures.py

The numbers are invented to show how a chart looks on a page; every picture says so.
"""

from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

OUT = Path(__file__).resolve().parent / "figures"
W, H = 1600, 900
S = 2  # drawn at twice the size, then reduced, for smooth edges
LEFT, RIGHT = 90, W - 90

PAPER = "#faf7f1"
INK = "#22282e"
GREY = "#626a70"
RULE = "#d9d3c7"
BLUE = "#1f4e6b"
RUST = "#b0532f"
OCHRE = "#c99a3b"
SAGE = "#6f8f7b"
STONE = "#a9aca8"
PALE = "#b9ccd6"

FONTS = Path("/usr/share/fonts/truetype/dejavu")


def font(size, face="DejaVuSans"):
    try:
        return ImageFont.truetype(str(FONTS / f"{face}.ttf"), size * S)
    except OSError:
        return ImageFont.load_default(size * S)


def palette():
    """The colours of the charts, each with steps towards paper and ink for smooth edges."""
    colours = []
    for colour in (PAPER, INK, GREY, RULE, BLUE, RUST, OCHRE, SAGE, STONE, PALE):
        here = ImageColor.getrgb(colour)
        for ground, parts in ((PAPER, (0, 0.2, 0.4, 0.6, 0.8)), (INK, (0.35, 0.7))):
            there = ImageColor.getrgb(ground)
            colours += [
                tuple(
                    round(a + (b - a) * part) for a, b in zip(here, there, strict=True)
                )
                for part in parts
            ]
    image = Image.new("P", (1, 1))
    image.putpalette([value for colour in dict.fromkeys(colours) for value in colour])
    return image


class Sheet:
    """A page of 1600 by 900 units with a headline, a subtitle and a foot."""

    def __init__(self, title, subtitle):
        self.image = Image.new("RGB", (W * S, H * S), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.box(LEFT, 56, LEFT + 84, 64, RUST)
        self.text(LEFT, 82, title, 46, INK, face="DejaVuSerif-Bold")
        self.text(LEFT, 148, subtitle, 27, GREY)
        self.line([(LEFT, 838), (RIGHT, 838)], RULE, 2)
        self.text(LEFT, 850, "Illustrative figures, drawn for the Forum", 21, GREY)

    def text(self, x, y, words, size, fill=INK, anchor="la", face="DejaVuSans"):
        self.draw.text(
            (x * S, y * S), words, font=font(size, face), fill=fill, anchor=anchor
        )

    def box(self, x0, y0, x1, y1, fill):
        self.draw.rectangle([x0 * S, y0 * S, x1 * S - 1, y1 * S - 1], fill=fill)

    def line(self, points, fill, width):
        self.draw.line(
            [(x * S, y * S) for x, y in points],
            fill=fill,
            width=width * S,
            joint="curve",
        )

    def dot(self, x, y, r, fill, edge=PAPER, rim=4):
        if rim:
            q = r + rim
            self.draw.ellipse(
                [(x - q) * S, (y - q) * S, (x + q) * S, (y + q) * S], fill=edge
            )
        self.draw.ellipse(
            [(x - r) * S, (y - r) * S, (x + r) * S, (y + r) * S], fill=fill
        )

    def save(self, name):
        small = self.image.resize((W, H), Image.Resampling.LANCZOS)
        small = small.quantize(palette=palette(), dither=Image.Dither.NONE)
        path = OUT / name
        small.save(path, optimize=True)
        print(f"{name}: {path.stat().st_size / 1000:.0f} kB")


def alliance_spending():
    s = Sheet(
        "The nearer the border, the bigger the bill",
        "Illustrative figures: defence spending as a share of national income, per cent",
    )
    groups = [
        ("Poland and the Baltics", 2.0, 3.6),
        ("Black Sea allies", 1.6, 2.5),
        ("Nordic allies", 1.3, 2.4),
        ("North America", 2.1, 2.3),
        ("Western Europe", 1.4, 2.0),
        ("Southern Europe", 1.2, 1.6),
    ]
    x0, x1, top, step = 500, 1440, 318, 82

    def at(value):
        return x0 + (x1 - x0) * value / 4

    for value in range(5):
        s.line([(at(value), 286), (at(value), 770)], RULE, 2)
        s.text(at(value), 778, f"{value}", 24, GREY, "ma")
    s.line([(at(2), 262), (at(2), 770)], GREY, 2)
    s.text(at(2), 254, "the 2 per cent pledge of 2014", 24, GREY, "mb")
    s.dot(LEFT + 12, 236, 10, STONE)
    s.text(LEFT + 34, 236, "ten years ago", 24, GREY, "lm")
    s.dot(LEFT + 242, 236, 10, BLUE)
    s.text(LEFT + 264, 236, "today", 24, BLUE, "lm", "DejaVuSans-Bold")
    for row, (name, before, now) in enumerate(groups):
        y = top + row * step
        first = row == 0
        s.text(
            x0 - 40,
            y,
            name,
            28,
            INK,
            "rm",
            "DejaVuSans-Bold" if first else "DejaVuSans",
        )
        s.line([(at(before), y), (at(now), y)], RUST if first else PALE, 10)
        s.dot(at(before), y, 13, STONE)
        s.dot(at(now), y, 18, RUST if first else BLUE)
        s.text(
            at(now) + 34,
            y,
            f"{now:.1f}",
            27,
            RUST if first else BLUE,
            "lm",
            "DejaVuSans-Bold",
        )
    s.save("alliance-spending.png")


def carbon_border():
    s = Sheet(
        "The same steel, and who collects",
        "Illustrative figures: cost of a tonne of steel at a European port, in euros",
    )
    bars = [
        ("Made at home,", "carbon priced", 560, 90, 0),
        ("Imported,", "no border charge", 580, 0, 0),
        ("Imported,", "with border charge", 580, 0, 150),
        ("Imported,", "carbon priced abroad", 580, 120, 30),
    ]
    base, height, width = 720, 440, 220
    x0, gap = 180, 348

    def up(value):
        return height * value / 800

    for value in (0, 200, 400, 600):
        y = base - up(value)
        s.line(
            [(LEFT + 60, y), (RIGHT, y)],
            INK if value == 0 else RULE,
            3 if value == 0 else 2,
        )
        s.text(LEFT + 44, y, f"{value}", 24, GREY, "rm")
    keys = [
        (BLUE, "making and shipping"),
        (OCHRE, "carbon price paid at home"),
        (RUST, "border charge"),
    ]
    x = LEFT
    for colour, words in keys:
        s.box(x, 214, x + 26, 240, colour)
        s.text(x + 40, 227, words, 24, INK, "lm")
        x += 40 + s.draw.textlength(words, font=font(24)) / S + 48
    for n, (first, second, make, carbon, border) in enumerate(bars):
        x = x0 + n * gap
        y = base
        for value, colour in ((make, BLUE), (carbon, OCHRE), (border, RUST)):
            if value:
                s.box(x, y - up(value), x + width, y, colour)
                if up(value) > 40:
                    ink = INK if colour == OCHRE else PAPER
                    s.text(x + width / 2, y - up(value) / 2, f"{value}", 27, ink, "mm")
                else:
                    s.text(
                        x + width + 14,
                        y - up(value) / 2,
                        f"{value}",
                        27,
                        colour,
                        "lm",
                        "DejaVuSans-Bold",
                    )
                y -= up(value)
                s.box(x, y, x + width, y + 2, PAPER)
        s.box(
            x + 60, y - 50, x + width - 60, y - 3, PAPER
        )  # keep the rule off the number
        s.text(
            x + width / 2,
            y - 10,
            f"{make + carbon + border}",
            32,
            INK,
            "mb",
            "DejaVuSans-Bold",
        )
        s.text(x + width / 2, base + 16, first, 25, INK, "ma")
        s.text(x + width / 2, base + 50, second, 25, INK, "ma")
    s.save("carbon-border.png")


def curve(a, b, bend, steps=60):
    """Points of a curved line from a to b, bent to one side."""
    (ax, ay), (bx, by) = a, b
    cx, cy = (ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend
    return [
        (
            (1 - t) ** 2 * ax + 2 * (1 - t) * t * cx + t * t * bx,
            (1 - t) ** 2 * ay + 2 * (1 - t) * t * cy + t * t * by,
        )
        for t in (n / steps for n in range(steps + 1))
    ]


def migration_corridors():
    s = Sheet(
        "Most journeys are short ones",
        "Illustrative figures: people living outside the region of their birth, in millions",
    )
    places = {
        "North America": (270, 318, 40, "above"),
        "Latin America": (430, 690, 34, "below"),
        "Europe": (790, 440, 44, "above"),
        "Africa": (760, 700, 42, "below"),
        "Middle East": (1060, 560, 32, "right"),
        "South Asia": (1330, 680, 38, "below"),
        "East Asia": (1370, 318, 36, "above"),
    }
    flows = [
        ("Latin America", "North America", 26, 0.16),
        ("South Asia", "Middle East", 20, 0.12),
        ("Africa", "Europe", 11, 0.14),
        ("Middle East", "Europe", 8, 0.16),
        ("East Asia", "North America", 7, 0.0),
        ("East Asia", "Europe", 6, 0.06),
        ("Africa", "Middle East", 5, -0.2),
    ]
    for start, end, size, bend in sorted(flows, key=lambda flow: flow[2]):
        colour = RUST if size >= 20 else OCHRE if size >= 8 else PALE
        a, b = places[start][:2], places[end][:2]
        if start == "East Asia":  # over the top, as the map is cut at the Pacific
            points = curve(a, b, 0.1)
        else:
            points = curve(a, b, bend)
        thick = max(4, round(size * 0.8))
        s.line(points, colour, thick)
        for x, y in points:  # round the joints
            s.dot(x, y, thick / 2, colour, rim=0)
        x, y = points[len(points) // 2]
        words = f"{size}"
        s.dot(x, y, 25, PAPER, colour, 3)
        s.text(x, y, words, 25, INK, "mm", "DejaVuSans-Bold")
    for name, (x, y, r, side) in places.items():
        s.dot(x, y, r, BLUE, PAPER, 6)
        if side == "above":
            s.text(x, y - r - 14, name, 28, INK, "mb", "DejaVuSans-Bold")
        elif side == "below":
            s.text(x, y + r + 14, name, 28, INK, "ma", "DejaVuSans-Bold")
        else:
            s.text(x + r + 4, y - 38, name, 28, INK, "lm", "DejaVuSans-Bold")
    s.save("migration-corridors.png")


def grid_mix():
    s = Sheet(
        "Three ways to keep the lights on",
        "Illustrative figures: share of electricity in an imagined island state, per cent",
    )
    sources = ["Coal", "Gas", "Hydro and geothermal", "Sun and wind", "Nuclear"]
    colours = [INK, STONE, SAGE, OCHRE, BLUE]
    rows = [
        ("Today", "as it stands", (52, 24, 16, 8, 0)),
        ("2045, without", "reactors", (14, 22, 20, 44, 0)),
        ("2045, with", "reactors", (6, 13, 20, 40, 21)),
    ]
    x0, x1, top, step, thick = 350, RIGHT, 322, 158, 96
    x = LEFT
    for name, colour in zip(sources, colours, strict=True):
        s.box(x, 226, x + 26, 252, colour)
        s.text(x + 40, 239, name, 24, INK, "lm")
        x += 40 + s.draw.textlength(name, font=font(24)) / S + 44
    for n, (first, second, shares) in enumerate(rows):
        y = top + n * step
        s.text(LEFT, y + thick / 2 - 18, first, 28, INK, "lm", "DejaVuSans-Bold")
        s.text(LEFT, y + thick / 2 + 18, second, 25, GREY, "lm")
        x = x0
        for share, colour in zip(shares, colours, strict=True):
            if not share:
                continue
            wide = (x1 - x0) * share / 100
            s.box(x, y, x + wide, y + thick, colour)
            s.box(x + wide - 3, y, x + wide, y + thick, PAPER)
            ink = INK if colour in (STONE, OCHRE, SAGE) else PAPER
            s.text(
                x + wide / 2,
                y + thick / 2,
                f"{share}",
                28,
                ink,
                "mm",
                "DejaVuSans-Bold",
            )
            x += wide
    for share in (0, 25, 50, 75, 100):
        x = x0 + (x1 - x0) * share / 100
        s.line([(x, 752), (x, 764)], GREY, 2)
        s.text(x, 770, f"{share}", 24, GREY, "ma")
    s.save("grid-mix.png")


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    alliance_spending()
    carbon_border()
    migration_corridors()
    grid_mix()
