import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

import forum
from forum.lib.sandbox import Unworkable
from forum.lib.text.prose import clean, render
from forum.lib.word.body import child
from forum.lib.word.convert import Unreadable, WordPicture, convert
from forum.lib.word.parts import DAMAGED

SAMPLE = Path(forum.__file__).with_name("demo") / "sample.docx"
DOCUMENT = "word/document.xml"


@pytest.fixture(autouse=True)
def in_one_process(request, monkeypatch):
    """Most files here are harmless: read them without a child, unless a test asks for `child_process`."""
    if "child_process" not in request.fixturenames:
        monkeypatch.setattr("forum.lib.word.convert.run", lambda task, data, **limits: child(data))


@pytest.fixture
def child_process():
    """Read the file in the sandbox, as always outside tests."""


def counts(conversion):
    return {remark.code: remark.count for remark in conversion.remarks}


def test_the_sample_becomes_a_clean_essay(child_process):
    essay = convert(SAMPLE.read_bytes())
    assert essay.title == "Who Should Pay for a Sinking Coast?"
    assert essay.standfirst.startswith("Small island states ask for compensation.")
    assert clean(essay.body) == essay.body
    assert re.findall("<(h2|blockquote|ol|table|caption|thead|figure|figcaption)[ >]", essay.body) == [
        "h2",
        "blockquote",
        "figure",
        "figcaption",
        "h2",
        "ol",
        "table",
        "caption",
        "thead",
        "h2",
        "h2",
    ]
    assert essay.body.count('<span class="footnote">') == 4
    assert render(essay.body).count('role="doc-backlink"') == 4
    assert counts(essay) == {"deleted": 1, "comment": 1, "hidden": 13}
    assert [picture.alt[:9] for picture in essay.pictures] == ["A drawing"]


def test_footnotes_and_endnotes_stand_where_they_belong(word):
    word.say("Title", "Title")
    text = word.say("One")
    word.note(text, "First & foremost\nSecond line")
    text.add_run(" two")
    word.note(text, "An endnote", kind="endnote")
    body = convert(word.bytes()).body
    assert body == (
        '<p>One<span class="footnote">First &amp; foremost Second line</span>'
        ' two<span class="footnote">An endnote</span></p>'
    )


def test_a_reference_without_its_note_is_passed_over(word):
    word.say("Title", "Title")
    word.xml(word.say("One"), '<w:r><w:footnoteReference w:id="77"/></w:r>')
    assert convert(word.bytes()).body == "<p>One</p>"


def test_a_mark_of_ones_own_does_not_stand_twice(word):
    word.say("Title", "Title")
    text = word.say("One")
    word.notes["footnote"].append("Thanks.")
    word.xml(text, '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>')
    assert convert(word.bytes()).body == '<p>One<span class="footnote">Thanks.</span></p>'


def test_tracked_changes_are_carried_out_and_reported(word):
    word.say("Title", "Title")
    text = word.say("Kept")
    word.xml(text, '<w:ins w:id="1"><w:r><w:t xml:space="preserve"> added</w:t></w:r></w:ins>')
    word.xml(text, '<w:del w:id="2"><w:r><w:delText> gone</w:delText></w:r></w:del>')
    word.xml(text, '<w:moveFrom w:id="3"><w:r><w:t> here</w:t></w:r></w:moveFrom>')
    word.xml(text, '<w:moveTo w:id="4"><w:r><w:t xml:space="preserve"> there</w:t></w:r></w:moveTo>')
    found = convert(word.bytes())
    assert found.body == "<p>Kept added there</p>"
    assert counts(found) == {"inserted": 1, "deleted": 1, "moved": 1}


def test_hidden_words_go_also_when_a_style_hides_them(word):
    word.say("Title", "Title")
    text = word.say("Seen")
    text.add_run(" SECRET WORD").font.hidden = True
    style = word.document.styles.add_style("Whisper", 2)
    style.font.hidden = True
    text.add_run(" SECRET", style="Whisper")
    text.add_run(" shown", style="Whisper").font.hidden = False
    paragraph_style = word.document.styles.add_style("Mutter", 1)
    paragraph_style.font.hidden = True
    child_style = word.document.styles.add_style("Mumble", 1)
    child_style.base_style = paragraph_style
    word.say("SECRET", "Mumble")
    found = convert(word.bytes())
    assert found.body == "<p>Seen shown</p>"
    assert counts(found) == {"hidden": 4}
    assert "SECRET" not in repr(found)


def test_comments_headers_and_contents_are_left_out_and_reported(word):
    word.say("Title", "Title")
    text = word.say("Seen")
    word.document.add_comment(text.runs, text="SECRET", author="A", initials="A")
    word.document.sections[0].header.paragraphs[0].text = "SECRET draft"
    word.document.styles.add_style("toc 1", 1)
    word.say("SECRET .... 3", "toc 1")
    found = convert(word.bytes())
    assert found.body == "<p>Seen</p>"
    assert counts(found) == {"comment": 1, "header": 1, "contents": 1}


def test_raised_numbers_that_are_no_notes_are_reported(word):
    word.say("Title", "Title")
    text = word.say("Said Smith")
    for words, raised in (
        ("", "1"),
        (" and Jones", "[2]"),
        (" on 5 km", "2"),
        (" or 10", "6"),
        (" the 1", "st"),
    ):
        text.add_run(words)
        text.add_run(raised).font.superscript = True
    found = convert(word.bytes())
    assert counts(found) == {"raised": 2}
    assert found.remarks[0].text.startswith("2 raised numbers look like notes")


def test_text_boxes_and_equations_keep_their_words(word):
    word.say("Title", "Title")
    box = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
    text = word.say("Before ")
    word.xml(
        text,
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice></mc:AlternateContent></w:r>',
    )
    word.xml(text, "<m:oMathPara><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></m:oMathPara>")
    found = convert(word.bytes())
    assert found.body == "<p>Before a=b</p><p>Boxed</p>"
    assert counts(found) == {"textbox": 1, "equation": 1}


def test_struck_words_and_drawings_are_reported(word):
    word.say("Title", "Title")
    text = word.say("Seen ")
    text.add_run("struck").font.strike = True
    chart = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
    word.xml(text, f"<w:r><w:drawing><a:graphic>{chart}</a:graphic></w:drawing></w:r>")
    assert counts(convert(word.bytes())) == {"struck": 1, "drawing": 1}


def test_pictures_come_out_as_figures_with_their_captions(word, picture):
    word.say("Title", "Title")
    data = picture()
    for alt in ("Two ships", "Two ships"):
        run = word.say("").add_run()
        run.add_picture(io.BytesIO(data))
        run._r.find(".//" + qn("wp:docPr")).set("descr", alt)
    word.say("Ships at dawn", "Caption")
    word.say("").add_run().add_picture(io.BytesIO(picture(colour="red")))
    found = convert(word.bytes())
    ships, red = found.pictures
    assert ships == WordPicture(ships.name, data, "Two ships")
    assert re.fullmatch("[a-z0-9]{20}", ships.name)
    assert found.body == (
        f'<figure data-picture="{ships.name}"></figure>'
        f'<figure data-picture="{ships.name}"><figcaption>Ships at dawn</figcaption></figure>'
        f'<figure data-picture="{red.name}"></figure>'
    )
    assert counts(found) == {"picture_alt": 1}


def test_pictures_that_cannot_be_shown_are_reported(word, picture, repacked):
    word.say("Title", "Title")
    word.say("a").add_run().add_picture(io.BytesIO(picture()))
    found = convert(repacked(word.bytes(), {"word/media/image1.png": b"\x01\x00\x00\x00 EMF"}))
    assert found.body == "<p>a</p>"
    assert counts(found) == {"picture_format": 1}


def test_headings_become_consistent(word):
    for text, style in (
        ("T", "Title"),
        ("A", "Heading 2"),
        ("B", "Heading 4"),
        ("C", "Heading 6"),
        ("D", "Heading 2"),
    ):
        word.say(text, style)
    assert convert(word.bytes()).body == "<h2>A</h2><h3>B</h3><h4>C</h4><h2>D</h2>"


@pytest.mark.parametrize(
    ("lines", "title", "body"),
    [
        ([("A", "Title"), ("b", "Title"), ("Sub", "Subtitle"), ("c", None)], "A b", "<p>c</p>"),
        ([("A", "Heading 1"), ("b", None)], "A", "<p>b</p>"),
        ([("Jane", None), ("A", "Heading 1"), ("b", None)], "A", "<p>Jane</p><p>b</p>"),
        ([("A title", None), ("word " * 30, None)], "A title", f"<p>{('word ' * 30).strip()}</p>"),
        ([("word " * 30, None), ("b", None)], "", f"<p>{('word ' * 30).strip()}</p><p>b</p>"),
    ],
)
def test_the_title_is_found_or_missed_openly(word, lines, title, body):
    for text, style in lines:
        word.say(text, style)
    found = convert(word.bytes())
    assert (found.title, found.body) == (title, body)
    assert ("title_missing" in counts(found)) == (not title)


def test_a_table_gets_its_head_and_its_spans(word):
    word.say("Title", "Title")
    table = word.document.add_table(rows=2, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, text in zip(table._cells, "abcd", strict=True):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 1))
    assert convert(word.bytes()).body == (
        '<table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        '<tbody><tr><td colspan="2"><p>c</p><p>d</p></td></tr></tbody></table>'
    )


def test_dangerous_links_lose_their_address(word):
    word.say("Title", "Title")
    text = word.say("")
    for address in ("javascript:alert(1)", "https://a.org/"):
        relation = word.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        word.xml(text, f'<w:hyperlink r:id="{relation}"><w:r><w:t>x</w:t></w:r></w:hyperlink>')
    assert convert(word.bytes()).body == '<p>x<a href="https://a.org/">x</a></p>'


def test_lists_keep_their_levels(word):
    for text, style in (("T", "Title"), ("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Bullet")):
        word.say(text, style)
    assert re.sub("</?ul>", "", convert(word.bytes()).body).count("<li>") == 3


def test_the_documents_own_style_map_is_not_obeyed(word, repacked):
    word.say("Title", "Title")
    word.say("a", "Heading 1")
    trap = {"mammoth/style-map": b"p[style-name='Heading 1'] => blockquote > p:fresh"}
    assert convert(repacked(word.bytes(), trap)).body == "<h2>a</h2>"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This does not look like a Word file. Save it as .docx and try again."),
        (b"\x93\x11" * 500, "This does not look like a Word file. Save it as .docx and try again."),
        (b"%PDF-1.7", "This is a PDF, not a Word file. Save it as .docx and try again."),
        (b"{\\rtf1", "This is a rich text file (.rtf), not a Word file. Save it as .docx and try again."),
        (b" <!DOCTYPE html>", "This is a web page, not a Word file. Save it as .docx and try again."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "This is an old Word file (.doc). Open it, save it as .docx and try again.",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This file is protected with a password. Remove the password in Word, save it and try again.",
        ),
        (
            b"PK" + bytes(20 * 1024 * 1024),
            "This file is larger than 20 MB. Make its pictures smaller and try again.",
        ),
        (
            b"PK\x03\x04 and then nonsense",
            DAMAGED,
        ),
    ],
)
def test_what_is_no_word_file_is_named_in_one_sentence(data, sentence):
    with pytest.raises(Unreadable) as unreadable:
        convert(data)
    assert str(unreadable.value) == sentence


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("content.xml", "OpenDocument"),
        ("Index/Document.iwa", "Pages"),
        ("xl/workbook.xml", "Excel"),
        ("ppt/x.xml", "PowerPoint"),
        ("a.txt", "zip"),
    ],
)
def test_other_zips_are_named(name, what):
    with pytest.raises(Unreadable, match=f"{what}.* not a Word file"):
        convert(zipped({name: b"x"}))


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_torn_file_gets_one_sentence(word, child_process):
    word.say("Title", "Title")
    whole = word.bytes()
    for size in (100, len(whole) // 2, len(whole) - 30):
        with pytest.raises(Unreadable, match="damaged"):
            convert(whole[:size])


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<w:document",
        b"<a/>",
        b"\xff\xfe\x00",
        b"<?xml version='1.0' encoding='no-such'?><a/>",
        b"<a>" * 5_000 + b"</a>" * 5_000,
    ],
)
def test_a_broken_part_gets_one_sentence(word, repacked, part, child_process):
    with pytest.raises(Unreadable, match=r"damaged|no text"):
        convert(repacked(word.bytes(), {DOCUMENT: part}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_endless_entities_are_refused(word, repacked, encoding):
    bombs = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    part = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [<!ENTITY e0 "ha">{bombs}]><d>&e12;</d>'
    for name in (DOCUMENT, "word/styles.xml", "_rels/.rels"):
        with pytest.raises(Unreadable, match="something that Word does not write"):
            convert(repacked(word.bytes(), {name: part.encode(encoding)}))


def test_zip_bombs_are_refused_by_what_they_say_and_by_what_they_hold(word, repacked):
    whole = word.bytes()
    with pytest.raises(Unreadable, match="too large inside"):
        convert(repacked(whole, {"word/media/big.png": bytes(9 * 1024 * 1024)}))
    with pytest.raises(Unreadable, match="too large inside"):
        convert(repacked(whole, {f"word/media/{n}.png": bytes(7 * 1024 * 1024) for n in range(8)}))
    with pytest.raises(Unreadable, match="too large inside"):
        convert(repacked(whole, {f"word/media/{n}.png": b"" for n in range(2_001)}))
    with pytest.raises(Unreadable, match=r"too large inside|damaged"):
        convert(lying(repacked(whole, {"word/media/big.png": bytes(60 * 1024 * 1024)})))


def lying(data):
    """The last entry of the zip states a size of ten bytes."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]


def test_a_zip_with_a_password_is_refused(word):
    data = bytearray(word.bytes())
    for match in re.finditer(b"PK\x01\x02", bytes(data)):
        data[match.start() + 8] |= 1
    with pytest.raises(Unreadable, match="password"):
        convert(bytes(data))


def test_an_empty_document_and_a_whole_book_get_one_sentence(word, child_process):
    with pytest.raises(Unreadable, match="no text"):
        convert(word.bytes())
    word.say("Title", "Title")
    for _ in range(15):
        word.say("word " * 10_000)
    with pytest.raises(Unreadable, match="far longer"):
        convert(word.bytes())


@pytest.mark.parametrize(
    ("reason", "says"),
    [("time", "too long"), ("memory", "too long"), ("size", "20 MB"), ("broken", "damaged")],
)
def test_whatever_fails_in_the_child_is_one_sentence(reason, says, monkeypatch):
    def refuse(*args, **limits):
        raise Unworkable(reason)

    monkeypatch.setattr("forum.lib.word.convert.run", refuse)
    with pytest.raises(Unreadable, match=rf"^This .*{says}.*\.$"):
        convert(SAMPLE.read_bytes())


def test_a_deleted_paragraph_and_nested_notes_do_no_harm(word):
    word.say("Title", "Title")
    gone = word.say("")
    gone._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="5"/></w:rPr>'))
    word.xml(gone, '<w:del w:id="6"><w:r><w:delText>gone</w:delText></w:r></w:del>')
    text = word.say("Kept")
    word.note(text, "Note")
    assert convert(word.bytes()).body == '<p>Kept<span class="footnote">Note</span></p>'
