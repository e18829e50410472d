"""Make sample.docx: a student's essay with all that a Word file can bring along, for trying the upload.

Run with `python forum/demo/make_sample_docx.py`; needs python-docx. Everything in it is invented.
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from PIL import Image, ImageDraw

TARGET = Path(__file__).with_name("sample.docx")
WRITTEN = datetime(2024, 4, 14, 9, 0, tzinfo=UTC)
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

TITLE = "Who Should Pay for a Sinking Coast?"
SUBTITLE = "Small island states ask for compensation. They would do better to ask for a share in the rules"

NOTES = [
    (
        "This essay is a sample written to show how a Word file is read. Its author, the survey and the "
        "figures in its table are invented; the treaties it names are real."
    ),
    "United Nations Framework Convention on Climate Change, 1992, Article 3, paragraph 1.",
    (
        "The fund for responding to loss and damage was agreed in principle in 2022 and began its work, with "
        "its first pledges, at the end of 2023."
    ),
    (
        "A rule of this kind exists already for oil spills: the tanker's owner is liable up to a limit, and "
        "a fund paid for by those who receive the oil covers the rest."
    ),
]


def main():
    document = Document()
    notes = _Notes(document)
    _opening(document, notes)
    _middle(document, notes)
    _closing(document, notes)
    notes.attach()
    properties = document.core_properties
    properties.author, properties.title = "Sample author (invented)", TITLE
    properties.created = properties.modified = WRITTEN
    document.save(TARGET)


class _Notes:
    """Real Word footnotes, which python-docx can read but not write."""

    def __init__(self, document):
        self.document, self.notes = document, []

    def add(self, paragraph, text):
        self.notes.append(text)
        mark = (
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        )
        paragraph._p.append(parse_xml(mark))

    def attach(self):
        items = "".join(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
            "</w:p></w:footnote>"
            for number, text in enumerate(self.notes, 1)
        )
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = (
            f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{lines}{items}</w:footnotes>'
        )
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode(), self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _opening(document, notes):
    document.add_paragraph(TITLE, style="Title")
    document.add_paragraph(SUBTITLE, style="Subtitle")
    first = document.add_paragraph(
        "In the atoll village where my grandmother was born, the cemetery is now a reef. The church moved "
        "inland twice and has nowhere left to go. When the district officer came to count the houses last "
        "year, people did not ask him for a wall. They asked him who would pay for it, and he had no answer"
        " to give them."
    )
    notes.add(first, NOTES[0])
    second = document.add_paragraph(
        "The usual answer is that those who warmed the planet should compensate those who drown. It is a "
        "just answer. The climate convention has spoken since its beginning of "
    )
    second.add_run("common but differentiated responsibilities").italic = True
    second.add_run(", and no honest reading of those words leaves the largest polluters with nothing to do.")
    notes.add(second, NOTES[1])
    second.add_run(
        " Yet thirty years of asking have produced conferences, communiqués and one modest fund. This essay"
        " argues that small island states should change the question. They should keep the moral claim, but"
        " stop treating money as the prize. What they need more is a seat where the rules of shipping, "
        "fishing, insurance and debt are written."
    )
    _delete(second, " After all, everybody knows that the rich countries never keep a promise.")


def _middle(document, notes):
    document.add_heading("The limits of compensation", level=1)
    fund = document.add_paragraph(
        "A fund for loss and damage now exists, and it is a real achievement of patient diplomacy by "
        "countries with fewer inhabitants than a suburb."
    )
    notes.add(fund, NOTES[2])
    fund.add_run(
        " But its weakness is built in. Contributions are voluntary, pledges are announced once and counted"
        " twice, and every euro competes with a war, an election or a pandemic in the country that gives "
        "it. Compensation that depends on the giver's mood is charity under another name."
    )
    document.add_paragraph(
        "There is a second weakness, less often said aloud. Compensation looks back. It must prove who "
        "caused what, and it ends when the bill is paid. The sea will not stop at the sum agreed. As a "
        "retired negotiator told our class, with the weariness of someone who has missed many dinners:"
    )
    document.add_paragraph(
        "We came home with a sentence in brackets and called it a victory. My brother asked whether he "
        "could put the sentence in front of his door when the spring tide came.",
        style="Quote",
    )
    _picture(document)
    document.add_heading("Three rules worth more than a fund", level=1)
    document.add_paragraph("Consider where a vote would change more than a cheque:")
    for item in (
        (
            "Shipping. A levy on the fuel of large vessels would raise money every year without asking any "
            "parliament for a gift, and the states that keep the largest ship registers include islands."
        ),
        (
            "Debt. A clause that suspends repayment for two years after a hurricane costs lenders little "
            "when it is written into every bond, and saves a treasury when the roof is off the hospital."
        ),
        (
            "Borders at sea. If the baselines from which waters are measured are fixed for good, a country "
            "keeps its fishing grounds even when the land that generated them is gone."
        ),
    ):
        document.add_paragraph(item, style="List Number")
    liability = document.add_paragraph(
        "None of this is utopian. Rules of strict liability, shared through a common fund, have worked in a"
        " neighbouring field for half a century."
    )
    notes.add(liability, NOTES[3])
    _hide(liability, "Remember to check the year of the oil convention before sending this in.")
    _table(document)


def _table(document):
    document.add_paragraph(
        "Table 1. What each road would bring to an invented island of 60,000 people", style="Caption"
    )
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(
        table.rows[0].cells, ("Road", "Millions of dollars a year", "Can it be taken back?"), strict=True
    ):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (
        ("Voluntary fund", "4", "Each year"),
        ("Levy on ship fuel", "11", "Only by treaty"),
        ("Pause on debt", "9, in a bad year", "Only by the courts"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _picture(document):
    run = document.add_paragraph().add_run()
    run.add_picture(_drawing(), width=Cm(12))
    run._r.find(".//" + qn("wp:docPr")).set(
        "descr",
        "A drawing of a low island with two palms and one house; three lines mark a rising sea.",
    )
    document.add_paragraph(
        "An island drawn three times: the sea in 1990, today, and on the present course.", style="Caption"
    )


def _drawing():
    image = Image.new("RGB", (1200, 640), "#f4efe4")
    draw = ImageDraw.Draw(image)
    draw.ellipse((250, 330, 950, 760), fill="#d9c7a0")
    draw.rectangle((560, 270, 680, 350), fill="#8c3b2e")
    draw.polygon([(540, 270), (620, 205), (700, 270)], fill="#5e241c")
    for x in (420, 800):
        draw.line((x, 350, x + 15, 200), fill="#6b4f2a", width=14)
        for dx, dy in ((-80, -10), (-50, -60), (30, -70), (90, -15)):
            draw.line((x + 15, 200, x + 15 + dx, 200 + dy), fill="#3d6b4a", width=12)
    for y, colour in ((540, "#9db8c9"), (470, "#5f8aa6"), (400, "#2f5f80")):
        draw.line([(x, y + (8 if x // 40 % 2 else -8)) for x in range(0, 1240, 40)], fill=colour, width=8)
    target = io.BytesIO()
    image.save(target, "PNG", optimize=True)
    target.seek(0)
    return target


def _closing(document, notes):
    document.add_heading("The best case against", level=1)
    against = document.add_paragraph(
        "The strongest objection is that rules are made by the strong. An island with one diplomat cannot "
        "sit in forty committees, and a state that trades its moral claim for procedure may end with "
        "neither. I take this seriously. Large neighbours may also say, with some reason, that they did not"
        " choose their factories in order to drown anybody, and that their own poor have a claim on the "
        "same money."
    )
    document.add_comment(
        against.runs,
        text="Your strongest paragraph. Could it come earlier?",
        author="A classmate",
        initials="AC",
    )
    document.add_paragraph(
        "But the record does not bear the objection out. The law of the sea itself, with its wide economic "
        "zones, was shaped by a coalition of coastal states of which few were rich. They won because they "
        "wanted the same thing in the same words for nine years, and because the great powers wanted order "
        "at sea more than they wanted any one line on the map. Small states lose when they ask one by one "
        "for help. They win when they offer a rule that others can live with."
    )
    document.add_heading("What to do on Monday", level=1)
    document.add_paragraph(
        "Three steps cost almost nothing. Share legal staff across the region, so that an island has a "
        "voice in rooms it cannot afford to enter. Choose two negotiations, not twelve. And publish every "
        "pledge beside the date on which it arrived, so that voters in the giving countries can see what is"
        " done in their name."
    )
    last = document.add_paragraph(
        "My grandmother never used the word compensation. She used a word that means both a debt and a seat"
        " at the table, because on the island whoever is owed something must be fed and heard."
    )
    last.add_run().add_break(WD_BREAK.LINE)
    last.add_run("It is time to claim the second half of the word.").bold = True


def _delete(paragraph, text):
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="900" w:author="Sample author" w:date="2024-04-12T10:00:00Z">'
            f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
        )
    )


def _hide(paragraph, text):
    run = paragraph.add_run(f" {text}")
    run.font.hidden = True


if __name__ == "__main__":
    main()
