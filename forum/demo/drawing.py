"""The paper, the colours and the pen of the demonstration's charts."""

from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont

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
COLOURS = (PAPER, INK, GREY, RULE, BLUE, RUST, OCHRE, SAGE, STONE, PALE)

FONTS = Path("/usr/share/fonts/truetype/dejavu")
SANS, BOLD, SERIF = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif-Bold"


def font(size, face=SANS):
    """Return a face at a size, or Pillow's own where the fonts are not installed."""
    try:
        return ImageFont.truetype(str(FONTS / f"{face}.ttf"), size * S)
    except OSError:
        return ImageFont.load_default(size * S)


def blend(colour, ground, part):
    """Return a colour moved part of the way towards another."""
    ends = zip(ImageColor.getrgb(colour), ImageColor.getrgb(ground), strict=True)
    return tuple(round(a + (b - a) * part) for a, b in ends)


def ink_on(colour):
    """Return the ink that reads well on a colour."""
    return INK if colour in (STONE, OCHRE, SAGE) else PAPER


def palette():
    """Return the colours of the charts, each with steps towards paper and ink for smooth edges."""
    steps = [(PAPER, part) for part in (0, 0.2, 0.4, 0.6, 0.8)] + [(INK, part) for part in (0.35, 0.7)]
    colours = dict.fromkeys(blend(colour, *step) for colour in COLOURS for step in steps)
    image = Image.new("P", (1, 1))
    image.putpalette([value for colour in colours for value in colour])
    return image


def curve(a, b, bend, steps=60):
    """Return the points of a curved line from a to b, bent to one side."""
    (ax, ay), (bx, by) = a, b
    cx, cy = (ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend
    return [
        (
            (1 - t) ** 2 * ax + 2 * (1 - t) * t * cx + t * t * bx,
            (1 - t) ** 2 * ay + 2 * (1 - t) * t * cy + t * t * by,
        )
        for t in (n / steps for n in range(steps + 1))
    ]


class Sheet:
    """A page of 1600 by 900 units with a headline, a subtitle and a foot."""

    def __init__(self, title, subtitle):
        self.image = Image.new("RGB", (W * S, H * S), PAPER)
        self.draw = ImageDraw.Draw(self.image)
        self.box(LEFT, 56, LEFT + 84, 64, RUST)
        self.text(LEFT, 82, title, 46, face=SERIF)
        self.text(LEFT, 148, subtitle, 27, GREY)
        self.line([(LEFT, 838), (RIGHT, 838)], RULE, 2)
        self.text(LEFT, 850, "Illustrative figures, drawn for the Forum", 21, GREY)

    def text(self, x, y, words, size, fill=INK, anchor="la", face=SANS):
        """Write words; the anchor says which point of them stands at x and y."""
        self.draw.text((x * S, y * S), str(words), font=font(size, face), fill=fill, anchor=anchor)

    def box(self, x0, y0, x1, y1, fill):
        """Fill a rectangle."""
        self.draw.rectangle([x0 * S, y0 * S, x1 * S - 1, y1 * S - 1], fill=fill)

    def line(self, points, fill, width):
        """Draw a line through points."""
        self.draw.line([(x * S, y * S) for x, y in points], fill=fill, width=width * S, joint="curve")

    def dot(self, x, y, r, fill, edge=PAPER, rim=4):
        """Fill a circle, set off from what lies under it by a rim."""
        if rim:
            self._disc(x, y, r + rim, edge)
        self._disc(x, y, r, fill)

    def _disc(self, x, y, r, fill):
        self.draw.ellipse([(x - r) * S, (y - r) * S, (x + r) * S, (y + r) * S], fill=fill)

    def key(self, y, entries, gap):
        """Say in one row which colour stands for what."""
        x = LEFT
        for words, colour in entries:
            self.box(x, y - 13, x + 26, y + 13, colour)
            self.text(x + 40, y, words, 24, anchor="lm")
            x += 40 + self.draw.textlength(words, font=font(24)) / S + gap

    def save(self, path):
        """Reduce the page to its size and few colours, and keep it."""
        small = self.image.resize((W, H), Image.Resampling.LANCZOS)
        small.quantize(palette=palette(), dither=Image.Dither.NONE).save(path, optimize=True)
        print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
