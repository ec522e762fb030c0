"""A zip of questions: its XML files in the order of its manifest, with the pictures beside them."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import MOST_BYTES as MOST_XML
from base.xml import Element, parse, root_name
from quizzes.exchange.made import Gathered
from quizzes.exchange.moodle import read_moodle
from quizzes.exchange.pictures import MOST_BYTES as MOST_PICTURE
from quizzes.exchange.pictures import Files
from quizzes.exchange.qti.new import read_new
from quizzes.exchange.qti.old import read_old
from quizzes.exchange.reading import Reading

MOST_PARTS = 20_000
MOST_UNPACKED = 200_000_000
MANIFEST = "imsmanifest.xml"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp)$", re.IGNORECASE)
_QUESTIONS = re.compile(r"\.(?:xml|qti|dat)$", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)

# The readers of XML, by the name of its root.
ROOTS: dict[str, Callable[[Element, Gathered, str, Files | None], None]] = {
    "quiz": read_moodle,
    "questestinterop": read_old,
    "assessmentItem": read_new,
    "qti-assessment-item": read_new,
}


def is_package(data: bytes) -> bool:
    """Tell whether these bytes are a zip that may hold questions: with a manifest, or files of XML and no document."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except _BROKEN:
        return False
    if any(name.lower() in ("[content_types].xml", "mimetype") for name in names):
        return False
    return any(name.rsplit("/", 1)[-1] == MANIFEST or _QUESTIONS.search(name) for name in names)


def read_xml(data: bytes) -> Reading:
    """Return the questions of one file of XML whose root is in ROOTS."""
    gathered = Gathered()
    root = parse(data)
    ROOTS[root.name](root, gathered, "", None)
    return gathered.reading()


def read_package(data: bytes) -> Reading:
    """Return the questions of a zip.

    Raises:
        FaultyInput: it is broken, locked, or would unpack to something huge: nothing is unpacked then.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except _BROKEN as error:
        raise _fault(Words("This zip cannot be read. Export the questions once more.")) from error


def _read(archive: zipfile.ZipFile) -> Reading:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        words = Words(
            "This zip would unpack to more than %(megabytes)s MB. Make its pictures smaller, or part it into several.",
            {"megabytes": MOST_UNPACKED // 1_000_000},
        )
        raise _fault(words)
    gathered = Gathered()
    files = _Pictures(archive)
    for name in _in_order(archive):
        body = _part(archive, name, MOST_XML)
        read = ROOTS.get(root_name(body))
        if read is None:
            continue
        try:
            read(parse(body), gathered, name, files)
        except FaultyInput as faulty:
            fault = faulty.faults[0]
            line = fault.path.removeprefix("line ")
            gathered.refuse(int(line) if line.isdecimal() else 1, name, fault.words)
    return gathered.reading()


class _Pictures(Mapping[str, bytes]):
    """The pictures of a zip by their names, each unpacked when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = [name for name in archive.namelist() if _PICTURE.search(name)]

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        # One byte more than a picture may have shows that it is too large.
        with self._archive.open(name) as stream:
            return stream.read(MOST_PICTURE + 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the files that may hold questions: first as the manifest names them, then by name."""
    names = [name for name in archive.namelist() if _QUESTIONS.search(name) and not name.startswith("__MACOSX/")]
    first: list[str] = []
    for manifest in [name for name in names if name.rsplit("/", 1)[-1] == MANIFEST]:
        folder = manifest[: -len(MANIFEST)]
        listed = parse(_part(archive, manifest, MOST_XML)).descend()
        first += [folder + element.attributes.get("href", "") for element in listed if element.name == "file"]
    order = [name for name in dict.fromkeys(first) if name in names]
    return [*order, *sorted(set(names) - set(order))]


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise _fault(Words("A file in this zip is larger than %(megabytes)s MB.", {"megabytes": most // 1_000_000}))
    return data


def _fault(words: Words) -> FaultyInput:
    return FaultyInput([Fault("", words)])
