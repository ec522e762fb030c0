"""What HTML in a question shows: its text, with raised figures raised; nothing of it is ever run or fetched."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from base.xml import Element
from quizzes.exchange.words import clean

RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SMALL = {"sup": RAISED, "sub": LOWERED}
_UNSEEN = {"script", "style", "head", "title", "template", "noscript", "iframe", "object"}
_BLOCKS = {"br", "p", "li", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table"}
_SOUNDS = {"audio", "video", "embed", "bgsound"}
_VOID = {"br", "img", "embed", "bgsound"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The text that a piece of HTML shows, where its pictures are, and what of it no text can say (`sound`, …)."""

    text: str
    pictures: tuple[str, ...] = ()
    faults: frozenset[str] = frozenset()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures: list[str] = []
        self.faults: set[str] = set()
        self._unseen = ""
        self._small = ""

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._small and data.strip():
            table = _SMALL[self._small]
            if any(ord(sign) not in table for sign in data.strip()):
                self.faults.add("raised")
            data = data.translate(table)
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen = self._unseen or tag
        elif tag in _SMALL:
            self._small = tag
        elif tag == "img":
            self.pictures.append(dict(attrs).get("src") or "")
        elif tag in _SOUNDS:
            self.faults.add("sound")
        elif tag == "math":
            self.faults.add("formula")
        elif tag in {"td", "th"} and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append(" ")
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag == self._small:
            self._small = ""
        if tag in _BLOCKS:
            self._break()

    def _break(self) -> None:
        if self.parts and not self._unseen:
            self.parts.append("\n")


def shown(html: str) -> Shown:
    """Return what HTML shows. A line's end in it is a space; paragraphs, items and rows begin lines."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = "".join(part if part == "\n" else " ".join(f"|{part}|".split())[1:-1] for part in reader.parts).split("\n")
    text = "\n".join(line for line in (clean(line) for line in lines) if line)
    return Shown(text, tuple(reader.pictures), frozenset(reader.faults))


def html_of(element: Element, replaced: dict[str, str], left: frozenset[str] = frozenset()) -> str:
    """Return an element's inside as HTML: some names replaced by a text of their own, some left out."""
    return "".join(_inside(element, replaced, left))


def _inside(element: Element, replaced: dict[str, str], left: frozenset[str]) -> Iterator[str]:
    done = 0
    for child in element.children:
        yield _escaped(element.text[done : child.at])
        done = child.at
        if child.name in replaced:
            yield _escaped(replaced[child.name])
        elif child.name not in left:
            name = child.name.lower()
            source = child.attributes.get("src", child.attributes.get("data", ""))
            if name == "object" and child.attributes.get("type", "").startswith("image/"):
                name = "img"
            yield f'<{name} src="{_escaped(source)}">' if source else f"<{name}>"
            yield from _inside(child, replaced, left)
            if name not in _VOID:
                yield f"</{name}>"
    yield _escaped(element.text[done:])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
