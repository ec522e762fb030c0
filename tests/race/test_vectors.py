"""The cases of `tests/vectors/` that the phone's own tests run too, here by the rules that score."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from base import sealing
from base.keys import clean_typed
from base.rich import pieces
from checkpoints.rules import codes_of
from games.forms import read_game
from games.rules import score_game
from quizzes.forms import read_quiz
from quizzes.rules import after_fail, attempts, speed_points
from race.forms.records import fix_instant, make_anchor
from race.model import Run
from race.rules.receipts import canonical_line, digest_of, proof_of
from race.rules.scored import score_race
from race.views.shapes import on_fail_json
from tests.factories import GUN, Log, race, race_file
from tests.windows import team

VECTORS = Path(__file__).resolve().parent.parent / "vectors"

Given = Mapping[str, Any]


def scored(log: Log, course: Given, **class_: Any) -> Run:
    """The run of team 1 by all rules together."""
    codes = dict.fromkeys(fact.checkpoint for fact in log.facts if fact.checkpoint and fact.kind == "punch")
    codes |= {code: None for item in course["checkpoints"] for code in codes_of(item)}
    checkpoints = [{"code": code} for code in codes]
    data = race_file(checkpoints=checkpoints, courses=[course], classes=[{"id": "open", "course": "A", **class_}])
    return score_race(race(data), log.facts).runs["1"]


def timed(given: Given) -> Log:
    log = Log()
    log.gun(given["start"] / 1000)
    log.finish("1", given["finish"] / 1000)
    log.decide("credit_s", 0, {"seconds": given["credit_s"]}, "1")
    return log


def times(given: Given) -> Any:
    log = timed(given)
    log.decide("penalty_s", 0, {"seconds": given["penalty_s"]}, "1")
    run = scored(log, {"id": "A", "format": "count", "checkpoints": []})
    return {"elapsed_s": run.elapsed_s, "time_s": run.time_s}


def lateness(given: Given) -> Any:
    in_points = "points_per_minute" in given["late"]
    course = {"id": "A", "format": "score" if in_points else "count", "checkpoints": [], "late": given["late"]}
    log = timed(given)
    log.decide("points", 0, {"points": 10_000}, "1")
    limit = {"time_limit_s": given["limit_s"]} if given["limit_s"] else {}
    run = scored(log, course, **limit)
    return {"late_s": run.late_s, "cost": 10_000 - run.points if in_points else run.penalty_s}


def clamp(given: Given) -> Any:
    desk = team().desk
    received = GUN + given["received_at"]
    anchor = None if given["anchor"] is None else make_anchor(desk.secret, GUN + given["anchor"])
    phone_at = None if given["phone_at"] is None else GUN + given["phone_at"]
    return fix_instant(phone_at, anchor, replace(desk, received_at=received)) - GUN


def quiz_gate(given: Given) -> Any:
    quiz, faults = read_quiz({"id": "q", "bank": "b", "on_fail": given["on_fail"]}, "quiz")
    assert not faults
    step = after_fail(quiz, given["attempt"])
    [told] = on_fail_json(replace(quiz, on_fail=(step,)))
    return {"step": {"lost": True} if "lost" in told else told, "attempts": attempts(quiz)}


def speed_share(given: Given) -> Any:
    return speed_points(100, given["taken"] / 1000, given["limit_s"], given["speed"])


def course_progress(given: Given) -> Any:
    course = {"id": "A", **given["course"]}
    priced = course["format"] in ("line", "free")
    if priced:
        course["missed"] = {"penalty_s": 1}
    log = Log()
    log.gun(0)
    for number, code in enumerate(given["punched"], start=1):
        log.punch("1", code, number * 10)
    log.finish("1", 1000)
    run = scored(log, course)
    left = run.penalty_s if priced else len(course["checkpoints"]) - len(run.passed)
    return {"taken": list(run.taken), "left": left}


def game_outcome(given: Given) -> Any:
    game, faults = read_game({"id": "g", "name": "g", "measures": given["measures"], "score": given["score"]}, "game")
    assert not faults
    outcome = score_game(game, given["values"])
    return {"passed": outcome.passed, "points": outcome.points, "penalty_s": outcome.penalty_s}


def sealed(given: Given) -> Any:
    """Opened as a phone does it: a sign or a code finds its wrapped key, that opens the box of the phone's own team."""
    shut, salt = given["sealed"], sealing.from_text(given["sealed"]["salt"])
    if "key" in given:
        lock, wrapped = sealing.lock_of_key(given["key"].upper(), salt), shut["signs"]
    else:
        lock, wrapped = sealing.lock_of_code(given["typed_code"], salt, shut["iterations"]), shut["codes"]
    if lock.id not in wrapped:
        return None
    inside = json.loads(sealing.unseal(lock.key, wrapped[lock.id], f"waypost|{given['slug']}|{lock.id}"))
    about = f"waypost|{given['slug']}|{given['entry']}|{inside['box']}"
    try:
        return json.loads(sealing.unseal(sealing.from_text(inside["key"]), shut["boxes"][inside["box"]], about))
    except InvalidTag:
        return None


def receipts(given: Given) -> Any:
    receipt = {**given["receipt"], "anchor": given["anchor"]}
    line = canonical_line(given["id"], given["kind"], given["at"], receipt)
    lock = sealing.lock_of_key(given["key"], sealing.from_text(given["salt"])) if given["key"] else None
    return {"line": line, "digest": digest_of(line), "mac": proof_of(line, lock.key) if lock else None}


def rich(given: str) -> Any:
    return [[piece.text, list(piece.marks)] for piece in pieces(given)]


RULES: Mapping[str, Callable[[Any], Any]] = {
    "typed_code": clean_typed,
    "times": times,
    "lateness": lateness,
    "clamp": clamp,
    "quiz_gate": quiz_gate,
    "speed_share": speed_share,
    "course_progress": course_progress,
    "game_outcome": game_outcome,
    "sealed": sealed,
    "receipts": receipts,
    "rich": rich,
}


def cases() -> Iterator[tuple[str, Given]]:
    for path in sorted(VECTORS.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8"))["cases"]:
            yield path.stem, case


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(rule, case, id=f"{rule} {case['it']}") for rule, case in cases()]
)
def test_the_rule_gives_what_the_phone_s_gives(rule: str, case: Given) -> None:
    assert RULES[rule](case["given"]) == case["gives"]


def test_every_file_of_cases_is_run_and_told_of() -> None:
    files = {path.stem for path in VECTORS.glob("*.json")}
    assert files == set(RULES)
    readme = (VECTORS / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}.json`" in readme for name in files)
