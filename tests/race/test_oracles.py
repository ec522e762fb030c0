"""Cases recorded from peers' test suites and from real cards, scored as `waypost score` would.

They lie beside the project and are not part of it. Each case that states a rule of ours runs; `LEFT_OUT` says of every
other why not, and a test checks that nothing is left out unsaid.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from base.clock import format_instant, parse_instant
from race.forms.facts import read_race_and_facts
from race.model import Status
from race.rules.scored import score_race
from results.rules import result_list

ORACLES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "oracle"
MORNING = parse_instant("2026-05-01T09:00:00+08:00")

Case = dict[str, Any]
Fact = dict[str, Any]

NO_COURSE = "its course is empty, which for us is valid at once and for them nothing to judge"
HELD = "it keeps a status its operator typed; ours is computed, or decided by the jury"
EVERY_PUNCH = "it counts a checkpoint each time it is punched; ours count once"
NOT_OURS = "a rule we do not have"

LEFT_OUT: Mapping[str, str] = {
    **dict.fromkeys([f"oo-{kind}-o001" for kind in ("in_order", "any_order", "score")], HELD),
    **dict.fromkeys([f"oo-{kind}-o008" for kind in ("in_order", "any_order")], NO_COURSE),
    **dict.fromkeys([f"oo-{kind}-o00{n}" for kind in ("in_order", "any_order", "score") for n in (4, 6)], HELD),
    **dict.fromkeys([f"so-score-o{n:02}" for n in range(7, 13)], EVERY_PUNCH),
    **{f"{file}:": reason for file, reason in {
        "ooresults_handicap": NOT_OURS + ": handicaps by age",
        "sportorg_relay_order": NOT_OURS + ": relays of several runners",
        "splitsbrowser_team_status": NOT_OURS + ": the status of a relay from its members'",
    }.items()},
}  # fmt: skip


def cases() -> Iterator[tuple[str, Case, Mapping[str, Any]]]:
    """Every case of every file with the file's name and the rest of its file."""
    for path in sorted(ORACLES.glob("*.json")) if ORACLES.is_dir() else ():
        data = json.loads(path.read_text(encoding="utf-8"))
        for case in data["cases"]:
            yield path.stem, case, data


def reason(file: str, case: Case) -> str | None:
    """Why a case does not run, or None if it does."""
    return LEFT_OUT.get(f"{file}:") or LEFT_OUT.get(case["id"])


def instant(seconds: float) -> str:
    return format_instant(MORNING + round(seconds * 1000), "Asia/Shanghai")


def clock(text: str) -> int:
    """Seconds of h:mm:ss or m:ss."""
    return sum(int(part) * 60**power for power, part in enumerate(reversed(text.split(":"))))


def scored(course: Mapping[str, Any], facts: list[Fact], at: int | None = None, **class_: Any) -> list[dict[str, Any]]:
    """The rows of one class, from the contract's own files."""
    entries = list(dict.fromkeys(fact["entry"] for fact in facts if "entry" in fact)) or ["1"]
    race = {
        "waypost": 1,
        "courses": [{"id": "A", **course}],
        "classes": [{"id": "open", "course": "A", **class_}],
        "entries": [{"id": name} for name in entries],
    }
    lines = "\n".join(json.dumps({"id": f"f{number}", **fact}) for number, fact in enumerate(facts))
    setup, read = read_race_and_facts(race, lines)
    rows: list[dict[str, Any]] = result_list(setup, score_race(setup, read, at), at, "oracle")["classes"][0]["results"]
    return rows


def punched(codes: list[Any], entry: str = "1") -> list[Fact]:
    """A start, a punch every ten seconds, and a finish."""
    punches = [
        {"kind": "punch", "entry": entry, "checkpoint": str(code), "at": instant(10 * number)}
        for number, code in enumerate(codes, start=1)
    ]
    end = {"kind": "finish", "entry": entry, "at": instant(10 * len(codes) + 10)}
    return [{"kind": "start", "entry": entry, "at": instant(0)}, *punches, end]


def slots(case: Case, _file: Mapping[str, Any]) -> None:
    """A line of codes, choices and wildcards is there or not."""

    def item(slot: Any) -> Any:
        if not isinstance(slot, dict):
            return str(slot)
        kept = {"any": True} if slot.get("any") else {"any_of": slot["any_of"]}
        return {**kept, "distinct": slot.get("repeat_allowed") is False}

    course = {"format": "line", "checkpoints": [item(slot) for slot in case["course"]]}
    [row] = scored(course, punched(case["punches"]), start="punch")
    assert row["status"] == case["expect"]["status"]


def card(case: Case, _file: Mapping[str, Any]) -> None:
    """One card of ooresults: status, time, the state of every punch, points."""
    read, rules = case["input"], case["rules"]
    facts: list[Fact] = [
        {"kind": "punch", "entry": "1", "checkpoint": code, "at": at} for code, at in read["punches"] if at
    ]
    class_: dict[str, Any] = {"start": "punch"}
    start = read["start_punch"] or read["assigned_start"]
    if "mass_start" in rules and not read["assigned_start"]:
        class_["start"], start = "mass", None
        facts.append({"kind": "gun", "at": rules["mass_start"]})
    elif read["assigned_start"] and "mass_start" not in rules:
        start = read["assigned_start"]
    facts += [{"kind": "start", "entry": "1", "at": start}] if start else []
    facts += [{"kind": "finish", "entry": "1", "at": read["finish_punch"]}] if read["finish_punch"] else []
    formats = {"in_order": "line", "any_order_all_required": "free", "score_1_point_each": "score"}
    course: dict[str, Any] = {"format": formats[rules["order"]], "checkpoints": read["controls"]}
    if course["format"] == "score":
        each = rules["overtime_penalty_points_per_started_minute"]
        course |= {"points": dict.fromkeys(read["controls"], 1), "late": {"points_per_minute": each}}
        class_["time_limit_s"] = rules["time_limit_s"]
    if "voided_legs" in rules:
        course["voided_legs"] = rules["voided_legs"]
    # Who is not there yet is read while the race runs: at its end nobody is still to come.
    waits = case["expect"]["status"] == "Inactive"
    [row] = scored(course, facts, at=MORNING if waits else None, **class_)
    expected = case["expect"]
    assert (row["status"], row["time_s"]) == (expected["status"], expected["time_s"])
    found = [(split["checkpoint"], split["split_s"], split["state"].upper()) for split in row["splits"]]
    assert found == [(split["code"], split["elapsed_s"], split["state"]) for split in expected["per_control"]]
    if expected.get("points_total") is not None:
        assert row["points"] == expected["points_total"]


def points(case: Case, _file: Mapping[str, Any]) -> None:
    """A score of distinct checkpoints, worth their tens or one each; or one less what lateness costs."""
    if "punches" not in case:
        each = case["rules"]["penalty_points_per_started_minute"]
        assert (
            score_after(case["points_before"], each, case["time_limit_s"], case["time_s"])
            == (case["expect"]["points_total"])
        )
        return
    codes = sorted({str(code) for code in case["punches"]}) or ["31"]
    each = 1 if case["rules"]["points"] == 1 else None
    course = {"format": "score", "checkpoints": codes, "points": {code: each or int(code) // 10 for code in codes}}
    [row] = scored(course, punched(case["punches"]), start="punch")
    assert row["points"] == case["expect"]["points_total"]


def late(case: Case, _file: Mapping[str, Any]) -> None:
    """Points off for every started minute, from real result lists."""
    each = case["rules"]["penalty_per_started_minute"]
    found = score_after(case["points"], each, clock(case["limit"]), clock(case["time"]))
    assert found == case["expect"]["total"]


def score_after(before: int, each: int, limit_s: int, time_s: int) -> int:
    """The points of a run that gained so many and took so long, with so many off a started minute."""
    late_by = {"points_per_minute": each}
    course = {"format": "score", "checkpoints": ["31"], "points": {"31": before}, "late": late_by}
    facts = [*punched(["31"])[:2], {"kind": "finish", "entry": "1", "at": instant(time_s)}]
    [row] = scored(course, facts, start="punch", time_limit_s=limit_s)
    return int(row["points"])


def penalty(case: Case, _file: Mapping[str, Any]) -> None:
    """Only the status: their count of wrong alternatives and surplus punches is none of ours."""
    slots(case, _file)


def ranking(case: Case, _file: Mapping[str, Any]) -> None:
    """Places with ties, and time behind, from rows of status and time."""
    for expected in case["expect"]:
        facts: list[Fact] = []
        for row in (row for row in case["input"] if row["cls"] == expected["cls"]):
            name, status = str(row["id"]), Status[row["status"]].value
            if row.get("time") is not None:
                facts.append({"kind": "start", "entry": name, "at": instant(0)})
                facts.append({"kind": "finish", "entry": name, "at": instant(row["time"])})
            said = "NotCompeting" if row["nc"] else status
            facts.append({"kind": "decision", "what": "status", "value": said, "entry": name, "at": instant(0)})
        format_ = "score" if case["rules"]["types"][expected["cls"]] == "score" else "line"
        found = {row["entry"]: row for row in scored({"format": format_, "checkpoints": []}, facts, start="punch")}
        for row in expected["rows"]:
            assert found[str(row["id"])]["place"] == row["rank"]
            if format_ == "line":
                assert found[str(row["id"])]["behind_s"] == row["behind"]


KINDS: Mapping[str, Callable[[Case, Mapping[str, Any]], None]] = {
    "sportorg_butterfly": slots,
    "sportorg_choice_control": slots,
    "sportorg_free_order_slots": slots,
    "sportorg_plain_in_order": slots,
    "sportorg_penalty_units": penalty,
    "sportorg_score": points,
    "ooresults_in_order": card,
    "ooresults_any_order": card,
    "ooresults_score": card,
    "ooresults_voided_legs": card,
    "ooresults_ranking": ranking,
    "oescore_v11": late,
}
ONE_BY_ONE = [(file, case, data) for file, case, data in cases() if file in KINDS and reason(file, case) is None]

absent = pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded cases: they lie beside the project, in ../shared")


@absent
@pytest.mark.parametrize(
    ("file", "case", "data"), ONE_BY_ONE, ids=[f"{file}-{case['id']}" for file, case, _ in ONE_BY_ONE]
)
def test_a_recorded_case_comes_out_the_same(file: str, case: Case, data: Mapping[str, Any]) -> None:
    KINDS[file](case, data)


@absent
def test_every_case_runs_or_says_why_not() -> None:
    unsaid = [case["id"] for file, case, _ in cases() if file not in KINDS and reason(file, case) is None]
    assert [name for name in unsaid if not name.startswith("ellenbrook")] == []
    names = {case["id"] for _, case, _ in cases()} | {f"{file}:" for file, _, _ in cases()}
    assert [name for name in LEFT_OUT if name not in names] == []


@absent
@pytest.mark.parametrize("course", ["Extension", "Light Green", "Orange", "Yellow"])
def test_real_cards_come_out_as_they_were_published(course: str) -> None:
    data = json.loads((ORACLES / "real_cards_ellenbrook.json").read_text(encoding="utf-8"))
    mine = [case for case in data["cases"] if case["course"] == course]
    facts: list[Fact] = []
    for case in mine:
        name = case["id"]
        start, finish = (f"2014-07-26T{case[end]}+01:00" for end in ("start", "finish"))
        facts.append({"kind": "start", "entry": name, "at": start})
        facts.append({"kind": "finish", "entry": name, "at": finish})
        for code, elapsed in case["punches"]:
            if elapsed:
                at = parse_instant(start) + 1000 * clock(elapsed)
                facts.append({"kind": "punch", "entry": name, "checkpoint": code, "at": format_instant(at)})
        credit = (parse_instant(finish) - parse_instant(start)) // 1000 - clock(case["net_time"])
        if credit:  # a leg that the organizer took out of the time
            facts.append({"kind": "decision", "what": "credit_s", "value": credit, "entry": name, "at": finish})
        if case["not_competing"] == "Y":
            decided = {"what": "status", "value": "NotCompeting", "entry": name, "at": finish}
            facts.append({"kind": "decision", **decided})
    line = {"format": "line", "checkpoints": data["courses"][course]}
    rows = {row["entry"]: row for row in scored(line, facts, start="punch")}
    for case in mine:
        row, expected = rows[case["id"]], case["expect"]
        if case["not_competing"] != "Y":
            assert row["status"] == expected["status"], case["id"]
            assert str(row["place"] or "") == str(expected.get("place") or ""), case["id"]
