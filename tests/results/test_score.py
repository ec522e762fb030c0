import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from results.commands import score

RACE: dict[str, Any] = {
    "waypost": 1,
    "courses": [{"id": "A", "format": "line", "checkpoints": [31, "32"]}],
    "classes": [{"id": "open", "course": "A"}],
    "entries": [{"id": "1"}, {"id": "2"}],
}
Fact = dict[str, Any]
XSD = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "iof" / "IOF.xsd"


def at(minute: int) -> str:
    return f"2026-05-01T09:{minute:02}:00+08:00"


def facts() -> list[Fact]:
    return [
        {"id": "gun", "kind": "gun", "at": at(0)},
        {"id": "a", "kind": "punch", "entry": "1", "checkpoint": "31", "at": at(1)},
        {"id": "b", "kind": "punch", "entry": "1", "checkpoint": "55", "at": at(2)},
        {"id": "c", "kind": "punch", "entry": "1", "checkpoint": 32, "at": at(3), "received_at": at(30)},
        {"id": "d", "kind": "finish", "entry": "1", "at": at(4)},
    ]


def run(folder: Path, race: Any, lines: Iterable[Fact | str], *options: str) -> Result:
    files = folder / "race.json", folder / "facts.jsonl"
    files[0].write_text(race if isinstance(race, str) else json.dumps(race), encoding="utf-8")
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    files[1].write_text(text, encoding="utf-8")
    env = {"LANG": "en_US.UTF-8", "LC_ALL": "", "LANGUAGE": ""}
    return CliRunner().invoke(score, [*map(str, files), *options], env=env)


def rows(folder: Path, lines: Iterable[Fact | str], *options: str) -> dict[str, Any]:
    result = run(folder, RACE, lines, *options)
    assert result.exit_code == 0, result.output
    return {row["entry"]: row for row in json.loads(result.stdout)["classes"][0]["results"]}


def test_courses_classes_and_entries_are_enough(tmp_path: Path) -> None:
    found = rows(tmp_path, facts())
    first = found["1"]
    assert (first["place"], first["status"], first["time_s"], first["checkpoints"]) == (1, "OK", 240, 2)
    assert (first["points"], first["late_s"], first["behind_s"]) == (None, None, 0)
    second = found["2"]
    assert (second["place"], second["status"], second["time_s"]) == (None, "DidNotStart", None)


def test_the_list_has_the_keys_of_the_contract_and_no_others(tmp_path: Path) -> None:
    assert list(rows(tmp_path, facts())["1"]) == [
        "entry", "bib", "team", "club", "place", "status", "provisional", "checkpoints", "points", "time_s",
        "elapsed_s", "credit_s", "penalty_s", "late_s", "behind_s", "splits",
    ]  # fmt: skip


def test_a_past_instant_knows_only_what_had_been_received(tmp_path: Path) -> None:
    early = rows(tmp_path, facts(), "--at", at(10))["1"]
    assert (early["status"], early["provisional"], early["place"]) == ("MissingPunch", True, None)
    assert rows(tmp_path, facts(), "--at", at(30))["1"]["status"] == "OK"


def test_without_facts_nobody_started(tmp_path: Path) -> None:
    (tmp_path / "race.json").write_text(json.dumps(RACE), encoding="utf-8")
    result = CliRunner().invoke(score, [str(tmp_path / "race.json")])
    assert [row["status"] for row in json.loads(result.stdout)["classes"][0]["results"]] == ["DidNotStart"] * 2


def test_csv_has_the_same_rows(tmp_path: Path) -> None:
    text = run(tmp_path, RACE, facts(), "--to", "csv").stdout
    assert text.splitlines()[1].startswith("open,1,,,,OK,False,2,,240")


@pytest.mark.parametrize("size", [None, 5])
def test_iof_results_validate_against_the_schema_of_the_standard(tmp_path: Path, size: int | None) -> None:
    race = {
        **RACE,
        "classes": [{"id": "open", "course": "A", "name": "公开组"} | ({"team_size": size} if size else {})],
    }
    race["entries"] = [{"id": "1", "bib": "7", "team": "白鹭 & 鹤", "club": "湿地工会"}, {"id": "2"}]
    data = run(tmp_path, race, facts(), "--to", "iof-results").stdout_bytes
    root = etree.fromstring(data)
    names = {"iof": "http://www.orienteering.org/datastandard/3.0"}
    statuses = [item.text for item in root.findall(".//iof:Result/iof:Status", names)]
    assert statuses == (["Finished", "DidNotStart"] if size else ["OK", "DidNotStart"])
    assert [item.get("status", "OK") for item in root.findall(".//iof:SplitTime", names)][:3] == [
        "OK",
        "Additional",
        "OK",
    ]
    if not XSD.is_file():
        pytest.skip("no IOF.xsd: it lies beside the project, in ../shared")
    etree.XMLSchema(etree.parse(str(XSD))).assertValid(root)


def test_the_same_line_twice_is_one_fact_and_the_order_of_lines_does_not_matter(tmp_path: Path) -> None:
    assert rows(tmp_path, [*reversed(facts()), facts()[1], ""]) == rows(tmp_path, facts())


def test_every_fault_of_both_files_comes_with_its_place_and_nothing_is_scored(tmp_path: Path) -> None:
    race = {**RACE, "stray": 1, "classes": [{"id": "open", "course": "B", "time_limit_s": -5}]}
    lines: list[Fact | str] = [
        {"id": "x", "kind": "punch", "entry": "9", "checkpoint": "31", "at": at(1)},
        {"id": "y", "kind": "punch", "entry": "1", "at": -5, "colour": "red"},
        "not json",
    ]
    result = run(tmp_path, race, lines)
    assert (result.exit_code, result.stdout) == (1, "")
    for place in (
        "race.json stray:",
        "race.json classes[open].course:",
        "race.json classes[0].time_limit_s:",
        "facts.jsonl line 1.entry:",
        "facts.jsonl line 2.checkpoint:",
        "facts.jsonl line 2.at:",
        "facts.jsonl line 2.colour:",
        "facts.jsonl line 3:",
    ):
        assert place in result.stderr, place


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            {"id": "a", "kind": "punch", "entry": "1", "checkpoint": "31", "at": at(2)},
            "6.id: “a” stands in line 2",
        ),
        ({"kind": "gun", "at": at(0)}, "line 6.id: This is missing"),
        ({"id": "z", "kind": "storm", "at": at(0)}, "line 6.kind: This must be one of"),
        ({"id": "z", "kind": "gun", "class": "old", "at": at(0)}, "line 6.class: There is no class"),
        ({"id": "z", "kind": "gun", "at": "2026-05-01T09:00:00"}, "line 6.at: This must be an instant"),
        ({"id": "z", "kind": "heads", "entry": "1", "heads": -1, "at": at(0)}, "line 6.heads:"),
        ({"id": "z", "kind": "withdraw", "entry": "1", "members": [], "at": at(0)}, "line 6.members: Name who"),
        ({"id": "z", "kind": "checkin", "entry": "1", "members": [-1], "at": at(0)}, "line 6.members[0]:"),
        ({"id": "z", "kind": "answer", "entry": "1", "checkpoint": "31", "at": at(0)}, "line 6.sheet: This is missing"),
        (
            {"id": "z", "kind": "answer", "entry": "1", "checkpoint": "31", "sheet": "s", "seconds": -1, "at": at(0)},
            "line 6.seconds:",
        ),
        ('{"id": "z", "kind": "gun", "at": NaN}', "line 6: This is no JSON object"),
        ("[1]", "line 6: This must be an object"),
    ],
)
def test_what_a_fact_may_not_say(tmp_path: Path, line: Fact | str, said: str) -> None:
    result = run(tmp_path, RACE, [*facts(), line])
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"what": "pardon"}, "line 6.what: This must be one of"),
        ({"what": "status", "value": "Gone", "entry": "1"}, "line 6.value: This must be one of"),
        ({"what": "status", "value": "OK"}, "line 6.entry: Which team"),
        (
            {"what": "penalty_s", "value": {"seconds": "many"}, "entry": "1"},
            "line 6.value.seconds: This must",
        ),
        ({"what": "penalty_s", "entry": "1"}, "line 6.value: This is missing"),
        ({"what": "class", "value": "elite", "entry": "1"}, "line 6.value: There is no class"),
        ({"what": "close", "value": {"now": True}}, "line 6.value.now: This name is not known"),
        ({"what": "waive", "value": "31", "entry": "1"}, "line 6.entry: This is about the whole race"),
        ({"what": "neutralise", "value": ["31"]}, "line 6.value: A leg is"),
        ({"what": "undo"}, "line 6.value: This is missing"),
        ({"what": "flag", "value": {"flag": "short:1"}}, "line 6.value.accepted: This is missing"),
        ({"what": "flag", "value": {"flag": "short:1", "accepted": "yes"}}, "line 6.value.accepted: This must be true"),
    ],
)
def test_what_a_decision_may_not_say(tmp_path: Path, decision: Fact, said: str) -> None:
    result = run(tmp_path, RACE, [*facts(), {"id": "z", "kind": "decision", "at": at(9), **decision}])
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_race_file_that_is_no_json_is_refused_with_its_line(tmp_path: Path) -> None:
    result = run(tmp_path, '{"waypost": 1,\n oh', [])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "race.json line 2:" in result.stderr


def test_an_instant_without_its_offset_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path, RACE, facts(), "--at", "2026-05-01T09:00:00").exit_code == 2
