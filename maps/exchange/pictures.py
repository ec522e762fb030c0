"""A map's picture from a file: PNG, JPEG, WebP or SVG, with its size, and nothing else."""

import io
import re

from PIL import Image, ImageOps, UnidentifiedImageError

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import Element, parse
from maps.model import Picture

MOST_BYTES = 30 * 1024 * 1024
# A picture of this many pixels takes 75 MB to open, and shows a park of 5 km to the metre.
MOST_PIXELS = 25_000_000
# What a phone is given: at 2,000 pixels a path of a park of a kilometre is two wide, and a weak cell brings half a
# megabyte in some seconds. Below the last quality letters blur, and a smaller picture reads better.
PHONE_SIDE, PHONE_BYTES = 2000, 500_000
PHONE_QUALITIES = (85, 75, 65)
# A drawing is as large as it says; beyond these its shape is no number any more.
LEAST_SIDE, MOST_SIDE = 0.01, 1_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_BROKEN = Words("This picture cannot be opened. Save it as PNG, JPEG, WebP or SVG.")
_ORIENTATION = 0x0112
_LENGTH = re.compile(r"\s*([0-9]{1,9}(?:\.[0-9]{0,9})?)\s*(px|mm|pt)?\s*$")


def read_picture(data: bytes) -> Picture:
    """Return the picture that `data` holds.

    Raises:
        FaultyInput: it is too large, broken, or of a kind that browsers do not show.

    """
    if len(data) > MOST_BYTES:
        raise _refused(Words("The picture is larger than %(most)s MB. Save it smaller.", {"most": MOST_BYTES >> 20}))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<svg", b"<!--")):
        return _svg(data)
    try:
        with Image.open(io.BytesIO(data), formats=list(TYPES)) as image:
            width, height, kind = image.width, image.height, str(image.format)
            if width * height > MOST_PIXELS:
                raise _refused(Words("The picture has more than 25 million pixels. Save it at 5000 × 5000 or smaller."))
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        raise _refused(_BROKEN) from None
    return Picture(TYPES[kind], data, width, height)


def upright(picture: Picture) -> Picture:
    """Return a photograph as it is looked at, without what the camera noted down: which way up, where, when.

    Only pictures whose camera turned them are written anew; all others stay as they are.
    """
    if picture.media_type not in TYPES.values():
        return picture
    with Image.open(io.BytesIO(picture.data), formats=list(TYPES)) as image:
        if image.getexif().get(_ORIENTATION, 1) == 1:
            return picture
        try:
            turned = ImageOps.exif_transpose(image)
        except (OSError, SyntaxError):  # cut short: `read_picture` looks at its head alone
            raise _refused(_BROKEN) from None
    out = io.BytesIO()
    kind = next(kind for kind, media_type in TYPES.items() if media_type == picture.media_type)
    turned.save(out, kind, quality=90)
    return Picture(picture.media_type, out.getvalue(), turned.width, turned.height)


def for_phones(picture: Picture) -> Picture:
    """Return a picture no larger than a phone has use for: the same view, so that its corners lie where they did.

    A drawing, a picture that is small enough, and one that cannot be drawn stay as they are.
    """
    if picture.media_type not in TYPES.values():
        return picture
    if max(picture.width, picture.height) <= PHONE_SIDE and len(picture.data) <= PHONE_BYTES:
        return picture
    try:
        with Image.open(io.BytesIO(picture.data), formats=list(TYPES)) as image:
            image.draft("RGB", (PHONE_SIDE, PHONE_SIDE))  # a JPEG is then read at no more than it needs
            drawn = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return picture
    drawn.thumbnail((PHONE_SIDE, PHONE_SIDE), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    found = _jpeg(paper, PHONE_QUALITIES[0])
    for quality in PHONE_QUALITIES[1:]:
        if len(found) <= PHONE_BYTES:
            break
        found = _jpeg(paper, quality)
    while len(found) > PHONE_BYTES:
        paper = paper.resize((paper.width * 4 // 5, paper.height * 4 // 5), Image.Resampling.LANCZOS)
        found = _jpeg(paper, PHONE_QUALITIES[-1])
    return Picture("image/jpeg", found, paper.width, paper.height)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def small(picture: Picture, longest: int) -> Picture:
    """Return a picture as a PNG of at most `longest` pixels a side; it is opened and drawn anew, so it is sound.

    Raises:
        FaultyInput: it is none of pixels, or broken.

    """
    if picture.media_type not in TYPES.values():
        raise _refused(Words("Save it as PNG, JPEG or WebP: an SVG cannot be taken here."))
    try:
        with Image.open(io.BytesIO(picture.data), formats=list(TYPES)) as image:
            drawn = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise _refused(_BROKEN) from None
    drawn.thumbnail((longest, longest))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return Picture("image/png", out.getvalue(), drawn.width, drawn.height)


def _svg(data: bytes) -> Picture:
    root = parse(data)
    if root.name != "svg":
        raise _refused(_BROKEN)
    size = _view_box(root) or (_length(root, "width"), _length(root, "height"))
    if not all(side and LEAST_SIDE <= side <= MOST_SIDE for side in size):
        raise _refused(Words("This SVG does not say its size: it needs a viewBox."))
    return Picture("image/svg+xml", data, float(size[0] or 0), float(size[1] or 0))


def _view_box(root: Element) -> tuple[float, float] | None:
    numbers = root.attributes.get("viewBox", "").replace(",", " ").split()
    try:
        _, _, width, height = map(float, numbers)
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _length(root: Element, name: str) -> float | None:
    found = _LENGTH.match(root.attributes.get(name, ""))
    return float(found[1]) if found else None


def _refused(words: Words) -> FaultyInput:
    return FaultyInput([Fault("", words)])
