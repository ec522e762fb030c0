"""Pictures that come with questions: kept inside the question as a `data:` address, small enough for a phone."""

import base64
import binascii
import io
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from base.languages import Words
from quizzes.exchange.reading import Refused

if TYPE_CHECKING:
    from PIL import Image

# A picture's bytes as they came, and how far its sides are scaled down where it is kept.
MOST_BYTES = 12_000_000
MOST_PIXELS = 25_000_000
KEPT_BYTES = 90_000
_IN_JPEG = 8
_SIDES = (1200, 900, 640, 480)
# What a PNG or a GIF may say beside its pixels and is kept with them; a place, a time or a name is not among it.
_HARMLESS = {"dpi", "gamma", "srgb", "chromaticity", "interlace", "transparency", "background", "icc_profile"}
_HARMLESS |= {"version", "duration"}
_ENDS = {"PNG": b"IEND\xaeB`\x82", "GIF": b";"}
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}

Files = Mapping[str, bytes]


def decoded(text: str) -> bytes:
    """Return the bytes of base64.

    Raises:
        Refused: it is none, or larger than a picture may be; nothing is decoded then.

    """
    if len(text) > MOST_BYTES * 3 // 2:
        raise Refused(_too_large())
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError) as error:
        raise Refused(Words("Its picture cannot be read.")) from error


def _too_large() -> Words:
    return Words(
        "Its picture is too large: up to %(megabytes)s MB and 25 million pixels are read. Save it smaller.",
        {"megabytes": MOST_BYTES // 1_000_000},
    )


def address(data: bytes) -> str:
    """Return the `data:` address of a picture, upright, scaled to what a phone needs, without what the camera noted.

    Raises:
        Refused: it is no picture, or so large that unpacking it would cost too much. Its head alone is read for that.

    """
    from PIL import Image, UnidentifiedImageError

    if len(data) > MOST_BYTES:
        raise Refused(_too_large())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Refused(_too_large())
                if _is_bare(picture, data):
                    return _as_address(_TYPES[str(picture.format)], data)
                return _scaled(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise Refused(Words("Its picture is no PNG, JPEG, GIF or WebP that can be read.")) from error
    except Image.DecompressionBombError as error:
        raise Refused(_too_large()) from error


def points(data: bytes) -> int:
    """Return how many points a picture costs to unpack, by its head; a JPEG is unpacked no larger than it is used."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as picture:
                return picture.width * picture.height // (_IN_JPEG if picture.format == "JPEG" else 1)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return 0  # it is refused by itself


def _is_bare(picture: "Image.Image", data: bytes) -> bool:
    """Tell whether a picture can stay as it came: small, sharp, and nothing in it but itself."""
    end = _ENDS.get(str(picture.format))
    if end is None or len(data) > KEPT_BYTES or max(picture.size) > _SIDES[0] or getattr(picture, "n_frames", 1) > 1:
        return False
    picture.load()  # what is noted behind the pixels is only known now
    return not (picture.info.keys() - _HARMLESS) and data.endswith(end) and not picture.getexif()


def _as_address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _scaled(picture: "Image.Image") -> str:
    """Return a picture drawn anew on white. Drawings stay sharp where that is small enough."""
    from PIL import Image, ImageOps

    kind = picture.format
    picture.draft("RGB", (_SIDES[0], _SIDES[0]))  # a JPEG is unpacked no larger than it will be used
    whole = ImageOps.exif_transpose(picture)
    if whole.mode not in ("RGB", "RGBA"):
        whole = whole.convert("RGBA")
    whole.thumbnail((_SIDES[0], _SIDES[0]))
    whole = whole.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole.getchannel("A"))
    if kind in ("PNG", "GIF"):
        written = io.BytesIO()
        ground.save(written, "PNG", optimize=True)
        if written.tell() <= KEPT_BYTES:
            return _as_address("image/png", written.getvalue())
    for side in _SIDES:
        ground.thumbnail((side, side))
        written = io.BytesIO()
        ground.save(written, "JPEG", quality=80, optimize=True)
        if written.tell() <= KEPT_BYTES:
            break
    return _as_address("image/jpeg", written.getvalue())


def picture_of(sources: tuple[str, ...], files: Files, within: str = "") -> tuple[str | None, list[Words]]:
    """Return the address of a question's one picture, found among the files beside it, and what is to be said.

    `within` is the folder of the file that names it. A picture elsewhere in the world is not fetched, but told.

    Raises:
        Refused: the picture cannot be read, or there are several: which the question means is not clear then.

    """
    named = list(dict.fromkeys(sources))
    if not named:
        return None, []
    if len(named) > 1:
        raise Refused(Words("It has several pictures, and a question keeps one. Put them together into one picture."))
    source = named[0]
    if source.startswith("data:"):
        return address(decoded(source.partition(",")[2])), []
    missing = Words("Its picture “%(name)s” is not in the file. Add it by hand.", {"name": unquote(source)[:100]})
    if "://" in source:
        return None, [missing]
    path = source.replace("@@PLUGINFILE@@/", "").replace("$IMS-CC-FILEBASE$/", "").partition("?")[0]
    path = unquote(path).replace("\\", "/")
    for at in (_joined(within, path), path.lstrip("./"), path.rsplit("/", 1)[-1]):
        if at in files:
            return address(files[at]), []
    found = [name for name in files if name.rsplit("/", 1)[-1] == path.rsplit("/", 1)[-1]]
    if len(found) == 1:
        return address(files[found[0]]), []
    return None, [missing]


def _joined(folder: str, path: str) -> str:
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
