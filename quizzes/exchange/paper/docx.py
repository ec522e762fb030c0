"""Word's .docx as lines: its automatic numbers, what is bold or coloured, insertions in and deletions out.

Read straight from its XML: python-docx neither counts lists nor sees tracked changes. Headers, footers and
footnotes are other parts and are left alone; a text box is read below the paragraph that it hangs on.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from base.faults import Fault, FaultyInput
from base.languages import Words
from base.xml import MOST_BYTES as MOST_XML
from base.xml import Element, parse
from quizzes.exchange.archive import BROKEN
from quizzes.exchange.paper.drawn import LINKS, linked, outermost, pictures_in
from quizzes.exchange.paper.model import Block, Line, Style, Table
from quizzes.exchange.paper.numbering import Numbering, number, value

MOST_PARTS = 20_000
DOCUMENT = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_INSIDE = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "hyperlink", "fldSimple", "customXml", "dir", "bdo"}
# Signs of the fonts of signs, by (font, low byte).
_SIGNS = {
    ("wingdings", 0xFC): "√", ("wingdings", 0xFB): "×", ("wingdings", 0xFE): "√", ("wingdings", 0xFD): "×",
    ("wingdings 2", 0x50): "√", ("wingdings 2", 0x4F): "×", ("wingdings 2", 0x52): "√", ("wingdings 2", 0x51): "×",
    ("symbol", 0xD6): "√", ("symbol", 0xB4): "×",
}  # fmt: skip
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_PLAIN_COLOURS = {"", "auto", "000000"}


def is_document(data: bytes) -> bool:
    """Tell whether these bytes are a document of Word, of the new kind or the old."""
    if data.startswith(_OLE):
        return "WordDocument".encode("utf-16-le") in data
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return DOCUMENT in archive.namelist()
    except BROKEN:
        return False


def read_document(data: bytes) -> list[Block]:
    """Return the lines and tables of a .docx.

    Raises:
        FaultyInput: it is a .doc, has macros, is broken, or would unpack to something huge.

    """
    if data.startswith(_OLE):
        raise _fault("This is an old Word document (.doc). Open it in Word or WPS and save it as .docx.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if len(names) > MOST_PARTS:
                raise _fault("This file would unpack to something too large to read.")
            if "word/vbaProject.bin" in names:
                raise _fault("This Word document holds macros. Save it as .docx, without macros.")
            document = parse(_part(archive, DOCUMENT))
            lists, styles, links = (
                parse(_part(archive, name)) if name in names else None
                for name in ("word/numbering.xml", "word/styles.xml", LINKS)
            )
    except BROKEN as error:
        raise _fault("This .docx file cannot be read. Open it in Word or WPS and save it again.") from error
    except FaultyInput as faulty:
        # A line of XML says nothing to somebody who sees paragraphs.
        raise FaultyInput([Fault("", faulty.faults[0].words)]) from faulty
    body = document.child("body")
    if body is None:
        raise _fault("This .docx file cannot be read. Open it in Word or WPS and save it again.")
    return _Reader(Numbering(lists), styles, linked(links)).blocks(body)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part, whatever size the archive claims for it: no more than shows that it is too large."""
    with archive.open(name) as stream:
        data = stream.read(MOST_XML + 1)
    if len(data) > MOST_XML:
        raise _fault("This file would unpack to something too large to read.")
    return data


def _fault(message: str) -> FaultyInput:
    return FaultyInput([Fault("", Words(message))])


@dataclass(slots=True)
class _Written:
    """What a paragraph holds so far, in lines as soft breaks part it."""

    lines: list[tuple[list[str], list[Style]]] = field(default_factory=lambda: [([], [])])
    faults: set[str] = field(default_factory=set)
    pictures: list[tuple[int, int, str]] = field(default_factory=list)  # (line, after how many signs, name)

    def hang(self, names: Iterable[str]) -> None:
        place = len(self.lines) - 1
        self.pictures += [(place, len(self.lines[place][1]), name) for name in names]

    def add(self, text: str, style: Style) -> None:
        for place, part in enumerate(text.split("\n")):
            if place:
                self.lines.append(([], []))
            self.lines[-1][0].append(part)
            self.lines[-1][1].extend([style] * len(part))


class _Reader:
    def __init__(self, numbering: Numbering, styles: Element | None, links: Mapping[str, str]) -> None:
        self._numbering = numbering
        self._links = links
        self._styles = {style.attributes.get("styleId", ""): style for style in (styles.all("style") if styles else [])}
        self._count = 0
        self._blank = False
        self._boxes: list[Element] = []

    def blocks(self, body: Element) -> list[Block]:
        found: list[Block] = []
        written = _Written()
        label = ""
        for element in _opened(body):
            if element.name == "tbl":
                found.append(self._table(element))
            elif element.name == "p":
                label, written, whole = self._paragraph(element, label, written)
                if whole:
                    found += self._lines(label, written)
                    label, written = "", _Written()
                    found += self._boxed()
        return found

    def _boxed(self) -> Iterator[Line]:
        """Yield what stands in the text boxes that hang on the paragraph just read."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from (replace(line, boxed=True) for block in self.blocks(box) for line in _flat(block))

    def _table(self, element: Element) -> Table:
        table = Table(self._count + 1)
        for row in _named(element, "tr"):
            if any(mark.name == "del" for mark in (row.child("trPr") or row).children):
                continue
            cells: list[list[Line]] = []
            for cell in _named(row, "tc"):
                merged = cell.child("tcPr")
                lines = [line for block in self.blocks(cell) for line in _flat(block)]
                if merged is not None and merged.child("vMerge") and value(merged, "vMerge") != "restart":
                    lines = []
                cells.append(lines)
            table.rows.append(cells)
        return table

    def _paragraph(self, element: Element, label: str, written: _Written) -> tuple[str, _Written, bool]:
        """Return (label, what is written, whether it ends here): a deleted end joins it to the next paragraph."""
        self._count += 1
        properties = element.child("pPr")
        run = properties.child("rPr") if properties else None
        self._inside(element, written)
        anything = any("".join(texts).strip() for texts, _ in written.lines)
        if not label and (anything or written.faults or written.pictures):
            label = self._label(properties)
        deleted = run is not None and (run.child("del") is not None or run.child("moveFrom") is not None)
        return label, written, not deleted

    def _lines(self, label: str, written: _Written) -> Iterator[Line]:
        for place, (texts, styles) in enumerate(written.lines):
            text = "".join(texts)
            head = f"{label} " if label and not place else ""
            faults = frozenset(written.faults) if not place else frozenset()
            held = tuple((len(head) + at, name) for line, at, name in written.pictures if line == place)
            if not text.strip() and not faults and not held:
                self._blank = self._blank or not place
                continue
            marks = (*[frozenset()] * len(head), *styles) if any(styles) else ()
            yield Line(self._count, head + text, marks, place > 0, self._blank, faults, pictures=held)
            self._blank = False

    def _label(self, properties: Element | None) -> str:
        own = properties.child("numPr") if properties else None
        list_id, depth = value(own, "numId"), value(own, "ilvl")
        name = value(properties, "pStyle")
        for _ in range(10):  # styles build upon each other; a circle must end
            style = self._styles.get(name)
            if style is None or list_id:
                break
            within = style.child("pPr")
            given = within.child("numPr") if within else None
            list_id, depth = value(given, "numId"), depth or value(given, "ilvl")
            name = value(style, "basedOn")
        return self._numbering.label(list_id, number(depth)) if list_id and list_id != "0" else ""

    def _inside(self, element: Element, written: _Written) -> None:
        for child in element.children:
            if child.name == "r":
                self._run(child, written)
            elif child.name in ("oMath", "oMathPara"):
                written.faults.add("formula")
                written.add("".join(part.text for part in child.descend() if part.name == "t"), frozenset())
            elif child.name in _INSIDE:
                self._inside(child, written)

    def _run(self, run: Element, written: _Written) -> None:
        properties = run.child("rPr")
        if properties is not None and _unseen(run, properties, written.faults):
            return
        style = self._style(properties)
        raised = value(properties, "vertAlign")
        for child in run.children:
            if child.name == "t":
                written.add(_shown(child.text, style, raised, written.faults), style)
            elif child.name in ("tab", "ptab"):
                written.add("\t", style)
            elif child.name in ("br", "cr"):
                if child.attributes.get("type") not in ("page", "column"):
                    written.add("\n", style)
            elif child.name == "noBreakHyphen":
                written.add("-", style)
            elif child.name == "sym":
                written.add(_sign(child, written.faults), style)
            elif child.name == "ruby":
                for base in child.all("rubyBase"):
                    self._inside(base, written)
            elif child.name in ("drawing", "pict", "object", "AlternateContent"):
                drawing = child.child("Choice") or child  # an older form of it may follow
                written.hang(pictures_in(drawing, self._links, written.faults))
                self._boxes += outermost(drawing, "txbxContent")

    def _style(self, properties: Element | None) -> Style:
        marks: set[str] = set()
        given = [properties]
        if name := value(properties, "rStyle"):
            style = self._styles.get(name)
            given.append(style.child("rPr") if style else None)
        for some in given:
            if some is None:
                continue
            colour = value(some, "color").lower()
            if colour not in _PLAIN_COLOURS:
                marks.add(f"colour {colour}")
            if value(some, "highlight") not in ("", "none"):
                marks.add(f"light {value(some, 'highlight')}")
            shade = some.child("shd")
            if shade is not None and shade.attributes.get("fill", "auto").lower() not in ("auto", "ffffff", ""):
                marks.add(f"light {shade.attributes['fill']}")
            if _on(some, "i"):
                marks.add("italic")
            if _on(some, "b"):
                marks.add("bold")
            if value(some, "u") not in ("", "none"):
                marks.add("underline")
        return frozenset(marks)


def _unseen(run: Element, properties: Element, faults: set[str]) -> bool:
    """Tell whether a run is hidden or struck out, and so no part of the text."""
    if not _on(properties, "vanish") and not _on(properties, "strike"):
        return False
    if any(child.text.strip() for child in run.all("t")):
        faults.add("struck")
    return True


def _on(properties: Element, name: str) -> bool:
    return properties.child(name) is not None and value(properties, name) not in ("0", "false", "off")


def _shown(text: str, style: Style, raised: str, faults: set[str]) -> str:
    """Return a run's text as it looks: underlined spaces are the place where an answer is to be written."""
    if "underline" in style and len(text) > 1 and not text.strip():
        return "______"
    return _lifted(text, raised, faults)


def _sign(element: Element, faults: set[str]) -> str:
    """Return a sign of a font of signs: ticks and crosses are known, any other is a fault."""
    code = element.attributes.get("char", "")[-2:]
    known = re.fullmatch("[0-9A-Fa-f]{2}", code)
    sign = _SIGNS.get((element.attributes.get("font", "").casefold(), int(code, 16)), "") if known else ""
    if not sign:
        faults.add("sign")
    return sign


def _lifted(text: str, raised: str, faults: set[str]) -> str:
    """Return small raised or lowered figures as such: 10² is not 102."""
    table = {"superscript": _RAISED, "subscript": _LOWERED}.get(raised)
    if table is None:
        return text
    if any(ord(sign) not in table and not sign.isspace() for sign in text):
        faults.add("raised")
    return text.translate(table)


def _opened(element: Element) -> Iterator[Element]:
    """Yield what stands in a body or cell, content controls and insertions opened."""
    for child in element.children:
        if child.name in _INSIDE:
            yield from _opened(child)
        else:
            yield child


def _named(element: Element, name: str) -> Iterator[Element]:
    return (child for child in _opened(element) if child.name == name)


def _flat(block: Block) -> Iterator[Line]:
    if isinstance(block, Line):
        yield block
        return
    for row in block.rows:
        for cell in row:
            yield from cell
