"""The first bytes of a picture: its format and size, read without decoding anything."""

import re
import struct

_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def picture_header(data):
    """The format ("JPEG", "PNG", "GIF", "WEBP", "AVIF"), width and height in pixels, or None."""
    try:
        for mark, reader in _READERS:
            if mark.match(data):
                return reader(data)
    except (struct.error, IndexError):
        return None
    return None


def _png(data):
    return "PNG", *struct.unpack(">II", data[16:24])


def _gif(data):
    return "GIF", *struct.unpack("<HH", data[6:10])


def _jpeg(data):
    at = 2
    while data[at] == 0xFF:
        kind, length = struct.unpack(">BH", data[at + 1 : at + 4])
        if kind in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return "JPEG", width, height
        at += 2 + length
    return None


def _webp(data):
    match data[12:16]:
        case b"VP8X":
            wide, high = data[24:27], data[27:30]
            return "WEBP", 1 + int.from_bytes(wide, "little"), 1 + int.from_bytes(high, "little")
        case b"VP8L":
            bits = struct.unpack("<I", data[21:25])[0]
            return "WEBP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack("<HH", data[26:30])
            return "WEBP", width & 0x3FFF, height & 0x3FFF
    return None


def _avif(data):
    sizes = [
        struct.unpack(">II", data[match.end() + 4 : match.end() + 12])
        for match in re.finditer(b"ispe", data[:65536])
    ]
    return ("AVIF", *max(sizes)) if sizes else None


_READERS = [
    (re.compile(rb"\x89PNG\r\n\x1a\n.{4}IHDR", re.DOTALL), _png),
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(rb"GIF8[79]a"), _gif),
    (re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL), _webp),
    (re.compile(rb".{4}ftyp(avif|avis|mif1.{0,40}avif)", re.DOTALL), _avif),
]
