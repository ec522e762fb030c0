"""Zips of questions with pictures beside them: nothing is written to disk, and no part is unpacked past its limit."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping

from base.faults import Fault, FaultyInput
from base.languages import Words
from quizzes.exchange.pictures import MOST_BYTES as MOST_PICTURE
from quizzes.exchange.pictures import points
from quizzes.exchange.reading import Refused

MOST_PARTS = 20_000
MOST_UNPACKED = 200_000_000
# Of all pictures of a file together: a thousand screenshots, a minute's work.
MOST_POINTS = 2_000_000_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.IGNORECASE)
_IN_UTF8 = 0x800


class Pictures(Mapping[str, bytes]):
    """The pictures of a zip by their names, each unpacked when it is asked for.

    Raises:
        Refused: on asking for one that is broken or locked, or when all together would take too long to unpack.

    """

    def __init__(self, archive: zipfile.ZipFile, shape: re.Pattern[str] = _PICTURE) -> None:
        self._archive = archive
        self._parts = {name_of(part): part for part in archive.infolist() if shape.search(part.filename)}
        self._weighed: set[str] = set()
        self._sum = 0

    def __getitem__(self, name: str) -> bytes:
        # One byte more than a picture may have shows that it is too large.
        part = self._parts[name]
        try:
            with self._archive.open(part) as stream:
                data = stream.read(MOST_PICTURE + 1)
        except BROKEN as error:
            raise Refused(Words("Its picture cannot be read.")) from error
        if name not in self._weighed:
            self._weighed.add(name)
            self._sum += points(data)
        if self._sum > MOST_POINTS:
            raise Refused(
                Words("The pictures of this file are too large together. Save them smaller, or part it into several.")
            )
        return data

    def __contains__(self, name: object) -> bool:
        # Mapping's own would unpack it to see whether it is there.
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


def name_of(part: zipfile.ZipInfo) -> str:
    """Return a part's name. Chinese Windows writes it in its own encoding and does not say so."""
    if part.flag_bits & _IN_UTF8 or part.filename.isascii():
        return part.filename
    try:
        spelled = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return spelled.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def check_size(archive: zipfile.ZipFile) -> None:
    """Refuse a zip that would unpack to something huge; nothing is unpacked then.

    Raises:
        FaultyInput: it has too many parts, or they are too large together.

    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        words = Words(
            "This zip would unpack to more than %(megabytes)s MB. Make its pictures smaller, or part it into several.",
            {"megabytes": MOST_UNPACKED // 1_000_000},
        )
        raise FaultyInput([Fault("", words)])


def unpacked(archive: zipfile.ZipFile, name: str | zipfile.ZipInfo, most: int) -> bytes:
    """Return a part of at most so many bytes, whatever size the zip claims for it.

    Raises:
        FaultyInput: it is larger.

    """
    with archive.open(name) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        words = Words("A file in this zip is larger than %(megabytes)s MB.", {"megabytes": most // 1_000_000})
        raise FaultyInput([Fault("", words)])
    return data
