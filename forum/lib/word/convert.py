"""From a Word file to a title, a clean body, its pictures, and remarks on what was changed or left out."""

from dataclasses import dataclass

from forum.lib.sandbox import Unreadable, Unworkable, run, unpack
from forum.lib.text.characters import normalise_text, without_unseen
from forum.lib.word.parts import DAMAGED, PROTECTED, not_word
from forum.lib.word.remarks import Remark, remarks

__all__ = ["Conversion", "Remark", "Unreadable", "WordPicture", "convert"]

LARGEST_FILE = 20 * 1024 * 1024
_LIMITS = {"seconds": 20, "cpu": 15, "memory": 1280 * 1024**2, "output": 60 * 1024 * 1024, "patience": 5}
_BUSY = "Many files are being read at this moment. Please send yours again in a minute."
_NOT_WORD = "This does not look like a Word file. Save it as .docx and try again."
_TOO_LARGE = "This file is larger than 20 MB. Make its pictures smaller and try again."
_TOO_LONG = "This file took too long to read. Copy the text to a new Word file and try again."
_KINDS = [
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"<html", "a web page"),
    (b"<!doctype", "a web page"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
]
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class WordPicture:
    """A picture in a document. `name` is the key of its figure in the body, the same for the same bytes."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class Conversion:
    """What came out of a Word file: plain title and standfirst; the body is cleaned again where it is kept."""

    title: str
    standfirst: str
    body: str
    pictures: list[WordPicture]
    remarks: list[Remark]


def convert(data):
    """Convert the bytes of a .docx. Raises Unreadable with one plain sentence.

    Pictures stand in the body as `<figure data-picture="KEY">`, KEY being `WordPicture.name`: twenty
    hexadecimal digits made from its bytes. Show them with `text.render(body, pictures)`, or replace the keys.
    """
    _check_kind(data)
    try:
        head, blobs = unpack(run("forum.lib.word.body:child", data, **_LIMITS))
    except Unworkable as refused:
        sentences = {"time": _TOO_LONG, "memory": _TOO_LONG, "size": _TOO_LARGE, "busy": _BUSY}
        sentence = sentences.get(refused.reason, DAMAGED)
        raise Unreadable(sentence) from refused
    pictures = [
        WordPicture(name, content, normalise_text(alt))
        for (name, alt), content in zip(head["pictures"], blobs, strict=True)
    ]
    title, standfirst = (without_unseen(normalise_text(head[name])).strip() for name in ("title", "standfirst"))
    return Conversion(title, standfirst, head["body"], pictures, remarks(head["remarks"]))


def _check_kind(data):
    if len(data) > LARGEST_FILE:
        raise Unreadable(_TOO_LARGE)
    if data.startswith(_OLD_CONTAINER):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable(PROTECTED)
        raise Unreadable("This is an old Word file (.doc). Open it, save it as .docx and try again.")
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in _KINDS:
        if start.startswith(mark.lower()):
            raise Unreadable(not_word(what))
    if not data.startswith(b"PK"):
        raise Unreadable(_NOT_WORD)
