"""Result lists as IOF Data Standard 3.0: a `ResultList` that validates against its schema.

A team that goes round together is a `TeamResult` whose one run stands in its one `TeamMemberResult`, with the team's
own place and status as `OverallResult`; an entry of a class without a team size is a `PersonResult`.
"""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import (
    Element,
    SubElement,
    indent,
    tostring,
)

from base.clock import format_instant
from base.languages import say
from race.model import Run, Setup

NAMESPACE = "http://www.orienteering.org/datastandard/3.0"
Row = Mapping[str, Any]


def results_iof(setup: Setup, runs: Mapping[str, Run], results: Mapping[str, Any]) -> bytes:
    """Return the file of a result list in the terms of the contract. `runs` give the instants of start and finish."""
    language = setup.about.language
    root = Element("ResultList", {"xmlns": NAMESPACE, "iofVersion": "3.0", "creator": "Waypost"})
    if results["at"]:
        root.set("createTime", results["at"])
    _text(SubElement(root, "Event"), "Name", say(setup.about.name, language) or results["race"])
    for in_class in results["classes"]:
        class_ = setup.classes[in_class["id"]]
        listed = SubElement(root, "ClassResult")
        named = SubElement(listed, "Class")
        _text(named, "Id", class_.id)
        _text(named, "Name", say(class_.name, language) or class_.id)
        for row in in_class["results"]:
            result = _team(listed, row) if class_.team_size is not None else _person(listed, row)
            _fill(result, row, runs[row["entry"]], setup.about.timezone, in_team=class_.team_size is not None)
    indent(root)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _text(parent: Element, name: str, value: Any, **attributes: str) -> None:
    if value is not None and value != "":
        SubElement(parent, name, attributes).text = _clean(str(value))


def _clean(text: str) -> str:
    """Leave out what XML cannot hold: control characters."""
    return "".join(letter for letter in text if letter in "\t\n" or " " <= letter < "\ud800" or letter >= "\ue000")


def _person(listed: Element, row: Row) -> Element:
    found = SubElement(listed, "PersonResult")
    _text(found, "EntryId", row["entry"])
    name = SubElement(SubElement(found, "Person"), "Name")
    SubElement(name, "Family").text = _clean(row["team"] or row["entry"])
    SubElement(name, "Given").text = ""
    _club(found, row)
    return SubElement(found, "Result")


def _team(listed: Element, row: Row) -> Element:
    found = SubElement(listed, "TeamResult")
    _text(found, "EntryId", row["entry"])
    _text(found, "Name", row["team"] or row["entry"])
    _club(found, row)
    _text(found, "BibNumber", row["bib"])
    return SubElement(SubElement(found, "TeamMemberResult"), "Result")


def _club(found: Element, row: Row) -> None:
    if row["club"]:
        _text(SubElement(found, "Organisation"), "Name", row["club"])


def _fill(result: Element, row: Row, run: Run, timezone: str, *, in_team: bool) -> None:
    """Write one run in the order that the schema wants."""
    course = {"type": "Course"} if in_team else {}
    _text(result, "BibNumber", row["bib"])
    _text(result, "StartTime", None if run.start is None else format_instant(run.start, timezone))
    _text(result, "FinishTime", None if run.finish is None else format_instant(run.finish, timezone))
    _text(result, "Time", row["time_s"])
    _text(result, "TimeBehind", row["behind_s"], **course)
    _text(result, "Position", row["place"], **course)
    _text(result, "Status", row["status"])
    _text(result, "Score", row["points"], type="Points")
    if in_team:
        overall = SubElement(result, "OverallResult")
        for name, key in (("Time", "time_s"), ("TimeBehind", "behind_s"), ("Position", "place"), ("Status", "status")):
            _text(overall, name, row[key])
    for split in row["splits"]:
        state = {} if split["state"] == "OK" else {"status": split["state"]}
        at = SubElement(result, "SplitTime", state)
        SubElement(at, "ControlCode").text = _clean(split["checkpoint"] or "*")
        _text(at, "Time", split["split_s"])
