"""Pictures: looked at cheaply, and made anew in modern formats at a few widths, in the sandbox."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from forum.lib.image_headers import picture_header
from forum.lib.sandbox import Unreadable, Unworkable, pack, run, unpack

WIDTHS = (480, 960, 1600)
LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
_FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
_OUTPUTS = [
    ("AVIF", "image/avif", "avif", {"quality": 60, "speed": 8, "max_threads": 2}),
    ("WEBP", "image/webp", "webp", {"quality": 80, "method": 4}),
    ("JPEG", "image/jpeg", "jpg", {"quality": 82, "optimize": True, "progressive": True}),
]
_LIMITS = {"seconds": 40, "cpu": 60, "memory": 2 * 1024**3, "output": 30 * 1024 * 1024}
_WRONG_FORMAT = "This does not look like a picture we can use. Save it as JPEG, PNG or WebP and try again."
_DAMAGED = "This picture is damaged and cannot be read. Save it again and try once more."
_TOO_LARGE = "This picture is too large. Make it smaller than 40 megapixels and 20 MB and try again."
_TOO_LONG = "This picture took too long to read. Save it again as JPEG, a little smaller, and try once more."


@dataclass(frozen=True)
class Rendition:
    """One size and format of a picture. `width` and `height` in pixels."""

    width: int
    height: int
    mime: str
    extension: str
    data: bytes


def examine(data):
    """The format, width and height from the first bytes, nothing decoded. Raises Unreadable."""
    found = picture_header(data)
    if found is None or 0 in found:
        raise Unreadable(_WRONG_FORMAT)
    name, width, height = found
    if len(data) > LARGEST_FILE or width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unreadable(_TOO_LARGE)
    return name, width, height


def encode(data):
    """The picture as AVIF, WebP and JPEG at each width up to its own, without metadata, in sRGB.

    Smallest first; never upscaled; at least one width. Raises Unreadable with one plain sentence.
    """
    examine(data)
    try:
        heads, blobs = unpack(run("forum.lib.images:child", data, **_LIMITS))
    except Unworkable as refused:
        sentence = {"time": _TOO_LONG, "memory": _TOO_LARGE, "size": _TOO_LARGE}.get(refused.reason, _DAMAGED)
        raise Unreadable(sentence) from refused
    return [Rendition(*head, blob) for head, blob in zip(heads, blobs, strict=True)]


def child(data):
    """The sandbox's part of `encode`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            image.verify()
        picture = _upright(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Unreadable(_TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise Unreadable(_DAMAGED) from None
    heads, blobs = [], []
    widest = min(picture.width, WIDTHS[-1])
    for width in [*(width for width in WIDTHS if width < widest), widest]:
        sized = _sized(picture, width)
        for name, mime, extension, options in _OUTPUTS:
            heads.append([*sized.size, mime, extension])
            blobs.append(_saved(_flat(sized) if name == "JPEG" else sized, name, options))
    return pack(heads, blobs)


def _upright(data):
    """The first frame, turned as its camera was held, in 8-bit sRGB."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))  # a JPEG decodes at a fraction of its size
        image.load()
        picture = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    clear = picture.has_transparency_data
    if picture.mode not in {"RGB", "CMYK", "L"}:
        picture = picture.convert("RGBA" if clear else "RGB")
    picture = _in_srgb(picture, profile) if profile else picture
    return picture.convert("RGBA" if clear else "RGB")


def _in_srgb(picture, profile):
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken or unfitting profile: the colours as they stand


def _sized(picture, width):
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _flat(picture):
    if picture.mode == "RGB":
        return picture
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    return page


def _saved(picture, name, options):
    target = io.BytesIO()
    bare = Image.new(picture.mode, picture.size)  # carries over pixels, and nothing else the file said
    bare.paste(picture)
    bare.save(target, name, **options)
    return target.getvalue()
