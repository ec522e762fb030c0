"""A question sheet as lines: what a person reading the paper sees, with how it is marked."""

from dataclasses import dataclass, field, replace

# What may mark an option as the right one. A colour is `colour ff0000`, so that two colours are two marks.
Style = frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `number` counts lines of a text, paragraphs of a Word document, from 1.

    `styles` says for each character how it is marked, and is empty where nothing is. `wraps` tells that the line goes
    on where the one before ends: a soft break in Word, an indented line in a text. `blank` tells that an empty line
    stands above. `boxed` tells that it stands in a text box.
    `faults` names what the line holds and no text can say: `picture` (one that no file holds), `formula`, `raised`;
    `cropped`: its picture is shown otherwise than it is.
    `pictures` are (after how many signs of the text, its name among the files beside the sheet or its address).
    `below` are those that stand on lines of their own below this one.
    """

    number: int
    text: str
    styles: tuple[Style, ...] = ()
    wraps: bool = False
    blank: bool = False
    faults: frozenset[str] = frozenset()
    boxed: bool = False
    pictures: tuple[tuple[int, str], ...] = ()
    below: tuple[str, ...] = ()

    def cut(self, begin: int, end: int) -> "Line":
        """Return a piece of the line with the pictures in it; the last piece has those at its end too."""
        last = end == len(self.text)
        held = tuple((at - begin, name) for at, name in self.pictures if begin <= at and (at < end or last))
        marks = self.styles[begin:end] if self.styles else ()
        return replace(self, text=self.text[begin:end], styles=marks, pictures=held)


@dataclass(slots=True)
class Table:
    """A table of a document: its cells as lines, and the line it begins at."""

    number: int
    rows: list[list[list[Line]]] = field(default_factory=list)


Block = Line | Table
