import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms, features

from forum.lib.images import Unreadable, encode, examine
from forum.lib.sandbox import Unworkable

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


def opened(rendition):
    return Image.open(io.BytesIO(rendition.data))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_is_examined_without_decoding_it(kind, picture):
    assert examine(picture((70, 50), kind)) == (kind, 70, 50)


def test_lossless_and_transparent_webp_are_examined_too(picture):
    assert examine(picture((70, 50), "WEBP", lossless=True)) == ("WEBP", 70, 50)
    assert examine(picture((70, 50), "WEBP", "RGBA", (1, 2, 3, 4))) == ("WEBP", 70, 50)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_comes_out_as_three_modern_ones(kind, picture):
    found = encode(picture((500, 300), kind))
    assert [(r.width, r.height, r.mime, r.extension) for r in found] == [
        (width, height, mime, extension)
        for width, height in ((480, 288), (500, 300))
        for mime, extension in (("image/avif", "avif"), ("image/webp", "webp"), ("image/jpeg", "jpg"))
    ]
    assert all(
        opened(r).size == (r.width, r.height) and opened(r).format == r.mime[6:].upper() for r in found
    )


def test_a_picture_is_never_made_larger_nor_wider_than_1600(picture):
    assert {r.width for r in encode(picture((40, 30)))} == {40}
    assert [r.width for r in encode(picture((1900, 20)))][::3] == [480, 960, 1600]
    assert [r.width for r in encode(picture((1600, 20)))][::3] == [480, 960, 1600]


def test_a_picture_is_turned_upright_and_tells_nothing_else(picture):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SecretCamera"
    found = encode(picture((60, 40), "JPEG", exif=exif, comment=b"SecretCamera", xmp=b"<SecretCamera/>"))
    assert {(r.width, r.height) for r in found} == {(40, 60)}
    for r in found:
        assert b"SecretCamera" not in r.data
        assert not opened(r).getexif()


def test_clear_parts_turn_white_in_jpeg_only(picture):
    avif, webp, jpeg = encode(picture((20, 20), "PNG", "RGBA", (200, 0, 0, 0)))
    assert min(opened(jpeg).convert("RGB").getpixel((9, 9))) > 250
    assert (
        opened(webp).convert("RGBA").getpixel((9, 9))[3]
        == opened(avif).convert("RGBA").getpixel((9, 9))[3]
        == 0
    )


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("LA", "PNG")],
)
def test_every_way_to_store_colour_can_be_read(mode, kind, picture):
    colour = {"CMYK": (0, 0, 0, 0), "LA": (255, 255), "I;16": 65535, "1": 1, "P": 0, "L": 255}[mode]
    jpeg = encode(picture((20, 20), kind, mode, colour))[2]
    pixel = opened(jpeg).convert("RGB").getpixel((9, 9))
    assert pixel == (0, 0, 0) if mode == "P" else min(pixel) > 250


@pytest.mark.skipif(not features.check("littlecms2"), reason="Pillow without colour management")
def test_a_colour_profile_is_carried_out_and_dropped(picture):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for r in encode(picture((20, 20), "PNG", colour=(10, 200, 30), icc_profile=profile)):
        assert "icc_profile" not in opened(r).info
        assert abs(opened(r).convert("RGB").getpixel((9, 9))[1] - 200) < 8
    assert encode(picture((20, 20), "PNG", icc_profile=b"nonsense"))


def png_that_claims(width, height):
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + head
        + struct.pack(">I", zlib.crc32(head))
        + b"\x00" * 40
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (12_001, 1), (8_000, 5_001)])
def test_too_many_pixels_are_refused_before_anything_is_decoded(size):
    with pytest.raises(Unreadable, match="too large"):
        examine(png_that_claims(*size))


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff", b"BM" + bytes(99)],
)
def test_what_is_no_picture_gets_one_sentence(data):
    with pytest.raises(Unreadable, match=r"^This does not look like a picture"):
        encode(data)


def test_other_formats_are_not_read(picture):
    for kind in ("TIFF", "BMP", "ICO"):
        with pytest.raises(Unreadable, match=r"^This does not look like a picture"):
            encode(picture(kind=kind))


@pytest.mark.parametrize("kind", FORMATS)
def test_a_torn_picture_gets_one_sentence(kind, picture):
    whole = picture((300, 200), kind, colour="red")
    with pytest.raises(Unreadable, match=r"damaged|does not look"):
        encode(whole[: len(whole) * 2 // 3])


def test_a_header_that_lies_about_its_picture_gets_one_sentence():
    with pytest.raises(Unreadable, match="damaged"):
        encode(png_that_claims(20, 20))


@pytest.mark.parametrize("reason", ["time", "memory", "size", "broken"])
def test_whatever_fails_in_the_child_is_one_sentence(reason, picture, monkeypatch):
    def refuse(*args, **limits):
        raise Unworkable(reason)

    monkeypatch.setattr("forum.lib.images.run", refuse)
    with pytest.raises(Unreadable, match=r"^This picture .* (again|more)\.$"):
        encode(picture())
