"""The parts of a Word file, opened with care: counted, bounded, and its XML read without entities."""

import io
import zipfile
import zlib
from xml.etree import ElementTree

from forum.lib.sandbox import Unreadable

LARGEST_PART = 8 * 1024 * 1024
LARGEST_WHOLE = 50 * 1024 * 1024
MOST_PARTS = 2_000
DAMAGED = "This Word file is damaged and cannot be opened. Open it in Word, save it again and try once more."
TOO_LARGE = (
    "This Word file is too large inside. Make its pictures smaller (8 MB each, 50 MB in all) and try again."
)
PROTECTED = "This file is protected with a password. Remove the password in Word, save it and try again."
HOSTILE = (
    "This Word file contains something that Word does not write. Copy the text to a new file and try again."
)
_OTHERS = [
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("Index/", "a Pages document"),
    ("Index.zip", "a Pages document"),
    ("content.xml", "an OpenDocument text (.odt)"),
]
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


def not_word(what):
    """The sentence for a file that is something else."""
    return f"This is {what}, not a Word file. Save it as .docx and try again."


def opened(data):
    """The parts of a Word file, from name to bytes. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check(entries)
            return _read(archive, entries)
    except Unreadable:
        raise
    except _BROKEN:
        raise Unreadable(DAMAGED) from None


def _check(entries):
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
        raise Unreadable(TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(PROTECTED)
    names = [entry.filename for entry in entries]
    if any(name.startswith("word/") for name in names) or (
        "[Content_Types].xml" in names and not _other(names)
    ):
        return
    raise Unreadable(not_word(_other(names) or "a zip archive"))


def _other(names):
    return next((what for start, what in _OTHERS if any(name.startswith(start) for name in names)), "")


def _read(archive, entries):
    """The parts as they really unpack; what they state of their size may be a lie."""
    parts, total = {}, 0
    for entry in entries:
        with archive.open(entry) as part:
            parts[entry.filename] = part.read(LARGEST_PART + 1)
        total += len(parts[entry.filename])
        if len(parts[entry.filename]) > LARGEST_PART or total > LARGEST_WHOLE:
            raise Unreadable(TOO_LARGE)
    return parts


def closed(parts):
    """The parts as a zip again, stored."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target


class _NoDoctype(ElementTree.TreeBuilder):
    """Entities can only be declared in a DOCTYPE, and Word never writes one."""

    def doctype(self, name, pubid, system):
        raise Unreadable(HOSTILE)


def xml(content):
    """The root element of one part. Raises Unreadable."""
    try:
        parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 - no entities, and in the sandbox
        return ElementTree.fromstring(content, parser)  # noqa: S314 - the same
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(DAMAGED) from None


def xml_bytes(root):
    """An element as the bytes of a part, in UTF-8 whatever it came in."""
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)
