"""The result list on paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from base.clock import parse_instant
from base.languages import Words
from base.translate import Said
from race.model import Setup, Status
from race.printing.days import day_and_hour
from race.printing.lists import name_of
from race.printing.tables import Cell, Column, Group, ListPaper, list_pdf
from race.rules.naming import STATUSES
from results.rules.publication import cut, is_hidden
from results.rules.wording import length

Row = Mapping[str, Any]


def results_pdf(
    setup: Setup, results: Mapping[str, Any], day: date | None, languages: Sequence[str], **chosen: Any
) -> bytes:
    """Return a result list in the terms of the contract as a PDF; `chosen` are the choices of `results_paper`."""
    return list_pdf(results_paper(setup, results, **chosen), setup, day, languages)


def results_paper(
    setup: Setup,
    results: Mapping[str, Any],
    *,
    first: int | None = None,
    names: bool = False,
    version: int | None = None,
    trial: bool = False,
    logo: str = "",
) -> ListPaper:
    """Return a result list in the terms of the contract as a page model.

    With `first`, only places up to it are given, ties complete, and all others who are OK stand below as finished, by
    number and without figures, which would give their order away. `names` adds the members.
    """
    pointed = any(row["points"] for _, row in _rows(results))
    penalized = any(row["penalty_s"] for _, row in _rows(results))
    columns = [
        Column(Words("Place"), 16, "figure", "center"),
        Column(Words("No."), 15, "plain"),
        Column(Words("Team"), 0, "strong"),
        Column(Words("Checkpoints"), 27, "plain", "right"),
        *([Column(Words("Points"), 17, "plain", "right")] if pointed else []),
        Column(Words("Time"), 23, "time", "right"),
        *([Column(Words("Penalties"), 20, "plain", "right")] if penalized else []),
        Column(Words("Status"), 27, "plain", "right"),
    ]

    def cells(row: Row) -> list[Cell]:
        entry = setup.entries.get(row["entry"])
        people = row.get("members") or [member.name for member in (entry.members if entry else ())]
        members = "\u3000".join(people) if names else ""
        hidden = is_hidden(row, first)
        figures: list[Cell] = [
            "" if hidden else _shown(row["checkpoints"]),
            *([("" if hidden else _shown(row["points"]))] if pointed else []),
            "" if hidden else _length(row["time_s"]),
            *([("" if hidden else _length(row["penalty_s"] or None, "+"))] if penalized else []),
        ]
        return [
            _shown(row["place"]),
            row["bib"],
            (row["team"], row["club"], members),
            *figures,
            STATUSES[row["status"]],
        ]

    groups = [
        Group((name_of(setup.classes[in_class["id"]]),), [cells(row) for row in cut(in_class["results"], first)])
        for in_class in results["classes"]
        if in_class["id"] in setup.classes and any(_raced(row) for row in in_class["results"])
    ]
    return ListPaper(
        Words("Results"),
        columns,
        groups,
        notes=_notes(setup, results, first, version),
        mark=_mark(results, version, trial=trial) if groups else "",
        empty=Words("There are no results yet. They stand here as soon as the first team has started."),
        row_mm=10,
        logo=logo,
    )


def provisional(results: Mapping[str, Any]) -> bool:
    """Tell whether places may still move: the race is not closed, or heads are to be counted."""
    return any(bool(row["provisional"]) or row["status"] == Status.FINISHED for _, row in _rows(results))


def _notes(setup: Setup, results: Mapping[str, Any], first: int | None, version: int | None) -> tuple[Said, ...]:
    notes: list[Said] = []
    if results["at"]:
        at = parse_instant(results["at"])
        standing = {language: day_and_hour(at, setup, language) for language in ("zh", "en")}
        notes.append(Words("As it stood on %(at)s", {"at": standing}))
    if version is not None:
        notes.append(Words("Version %(version)s", {"version": version}))
    if first is not None:
        notes.append(Words("Places up to %(first)s; all others who finished stand by their number.", {"first": first}))
    return tuple(notes)


def _mark(results: Mapping[str, Any], version: int | None, *, trial: bool) -> Words:
    if trial:
        return Words("Trial: counts for nothing")
    if version is not None:
        return Words("Final")
    return Words("Provisional") if provisional(results) else Words("Closed, not yet published")


def _rows(results: Mapping[str, Any]) -> list[tuple[str, Row]]:
    return [(in_class["id"], row) for in_class in results["classes"] for row in in_class["results"]]


def _raced(row: Row) -> bool:
    return bool(row["status"] != Status.INACTIVE)


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)


def _length(seconds: int | None, sign: str = "") -> str:
    return "" if seconds is None else sign + length(seconds)
