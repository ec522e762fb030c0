"""A zip of questions: its XML files in the order of its manifest, with the pictures beside them."""

import io
import re
import zipfile
from collections.abc import Callable

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import MOST_BYTES as MOST_XML
from base.xml import Element, parse, root_name
from quizzes.exchange.archive import BROKEN, Pictures, check_size, unpacked
from quizzes.exchange.made import Gathered
from quizzes.exchange.moodle import read_moodle
from quizzes.exchange.pictures import Files
from quizzes.exchange.qti.new import read_new
from quizzes.exchange.qti.old import read_old
from quizzes.exchange.reading import Reading

MANIFEST = "imsmanifest.xml"
_QUESTIONS = re.compile(r"\.(?:xml|qti|dat)$", re.IGNORECASE)

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
    except BROKEN:
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
    except BROKEN as error:
        raise _fault(Words("This zip cannot be read. Export the questions once more.")) from error


def _read(archive: zipfile.ZipFile) -> Reading:
    check_size(archive)
    gathered = Gathered()
    files = Pictures(archive)
    for name in _in_order(archive):
        body = unpacked(archive, name, MOST_XML)
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


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of the files that may hold questions: first as the manifest names them, then by name."""
    names = [name for name in archive.namelist() if _QUESTIONS.search(name) and not name.startswith("__MACOSX/")]
    first: list[str] = []
    for manifest in [name for name in names if name.rsplit("/", 1)[-1] == MANIFEST]:
        folder = manifest[: -len(MANIFEST)]
        listed = parse(unpacked(archive, manifest, MOST_XML)).descend()
        first += [folder + element.attributes.get("href", "") for element in listed if element.name == "file"]
    order = [name for name in dict.fromkeys(first) if name in names]
    return [*order, *sorted(set(names) - set(order))]


def _fault(words: Words) -> FaultyInput:
    return FaultyInput([Fault("", words)])
