"""The page of one quiz set-up: fields ↔ the race file's quiz."""

from collections.abc import Mapping
from typing import Any

from base.languages import Words
from organize.forms.fields import Fields
from quizzes.forms import DAY_S, MOST_DRAWN, STANDARD, quiz_to_json
from quizzes.model import StepKind
from quizzes.rules import parse_number

# What may follow a fail, in the few ways that races really use. Whatever else there is, is spelled out step by step.
AFTER: dict[str, list[dict[str, Any]]] = {
    "usual": quiz_to_json(STANDARD)["on_fail"],
    "again": [{"cool_down_s": 60}],
    "once": [{"penalty_s": 120}],
    "lost": [{"lost": True}],
}
OWN = "own"
MOST_STEPS = 20  # as many as a quiz may have; the page shows two more than there are


def read_quiz_fields(fields: Fields, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the quiz with the fields of its page laid over `before`. Faults gather in `fields`."""
    draw = fields.number("draw", 1, MOST_DRAWN) or 1
    need = fields.number("need", 0, MOST_DRAWN)
    if need is not None and need > draw:
        fields.fault("need", Words("More right answers are needed than questions are drawn."))
    limit, speed = fields.number("limit_s", 1, DAY_S), fields.text("speed", 20) or "flat"
    if speed != "flat" and limit is None:
        fields.fault("limit_s", Words("Points by speed need a time limit."))
    after = fields.text("after", 20)
    on_fail = AFTER[after] if after in AFTER else _read_steps(fields)
    return {
        **before,
        "bank": fields.text("bank", 64),
        "draw": draw,
        "need": need or 0,
        "limit_s": limit,
        "speed": speed,
        "on_fail": on_fail,
    }


def _read_steps(fields: Fields) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    for number in range(1, MOST_STEPS + 1):
        kind = fields.text(f"step_{number}", 20)
        if kind == StepKind.LOST:
            steps.append({kind: True})
        elif kind == StepKind.POINTS_FACTOR:
            given = fields.text(f"value_{number}", 20)
            factor = parse_number(given)
            if factor is None or not 0 <= factor <= 1:
                fields.fault(f"value_{number}", Words("This must be a share from 0 to 1, as 0.5 or 1/2."))
            steps.append({kind: given})
        elif kind in (StepKind.COOL_DOWN_S, StepKind.PENALTY_S):
            steps.append({kind: fields.number(f"value_{number}", 0, DAY_S) or 0})
    return steps


def show_quiz(quiz: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page's fields show of a quiz of a race file, whose defaults it may leave out."""
    whole = {**quiz_to_json(STANDARD), **quiz}
    on_fail = whole["on_fail"] or []
    shown = {
        "bank": whole["bank"],
        "draw": whole["draw"],
        "need": whole["need"] if "need" in quiz else min(STANDARD.need, whole["draw"]),
        "limit_s": whole["limit_s"] or "",
        "speed": whole["speed"],
        "after": next((name for name, steps in AFTER.items() if steps == on_fail), OWN),
    }
    for number, step in enumerate(on_fail[:MOST_STEPS], start=1):
        kind, value = next(iter(step.items()))
        shown |= {f"step_{number}": kind, f"value_{number}": "" if value is True else str(value)}
    return shown
