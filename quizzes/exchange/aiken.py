"""Aiken, the plain text format of Moodle: a question, options `A. …` or `A) …`, and `ANSWER: B`."""

import re

from quizzes.exchange.bank import judged
from quizzes.exchange.reading import Raw, Reading
from quizzes.exchange.table import unnumbered
from quizzes.exchange.words import CHOICE

_ANSWER = re.compile(r"\s*ANSWER\s*[:：]\s*(.*?)\s*")
_OPTION = re.compile(r"\s*([A-Z])\s*[.)]\s+(.*)")


def read_aiken(name: str, text: str) -> Reading | None:
    """Return the questions of an Aiken text, or None if no line of it is an ANSWER after options."""
    del name
    lines = text.splitlines()
    if not any(
        _OPTION.fullmatch(line) and any(map(_ANSWER.fullmatch, lines[number:])) for number, line in _firsts(lines)
    ):
        return None
    raws: list[Raw] = []
    stem: list[str] = []
    options: dict[str, str] = {}
    first = 0
    for number, line in enumerate(lines, 1):
        if found := _ANSWER.fullmatch(line):
            raws.append(Raw(first or number, "\n".join(stem), found[1], options, CHOICE))
            stem, options, first = [], {}, 0
        elif found := _OPTION.fullmatch(line) if stem else None:
            options[found[1]] = found[2]
        elif line.strip():
            if options:
                # A question whose answer was forgotten ends where the next begins.
                raws.append(Raw(first, "\n".join(stem), "", options, CHOICE))
                stem, options, first = [], {}, 0
            first = first or number
            stem.append(line)
    if stem:
        raws.append(Raw(first, "\n".join(stem), "", options, CHOICE))
    return judged(unnumbered(raws))


def _firsts(lines: list[str]) -> list[tuple[int, str]]:
    """Return the first line that looks like an option: it alone decides, so a long other text costs one pass."""
    return next(([(number, line)] for number, line in enumerate(lines) if _OPTION.fullmatch(line)), [])
