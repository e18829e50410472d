"""Word files for the tests, made with python-docx and, where it has no word for it, in XML."""

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class WordFile:
    """A Word document under way; `bytes()` saves it."""

    def __init__(self):
        self.document = Document()
        for style in [style for style in self.document.styles if style.type == WD_STYLE_TYPE.TABLE]:
            if style.name not in ("Normal Table", "Table Grid"):
                style.delete()  # a hundred looks of tables take longer to read than all the rest
        self.notes = {"footnote": [], "endnote": []}

    def say(self, text, style=None):
        return self.document.add_paragraph(text, style=style)

    def xml(self, paragraph, xml):
        """Append raw XML, w: and m: known, to a paragraph."""
        spaces = (
            nsdecls("w", "a", "r") + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        )
        spaces += ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        name, rest = xml[1:].split(">", 1)[0].rstrip("/"), xml
        paragraph._p.append(parse_xml(rest.replace(f"<{name}", f"<{name} {spaces}", 1)))

    def note(self, paragraph, text, kind="footnote"):
        self.notes[kind].append(text)
        number = len(self.notes[kind])
        self.xml(paragraph, f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>')

    def bytes(self):
        for kind, texts in self.notes.items():
            if texts:
                self._attach(kind, texts)
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _attach(self, kind, texts):
        items = "".join(
            f'<w:{kind} w:id="{number}">'
            + "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
            + f"</w:{kind}>"
            for number, text in enumerate(texts, 1)
        )
        xml = f"<w:{kind}s {nsdecls('w')}>{items}</w:{kind}s>".encode()
        part = Part(PackURI(f"/word/{kind}s.xml"), f"{_TYPE}{kind}s+xml", xml, self.document.part.package)
        self.document.part.relate_to(part, f"{_RELATION}{kind}s")


@pytest.fixture
def word():
    return WordFile()


@pytest.fixture
def repacked():
    """Rewrite parts of a zip: a function from the file and a mapping of name to bytes to the new file."""

    def rewrite(data, changes, compression=zipfile.ZIP_DEFLATED):
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", compression) as new:
            for name in dict.fromkeys([*old.namelist(), *changes]):
                new.writestr(name, changes[name] if name in changes else old.read(name))
        return target.getvalue()

    return rewrite


@pytest.fixture
def picture():
    """The bytes of a picture: a function of size, format and what Pillow's save takes."""

    def make(size=(64, 48), kind="PNG", mode="RGB", colour=None, **options):
        target = io.BytesIO()
        Image.new(mode, size, colour if colour is not None else "teal").save(target, kind, **options)
        return target.getvalue()

    return make
