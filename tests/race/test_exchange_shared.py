"""The awkward sheets that unions send, held against what a careful person reads in them."""

import json
from pathlib import Path
from typing import Any

import pytest

from race.exchange.files import read_file
from race.rules.entering import Compared, EntryFile, compare

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
SHEETS = sorted(path for path in (SHARED / "entries-zh").glob("0*.*") if path.suffix != ".json")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared entry sheets are not on this machine")


def known(person: dict[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (person or {}).items() if value}


def shape(entry: dict[str, Any]) -> tuple[Any, ...]:
    members = [known(member) for member in entry["members"]]
    return entry.get("team"), entry.get("club"), known(entry.get("contact")), members


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_is_read_as_a_careful_person_reads_it(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.name}.EXPECTED.json").read_text(encoding="utf-8"))
    printed = read_file(path.name, path.read_bytes()).to_json()
    assert [shape(entry) for entry in printed["entries"]] == [shape(team) for team in expected["teams"]]

    refused = {(item.get("sheet"), item["line"]) for item in printed["refused"] if item["line"]}
    wanted = {(fault.get("sheet"), fault["row"]) for fault in expected["faults"]}
    skipped = {(row.get("sheet"), row.get("row")) for row in expected["skipped"]}
    several = len({sheet for sheet, _ in refused}) > 1
    # On sheets without a number of their own the lines above a table are named too.
    allowed = wanted | skipped | {(sheet, line) for sheet, line in refused if several and line < 4}
    assert wanted <= refused
    assert refused <= allowed

    columns = {item["column"] for item in printed["refused"] if "column" in item}
    assert columns == {"".join(column.split()) for column in expected["dropped_columns"]}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_no_identity_number_is_printed(path: Path) -> None:
    printed = json.dumps(read_file(path.name, path.read_bytes()).to_json())
    # All of the sheets' numbers begin with a region that does not exist, and no telephone does.
    assert '"99' not in printed
    assert "99000" not in printed.replace("1380000", "")


@pytest.mark.parametrize(
    ("name", "entries", "first"),
    [
        ("COC_1.csv", 1, ("Alice Smith", "COC", "9F")),
        ("OE11_COC_1.csv", 1, ("Alice Smith", "COC", "9F")),
        ("OE12_COC_1.csv", 1, ("Alice Smith", "COC", "9F")),
        ("helga_entries.xml", 414, ("Anna Müller 1", "Hermathenae", "D10A")),
    ],
)
def test_entries_of_other_programs(name: str, entries: int, first: tuple[str, str, str]) -> None:
    part = read_file(name, (SHARED / "entries" / name).read_bytes())
    assert len(part.data["entries"]) == entries
    entry = part.data["entries"][0]
    assert (entry["members"][0]["name"], entry["club"], entry["class"]) == first
    assert part.refused == ()


def test_a_second_sheet_adds_and_changes_what_a_careful_person_sees() -> None:
    expected = json.loads((SHARED / "entries-zh" / "01-then-05.EXPECTED.json").read_text(encoding="utf-8"))
    first, second = ((path.name, read_file(path.name, path.read_bytes())) for path in (SHEETS[0], SHEETS[4]))
    before = compare([], [EntryFile(first[0], first[1].data["entries"])]).merged()
    found = compare(before, [EntryFile(second[0], second[1].data["entries"])])

    def named(group: tuple[Compared, ...]) -> list[dict[str, Any]]:
        return [{what: each.after[what] for what in ("team", "club")} for each in group]

    assert named(found.added) == expected["added"]
    assert named(found.unchanged) == expected["unchanged"]
    assert named(found.gone) == expected["not_mentioned"]
    (changed,) = expected["changed"]
    assert [(each.members_out, each.members_in) for each in found.changed] == [
        (tuple(changed["members_out"]), tuple(changed["members_in"]))
    ]
