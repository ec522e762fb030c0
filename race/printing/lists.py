"""The start list, and the list to check teams in with a pen."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby

from base.languages import Text, Words
from base.translate import Said
from race.model import Class, Entry, Setup, StartKind
from race.printing.days import hour
from race.printing.tables import Column, Group, ListPaper, list_pdf
from race.rules.people import captain_of, heads_of

STARTS = {
    StartKind.MASS: Words("Mass start"),
    StartKind.WAVE: Words("Wave %(wave)s"),
    StartKind.INTERVAL: Words("One after the other"),
    StartKind.PUNCH: Words("Punch the start sign to go"),
}


def start_list_pdf(setup: Setup, day: date | None, languages: list[str], by: str = "start") -> bytes:
    """Return who starts when and where to first, by start (class, wave, time), by `club`, or by `bib`."""
    timed = any(entry.starts_at is not None for entry in setup.entries.values())
    led = any(entry.first for entry in setup.entries.values())
    columns = [
        *([Column(Words("Start"), 20, "figure")] if timed else []),
        Column(Words("No."), 18, "figure"),
        Column(Words("Team"), 0, "strong"),
        *([Column(Words("Club"), 0)] if by != "club" else []),
        *([Column(Words("Class"), 26)] if by != "start" and len(setup.classes) > 1 else []),
        *([Column(Words("First to"), 26, "figure")] if led else []),
        Column(Words("People"), 16, align="right"),
    ]

    def row(entry: Entry) -> list[Said]:
        class_ = setup.classes[entry.class_]
        return [
            *([hour(entry.starts_at, setup) if entry.starts_at is not None else ""] if timed else []),
            entry.bib,
            entry.team,
            *([entry.club] if by != "club" else []),
            *([name_of(class_)] if by != "start" and len(setup.classes) > 1 else []),
            *([" → ".join(setup.checkpoints[code].code for code in entry.first)] if led else []),
            str(heads_of(setup, entry) or ""),
        ]

    groups = [Group(name, [row(entry) for entry in entries]) for name, entries in grouped(setup, by)]
    paper = ListPaper(Words("Start list"), columns, groups, notes=(_total(setup),), row_mm=9)
    return list_pdf(paper, setup, day, languages)


def checkin_list_pdf(setup: Setup, day: date | None, languages: list[str], by: str = "bib") -> bytes:
    """Return the list to check teams in with: who should come, whom to call, room for heads and a signature."""
    columns = [
        Column(Words("No."), 17, "figure"),
        Column(Words("Team"), 52, "strong"),
        Column(Words("Captain, telephone"), 32),
        Column(Words("Members: tick who is here"), 0, "ticks"),
        Column(Words("Heads"), 21, "heads"),
        Column(Words("Signature"), 36, "blank"),
    ]

    def row(entry: Entry) -> list[Said | tuple[Said, ...]]:
        captain = captain_of(entry)
        return [
            entry.bib,
            (entry.team, entry.club),
            captain,
            tuple(member.name for member in entry.members),
            str(heads_of(setup, entry) or ""),
            "",
        ]

    groups = [Group(name, [row(entry) for entry in entries]) for name, entries in grouped(setup, by)]
    how = Words("Count the heads, write the number, let the captain sign. Somebody swapped? Write the new name in.")
    paper = ListPaper(Words("Check-in list"), columns, groups, notes=(_total(setup), how), row_mm=15, landscape=True)
    return list_pdf(paper, setup, day, languages)


def name_of(class_: Class) -> Text:
    """Return what a class is called on paper."""
    return class_.name or class_.id


def grouped(setup: Setup, by: str) -> Iterable[tuple[tuple[Said, ...], list[Entry]]]:
    """Return all entries in groups with a name: by class and start, by club, or all in one by their number."""
    entries = setup.entries.values()
    if by == "bib":
        return [((), sorted(entries, key=_by_bib))]
    if by == "club":
        clubs = sorted(entries, key=lambda entry: (not entry.club, entry.club, _by_bib(entry)))
        return [
            ((club or Words("Without a club"),), list(of_club))
            for club, of_club in groupby(clubs, lambda entry: entry.club)
        ]
    places = {name: number for number, name in enumerate(setup.classes)}
    key: Callable[[Entry], tuple[int, str]] = lambda entry: (places[entry.class_], _wave(setup, entry))  # noqa: E731
    starters = sorted(entries, key=lambda entry: (*key(entry), entry.starts_at or 0, _by_bib(entry)))
    return [
        (_start_name(setup, of_start[0]), of_start) for _, found in groupby(starters, key) if (of_start := list(found))
    ]


def _start_name(setup: Setup, entry: Entry) -> tuple[Said, ...]:
    class_ = setup.classes[entry.class_]
    start = STARTS[class_.start]
    if class_.start is StartKind.WAVE:
        start = Words("Wave %(wave)s", {"wave": entry.wave}) if entry.wave else Words("No wave yet")
    return (name_of(class_), start)


def _wave(setup: Setup, entry: Entry) -> str:
    return (entry.wave or "\uffff") if setup.classes[entry.class_].start is StartKind.WAVE else ""


def _by_bib(entry: Entry) -> tuple[int, str]:
    bib = entry.bib or entry.id
    return (int(bib) if bib.isdecimal() else 10**9, bib)


def _total(setup: Setup) -> Words:
    clubs = {entry.club for entry in setup.entries.values() if entry.club}
    heads = sum(heads_of(setup, entry) or 0 for entry in setup.entries.values())
    numbers = {"teams": len(setup.entries), "people": heads, "clubs": len(clubs)}
    return Words("Teams: %(teams)s, people: %(people)s, clubs: %(clubs)s", numbers)
