"""The texts a new site starts with: one file each, its title and standfirst on the first two lines."""

from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


def shipped():
    """Return the fields of every page the project ships with."""
    return [_fields(path) for path in sorted(TEXTS.glob("*.html"))]


def _fields(path):
    title, standfirst, body = path.read_text(encoding="utf-8").split("\n", 2)
    return {"slug": path.stem, "title": title, "standfirst": standfirst, "body": body.strip()}
