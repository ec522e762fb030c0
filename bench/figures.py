"""A measured figure, the table of them, and where they are kept."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
LAST = ROOT / "bench" / "last.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value in its unit, beside what it is held against, measured in the same run, and their ratio."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    ratio: float | None = None


def beside(name: str, value: float, unit: str, limit: float) -> Figure:
    """A figure beside its limit."""
    return Figure(name, round(value, 3), unit, round(limit, 3), round(value / limit, 2))


def took_ms(do: Callable[[], object], times: int = 5) -> float:
    """The median time of one call, in milliseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = ["| name | value | unit | limit | ratio |", "|---|---|---|---|---|"]
    rows += [
        f"| {each.name} | {each.value:g} | {each.unit} | {_or_dash(each.limit)} | {_or_dash(each.ratio)} |"
        for each in figures
    ]
    return "\n".join(rows)


def _or_dash(number: float | None) -> str:
    return "–" if number is None else f"{number:g}"


def keep(figures: Sequence[Figure]) -> None:
    """Write the figures of this run to `bench/last.json`, whole or not at all."""
    beside_it = LAST.with_suffix(".new")
    beside_it.write_text(json.dumps([asdict(each) for each in figures], indent=1) + "\n", encoding="utf-8")
    beside_it.replace(LAST)
