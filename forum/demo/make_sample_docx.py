"""Make sample.docx: a student's essay with all that a Word file can bring along, for trying the upload.

Run with `python forum/demo/make_sample_docx.py`; needs python-docx. Everything in it is invented.

The essay stands below as it reads: an empty line ends a paragraph, a sign before one gives its style, and
{kind:words} is what only Word has, such as a footnote.
"""

import io
import re
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
STYLES = {"=": "Title", "-": "Subtitle", "#": "Heading 1", ">": "Quote", "+": "List Number", "~": "Caption"}

OPENING = """
= Who Should Pay for a Sinking Coast?

- Small island states ask for compensation. They would do better to ask for a share in the rules

In the atoll village where my grandmother was born, the cemetery is now a reef. The church moved inland twice
and has nowhere left to go. When the district officer came to count the houses last year, people did not ask
him for a wall. They asked him who would pay for it, and he had no answer to give them.{note:This essay is a
sample written to show how a Word file is read. Its author, the survey and the figures in its table are
invented; the treaties it names are real.}

The usual answer is that those who warmed the planet should compensate those who drown. It is a just answer.
The climate convention has spoken since its beginning of {italic:common but differentiated responsibilities},
and no honest reading of those words leaves the largest polluters with nothing to do.{note:United Nations
Framework Convention on Climate Change, 1992, Article 3, paragraph 1.} Yet thirty years of asking have
produced conferences, communiqués and one modest fund. This essay argues that small island states should
change the question. They should keep the moral claim, but stop treating money as the prize. What they need
more is a seat where the rules of shipping, fishing, insurance and debt are written.{deleted: After all,
everybody knows that the rich countries never keep a promise.}

# The limits of compensation

A fund for loss and damage now exists, and it is a real achievement of patient diplomacy by countries with
fewer inhabitants than a suburb.{note:The fund for responding to loss and damage was agreed in principle in
2022 and began its work, with its first pledges, at the end of 2023.} But its weakness is built in.
Contributions are voluntary, pledges are announced once and counted twice, and every euro competes with a war,
an election or a pandemic in the country that gives it. Compensation that depends on the giver's mood is
charity under another name.

There is a second weakness, less often said aloud. Compensation looks back. It must prove who caused what, and
it ends when the bill is paid. The sea will not stop at the sum agreed. As a retired negotiator told our
class, with the weariness of someone who has missed many dinners:

> We came home with a sentence in brackets and called it a victory. My brother asked whether he could put the
sentence in front of his door when the spring tide came.
"""

PICTURED = "A drawing of a low island with two palms and one house; three lines mark a rising sea."

MIDDLE = """
~ An island drawn three times: the sea in 1990, today, and on the present course.

# Three rules worth more than a fund

Consider where a vote would change more than a cheque:

+ Shipping. A levy on the fuel of large vessels would raise money every year without asking any parliament for
a gift, and the states that keep the largest ship registers include islands.

+ Debt. A clause that suspends repayment for two years after a hurricane costs lenders little when it is
written into every bond, and saves a treasury when the roof is off the hospital.

+ Borders at sea. If the baselines from which waters are measured are fixed for good, a country keeps its
fishing grounds even when the land that generated them is gone.

None of this is utopian. Rules of strict liability, shared through a common fund, have worked in a
neighbouring field for half a century.{note:A rule of this kind exists already for oil spills: the tanker's
owner is liable up to a limit, and a fund paid for by those who receive the oil covers the rest.}{hidden:
Remember to check the year of the oil convention before sending this in.}

~ Table 1. What each road would bring to an invented island of 60,000 people
"""

TABLE = [
    ("Road", "Millions of dollars a year", "Can it be taken back?"),
    ("Voluntary fund", "4", "Each year"),
    ("Levy on ship fuel", "11", "Only by treaty"),
    ("Pause on debt", "9, in a bad year", "Only by the courts"),
]

CLOSING = """
# The best case against

The strongest objection is that rules are made by the strong. An island with one diplomat cannot sit in forty
committees, and a state that trades its moral claim for procedure may end with neither. I take this seriously.
Large neighbours may also say, with some reason, that they did not choose their factories in order to drown
anybody, and that their own poor have a claim on the same money.{comment:Your strongest paragraph. Could it
come earlier?}

But the record does not bear the objection out. The law of the sea itself, with its wide economic zones, was
shaped by a coalition of coastal states of which few were rich. They won because they wanted the same thing in
the same words for nine years, and because the great powers wanted order at sea more than they wanted any one
line on the map. Small states lose when they ask one by one for help. They win when they offer a rule that
others can live with.

# What to do on Monday

Three steps cost almost nothing. Share legal staff across the region, so that an island has a voice in rooms
it cannot afford to enter. Choose two negotiations, not twelve. And publish every pledge beside the date on
which it arrived, so that voters in the giving countries can see what is done in their name.

My grandmother never used the word compensation. She used a word that means both a debt and a seat at the
table, because on the island whoever is owed something must be fed and heard.{break:}{bold:It is time to claim
the second half of the word.}
"""


def main():
    """Write the essay, with its picture and its table, where the site looks for it."""
    essay = Essay(Document())
    essay.write(OPENING)
    essay.show(island(), PICTURED)
    essay.write(MIDDLE)
    essay.tabulate(TABLE)
    essay.write(CLOSING)
    essay.save(TARGET)


class Essay:
    """A Word file in the making, with the footnotes and deletions that python-docx cannot write."""

    def __init__(self, document):
        self.document, self.notes = document, []

    def write(self, text):
        """Add paragraphs, each in the style its sign asks for."""
        for block in text.strip().split("\n\n"):
            sign, _, rest = block.partition(" ")
            words, style = (rest, STYLES[sign]) if sign in STYLES else (block, None)
            plain, *marked = re.split(r"\{(\w+):(.*?)\}", " ".join(words.split()))
            paragraph = self.document.add_paragraph(plain, style=style)
            for kind, inner, after in zip(marked[::3], marked[1::3], marked[2::3], strict=True):
                getattr(self, f"_{kind}")(paragraph, inner)
                if after:
                    paragraph.add_run(after)

    def _italic(self, paragraph, words):
        paragraph.add_run(words).italic = True

    def _bold(self, paragraph, words):
        paragraph.add_run(words).bold = True

    def _hidden(self, paragraph, words):
        paragraph.add_run(words).font.hidden = True

    def _break(self, paragraph, _):
        paragraph.add_run().add_break(WD_BREAK.LINE)

    def _comment(self, paragraph, words):
        self.document.add_comment(paragraph.runs, text=words, author="A classmate", initials="AC")

    def _deleted(self, paragraph, words):
        _append(
            paragraph,
            f'<w:del {nsdecls("w")} w:id="900" w:author="Sample author" w:date="2024-04-12T10:00:00Z">'
            f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r></w:del>',
        )

    def _note(self, paragraph, words):
        self.notes.append(words)
        _append(
            paragraph,
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self.notes)}"/></w:r>',
        )

    def show(self, picture, description):
        """Add a picture with what it shows, for those who cannot see it."""
        run = self.document.add_paragraph().add_run()
        run.add_picture(picture, width=Cm(12))
        run._r.find(".//" + qn("wp:docPr")).set("descr", description)

    def tabulate(self, rows):
        """Add a table whose first row is its head."""
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.document.add_paragraph()

    def save(self, path):
        """Attach the footnotes, sign the file and keep it."""
        body, notes = self.document.part, _footnotes(self.notes).encode()
        part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, notes, body.package)
        body.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        properties = self.document.core_properties
        properties.author, properties.title = "Sample author (invented)", self.document.paragraphs[0].text
        properties.created = properties.modified = WRITTEN
        self.document.save(path)


def _append(paragraph, xml):
    paragraph._p.append(parse_xml(xml))


def _footnotes(notes):
    items = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r>'
        "</w:p></w:footnote>"
        for number, text in enumerate(notes, 1)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{lines}{items}</w:footnotes>'


def island():
    """Return a picture of a low island before a rising sea."""
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


if __name__ == "__main__":
    main()
