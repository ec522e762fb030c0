"""Pictures that come with questions: kept inside the question as a `data:` address, small enough for a phone."""

import base64
import binascii
import io
import warnings
from collections.abc import Mapping
from urllib.parse import unquote

from base.languages import Words
from quizzes.exchange.reading import Refused

# A picture's bytes as they came, and how far its sides are scaled down where it is kept.
MOST_BYTES = 12_000_000
MOST_PIXELS = 40_000_000
KEPT_BYTES = 90_000
_SIDES = (1200, 900, 640, 480)
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
    return Words("Its picture is too large: up to %(megabytes)s MB are read.", {"megabytes": MOST_BYTES // 1_000_000})


def address(data: bytes) -> str:
    """Return the `data:` address of a picture, scaled down if it is larger than a phone needs.

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
                kind = _TYPES[str(picture.format)]
                if len(data) <= KEPT_BYTES and max(picture.size) <= _SIDES[0]:
                    picture.verify()
                    return _as_address(kind, data)
                return _scaled(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Warning) as error:
        raise Refused(Words("Its picture is no PNG, JPEG, GIF or WebP that can be read.")) from error
    except Image.DecompressionBombError as error:
        raise Refused(_too_large()) from error


def _as_address(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _scaled(picture: object) -> str:
    from PIL import Image

    assert isinstance(picture, Image.Image)
    whole = picture.convert("RGBA")
    ground = Image.new("RGB", whole.size, "white")
    ground.paste(whole, mask=whole.getchannel("A"))
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
    path = unquote(source.replace("@@PLUGINFILE@@/", "").replace("$IMS-CC-FILEBASE$/", "").partition("?")[0])
    for at in (_joined(within, path), path.lstrip("./"), path.rsplit("/", 1)[-1]):
        if at in files:
            return address(files[at]), []
    found = [name for name in files if name.rsplit("/", 1)[-1] == path.rsplit("/", 1)[-1]]
    if len(found) == 1:
        return address(files[found[0]]), []
    return None, [Words("Its picture “%(name)s” is not in the file. Add it by hand.", {"name": source[:100]})]


def _joined(folder: str, path: str) -> str:
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
