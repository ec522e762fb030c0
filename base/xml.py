"""XML from outside, read without trust: no entities, nothing fetched, limits on size and depth, lines remembered."""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import InputSource

from base.faults import Fault, FaultyInput
from base.languages import Words

MOST_BYTES = 20_000_000
MOST_ELEMENTS = 500_000
DEEPEST = 60
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([\w.:-]+)["']""")
# A document type that only names its rules and defines nothing between [ and ].
_BARE_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[<]*>")
_ROOT = re.compile(r"<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")


@dataclass(slots=True)
class Element:
    """One element: its name without prefix, its namespace, attributes, own text and children, and its line.

    `at` says after how many characters of its parent's own text it stands.
    """

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)
    at: int = 0

    def child(self, name: str) -> "Element | None":
        """Return the first child of that name, or None."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, *path: str) -> "list[Element]":
        """Return the elements at the end of a path of names, in document order."""
        found = [self]
        for name in path:
            found = [child for element in found for child in element.children if child.name == name]
        return found

    def value(self, *path: str) -> str:
        """Return the text of the first element at the end of a path, without blanks around it; "" if there is none."""
        found = self.all(*path)
        return " ".join(found[0].text.split()) if found else ""

    def descend(self) -> "Iterator[Element]":
        """Yield this element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))


def parse(data: bytes) -> Element:
    """Return the root element of an XML file. A document type that defines nothing is allowed and never fetched.

    Raises:
        FaultyInput: too large or deep, not well-formed (with `line N`), or it defines a document type.

    """
    from xml.sax import SAXParseException

    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    if len(data) > MOST_BYTES:
        raise _fault("This file is larger than %(megabytes)s MB.", megabytes=MOST_BYTES // 1_000_000)
    builder = _Builder()
    parser = DefusedExpatParser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    source = InputSource()
    source.setByteStream(io.BytesIO(_text(data).encode("utf-8", errors="replace")))
    source.setEncoding("utf-8")
    try:
        parser.parse(source)
    except SAXParseException as error:
        line = error.getLineNumber()
        raise _fault("This is not well-formed XML from here on.", line=line) from error
    except DefusedXmlException as error:
        raise _fault("This XML brings a document type of its own (<!DOCTYPE … [ … ]>), which is not read.") from error
    assert builder.root is not None  # the parser refuses a file without a root
    return builder.root


def root_name(data: bytes) -> str:
    """Return the name of the root element as far as the first bytes show it, or "" if this is no XML."""
    head = _text(data[:20_000])
    root = _ROOT.match(head, _prolog_end(head))
    return root[1] if root else ""


def _prolog_end(text: str) -> int:
    """Return where blanks, comments and instructions at the start of a text end."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        closing = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else ""
        end = text.find(closing, at) if closing else -1
        if end < 0:
            return at
        at = end + len(closing)


def _text(data: bytes) -> str:
    """Decode by mark or declaration. Expat knows few encodings, and Chinese programs declare GB2312 and mean GBK."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _undeclared(data[len(mark) :].decode(encoding, errors="replace"))
    declared = _DECLARATION.match(data[:200].decode("latin-1"))
    named = _ENCODING.search(declared[0]) if declared else None
    encoding = named[1] if named else "utf-8"
    if encoding.lower() in {"gb2312", "gbk", "gb_2312-80"}:
        encoding = "gb18030"
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError:
        text = data.decode("utf-8", errors="replace")
    return _undeclared(text)


def _undeclared(text: str) -> str:
    """Blank out the declaration, which no longer holds, and a bare document type; line numbers stay."""
    declared = _DECLARATION.match(text)
    if declared:
        text = "\n" * declared[0].count("\n") + text[declared.end() :]
    doctype = _BARE_DOCTYPE.match(text, _prolog_end(text))
    if not doctype:
        return text
    return text[: doctype.start()] + "\n" * doctype[0].count("\n") + text[doctype.end() :]


def _fault(message: str, *, line: int | None = None, **arguments: object) -> FaultyInput:
    return FaultyInput([Fault(f"line {line}" if line else "", Words(message, arguments))])


class _Builder(ContentHandler):
    """Makes elements of what the parser meets."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._lengths: list[int] = []
        self._count = 0
        self._locator: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802  the parser's name for it
        self._locator = locator

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: Any) -> None:  # noqa: N802  so
        del qname
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise _fault("This XML is too large or too deep to read.", line=self._locator.getLineNumber())
        attributes = {local: value for (_, local), value in attrs.items()}
        element = Element(name[1], name[0] or "", attributes, self._locator.getLineNumber())
        if self._open:
            element.at = self._lengths[-1]
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])
        self._lengths.append(0)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802  so
        del name, qname
        self._open.pop().text = "".join(self._texts.pop())
        self._lengths.pop()

    def characters(self, content: str) -> None:
        self._texts[-1].append(content)
        self._lengths[-1] += len(content)
