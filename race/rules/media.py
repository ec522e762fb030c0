"""What the pictures and sounds of a team's first sheets come to, and which of them its phone cannot carry sealed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quizzes.model import Question
from quizzes.rules import Orders
from race.model import Entry, Setup
from race.rules.sealing import Basis, FirstSheet, basis_of, checkpoints_on, first_sheet

# Bytes of pictures and sounds in what one team carries sealed: sixteen pictures of the largest size, fifty of 30 kB.
# Sealed they are 2.7 MB. A phone fetches that when it joins and when its questions were changed, five phones a team,
# and a park has one weak mobile cell; and a phone without a database has about 5 MB for all that it keeps.
MOST_MEDIA = 1_500_000
# Before there are teams, so many made-up ones stand for a class: neighbours draw different questions.
_SAMPLES = 20

# By quiz: by question that has any, the bytes of its picture and its sound.
Weights = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Carried:
    """Bytes of all pictures and sounds of a team's first sheets, and each (checkpoint, question) sealed without."""

    size: int
    left_out: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class TooMuch:
    """Of `of` teams `teams` carry not all pictures and sounds; the most that one would have to carry, in bytes."""

    teams: int
    of: int
    most: int


def media_bytes(question: Question) -> int:
    """Return the bytes of a question's picture and sound, as their files would have; an address elsewhere has none."""
    kept = (item.partition(",")[2] for item in (question.image, question.sound) if item and item.startswith("data:"))
    return sum(len(text) * 3 // 4 for text in kept)


def weights_of(basis: Basis) -> Weights:
    """Return what the questions of each quiz weigh; a quiz without pictures and sounds is not in it."""
    by_bank = {
        bank.id: {item.id: size for item in bank.questions if (size := media_bytes(item))}
        for bank in basis.banks.values()
    }
    return {quiz.id: by_bank[quiz.bank] for quiz in basis.quizzes.values() if by_bank[quiz.bank]}


def carried(sheets: Iterable[FirstSheet], weights: Weights) -> Carried:
    """Return what fits into `MOST_MEDIA`, in the order of the sheets: what does not fit any more is left out."""
    size = kept = 0
    left_out = set()
    for sheet in sheets:
        for name in sheet.questions:
            weight = weights.get(sheet.quiz, {}).get(name, 0)
            size += weight
            if kept + weight <= MOST_MEDIA:
                kept += weight
            else:
                left_out.add((sheet.checkpoint, name))
    return Carried(size, frozenset(left_out))


def too_much(setup: Setup, secret: bytes, log: str, orders: Orders | None = None) -> TooMuch | None:
    """Return how many teams carry not all pictures and sounds, or None where all do."""
    basis = basis_of(setup)
    weights = weights_of(basis)
    if not weights:
        return None
    entries = list(_entries(setup))
    found = []
    for entry in entries:
        drawn = (first_sheet(basis, secret, log, entry, item.id, orders) for item in checkpoints_on(setup, entry))
        found.append(carried((sheet for sheet in drawn if sheet), weights))
    teams = sum(bool(item.left_out) for item in found)
    return TooMuch(teams, len(entries), max(item.size for item in found)) if teams else None


def _entries(setup: Setup) -> Iterator[Entry]:
    """Yield the teams, and for a class that has none yet some made-up ones."""
    yield from setup.entries.values()
    for name in setup.classes.keys() - {entry.class_ for entry in setup.entries.values()}:
        yield from (Entry(f"{name} {number}", name, draw_no=number) for number in range(_SAMPLES))
