"""Which question of a sheet a picture belongs to: what hangs in or below its text is its own, all else is told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from base.languages import Words
from quizzes.exchange.made import PICTURED
from quizzes.exchange.paper.asked import Asked, short
from quizzes.exchange.paper.model import Line
from quizzes.exchange.pictures import Files, picture_of
from quizzes.exchange.reading import Raw, Refused, Remark


def with_pictures_below(lines: Iterable[Line]) -> list[Line]:
    """Return lines with those that hold nothing but pictures hung below the one before: what comes next is seen."""
    out: list[Line] = []
    for line in lines:
        if out and line.pictures and not line.text.strip():
            below = out[-1].below + tuple(name for _, name in line.pictures)
            out[-1] = replace(out[-1], below=below, faults=out[-1].faults | line.faults)
        else:
            out.append(line)
    return out


@dataclass(slots=True)
class _Waiting:
    """A picture on a line of its own, until what follows tells whose it is: what its question held so far."""

    name: str
    item: Asked
    options: int
    answers: int


class Hanging:
    """Gives the pictures of a sheet to its questions, line by line. `notes` say which belong to none."""

    def __init__(self) -> None:
        self.notes: list[Remark] = []
        self._waiting: list[_Waiting] = []
        self._last: list[_Waiting] = []
        self._above = False

    def hang(self, line: Line, now: Asked | None, into: str) -> None:
        """Take the pictures of a line that was read: `now` is the question it belongs to, `into` where it went."""
        self._go_on(now)
        for at, name in line.pictures:
            if now is None:
                self._stray(line)
            elif (at <= now.asked_until) if now.asked_in is line else into == "stem":
                now.pictures.append(name)
            elif into == "option":
                _offered(now)
            else:
                self._unclear(now)
        for name in line.below:
            if now is None:
                self._stray(line)
            elif into in ("stem", "option"):
                self._waiting.append(_Waiting(name, now, len(now.options), len(now.answers)))
            else:
                self._unclear(now)

    def settle(self) -> None:
        """Place those that stand last of their question: below its text they are its own.

        Not so on a sheet that sets pictures above the questions; and behind the options it may be the next one's.
        """
        self._go_on(None)
        for one in self._last:
            if one.options or self._above:
                self._unclear(one.item)
            else:
                one.item.pictures.append(one.name)

    def _go_on(self, now: Asked | None) -> None:
        """Place what is waiting, as far as the lines read since tell."""
        left: list[_Waiting] = []
        for one in self._waiting:
            if now is not one.item:
                self._last.append(one)
            elif one.options and len(now.options) > one.options:
                _offered(now)
            elif len(now.options) > one.options or len(now.answers) > one.answers or now.explanation:
                now.pictures.append(one.name)
            else:
                left.append(one)
        self._waiting = left

    def _stray(self, line: Line) -> None:
        self._above = True
        words = Words("A picture here belongs to no question and was left out. Put it below the text of its question.")
        self.notes.append(Remark(line.number, words))

    def _unclear(self, item: Asked) -> None:
        words = Words(
            "A picture behind “%(text)s” was left out: it may belong to another question. Add it by hand.",
            {"text": short(item.stem)},
        )
        self.notes.append(Remark(item.line, words))


def left_out(stem: str) -> Words:
    """Return that a picture of a question was left out."""
    return Words("A picture belongs to “%(text)s”; it was left out. Add it by hand.", {"text": short(stem)})


def _offered(item: Asked) -> None:
    item.fault = item.fault or PICTURED


def take_pictures(raws: Iterable[Raw], files: Files, within: str) -> tuple[list[Raw], list[Remark]]:
    """Return questions with the address of their one picture, or the fault that it cannot be read; what is to be said.

    `files` are the pictures beside the sheet, `within` the folder of the sheet among them.
    """
    notes: list[Remark] = []
    taken: list[Raw] = []
    found: dict[tuple[str, ...], tuple[str | None, list[Words]] | Words] = {}  # many may show the same map
    for raw in raws:
        if not raw.pictures or raw.fault:
            taken.append(raw)
            continue
        if raw.pictures not in found:
            found[raw.pictures] = _found(raw.pictures, files, within)
        told = found[raw.pictures]
        if isinstance(told, Words):
            taken.append(replace(raw, fault=told))
        else:
            taken.append(replace(raw, image=told[0]))
            notes += [Remark(raw.line, words) for words in told[1]]
    return taken, notes


def _found(names: tuple[str, ...], files: Files, within: str) -> tuple[str | None, list[Words]] | Words:
    try:
        return picture_of(names, files, within)
    except Refused as refused:
        return refused.words
