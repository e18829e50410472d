"""What is said to an author about her Word file: one sentence for each thing changed or left out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """One thing changed or left out: a code, a sentence fit to show, and how often it happened."""

    code: str
    text: str
    count: int


# In the order they are shown: what needs a hand first.
_SENTENCES = {
    "title_missing": ("No title was found. Please write it above the text.",) * 2,
    "raised": (
        "1 raised number looks like a note but is not a Word footnote. Use References → Insert Footnote.",
        "{} raised numbers look like notes but are not Word footnotes. Use References → Insert Footnote.",
    ),
    "picture_alt": (
        "1 picture has no alternative text. Say in a few words what it shows.",
        "{} pictures have no alternative text. Say in a few words what each shows.",
    ),
    "picture_format": (
        "1 picture was left out: it is in a format that cannot be shown. Insert it as JPEG or PNG.",
        "{} pictures were left out: they are in a format that cannot be shown. Insert them as JPEG or PNG.",
    ),
    "picture_missing": (
        "1 picture was left out: it is only linked, not in the file. Insert it into the document.",
        "{} pictures were left out: they are only linked, not in the file. Insert them into the document.",
    ),
    "drawing": (
        "1 chart, diagram or embedded object may be missing. Insert it as a picture.",
        "{} charts, diagrams or embedded objects may be missing. Insert them as pictures.",
    ),
    "equation": (
        "1 equation was turned into plain text. Please check it.",
        "{} equations were turned into plain text. Please check them.",
    ),
    "textbox": (
        "The text of 1 text box was moved into the column. Please check where it stands.",
        "The text of {} text boxes was moved into the column. Please check where it stands.",
    ),
    "struck": (
        "1 passage is struck through in Word; it was kept as ordinary text.",
        "{} passages are struck through in Word; they were kept as ordinary text.",
    ),
    "inserted": ("1 tracked insertion was kept.", "{} tracked insertions were kept."),
    "deleted": ("1 tracked deletion was carried out.", "{} tracked deletions were carried out."),
    "moved": (
        "1 passage moved with tracking stands in its new place.",
        "{} passages moved with tracking stand in their new places.",
    ),
    "comment": ("1 comment was left out.", "{} comments were left out."),
    "hidden": ("1 hidden word was left out.", "{} hidden words were left out."),
    "header": ("The page headers and footers were left out.",) * 2,
    "contents": ("The table of contents was left out.",) * 2,
    "title_note": ("A footnote to the title was left out. Move it into the text.",) * 2,
    "byline": (
        "A line with the author's name stands in the text. It is printed by itself, so you can delete it.",
    )
    * 2,
}


def remarks(counts):
    """The remarks for counts by code, those that need a hand first."""
    return [
        Remark(code, (one if counts[code] == 1 else many).format(counts[code]), counts[code])
        for code, (one, many) in _SENTENCES.items()
        if counts.get(code)
    ]
