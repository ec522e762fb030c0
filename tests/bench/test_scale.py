"""docs/scale.md says what its formulae make of the measured figures, and those reckon as the page says."""

import re

import pytest

import processes
from base.serving import ROOT
from bench.scale import (
    DAYS,
    FULL,
    PAGE,
    PLAY_EVERY_S,
    RESULTS,
    STANDINGS_EVERY_S,
    WAYS,
    Figures,
    limits_of,
    load_of,
    newest_run,
    processes_for,
    written_into,
)
from facts.store.writer import MOST_WAITING

# Figures that are easy to reckon with: each punch takes 1 ms, and half of that in every other process.
EASY = {
    "punch_single": 1000.0,
    "punch_slow_disk": 1000.0,
    "raw_commits": 5000.0,
    "raw_commits_postgres": 3000.0,
    "punch_postgres_1_cpu_ms": 1.0,
    "punch_postgres_cpu_ms": 1.5,
    "punch_postgres_1_database_cpu_ms": 0.2,
    "punch_postgres_database_cpu_ms": 0.5,
    "append_100_postgres_ms": 10.0,
    "batch_facts": 10_000.0,
    "standings_read": 4000.0,
    "play_304": 2000.0,
    "board_5000_processor": 0.25,
    "watcher_kb": 1.0,
    "join_1700_s": 3.4,
    "rss_10000_mb": 400.0,
}


def test_the_page_s_tables_are_those_of_the_newest_run() -> None:
    """Whoever adds a run makes them anew: python -m bench.scale docs."""
    page = PAGE.read_text(encoding="utf-8")
    assert written_into(page, RESULTS.read_text(encoding="utf-8")) == page


def first_limits(figures: Figures) -> list[tuple[str, float]]:
    return [min(limits_of(way, figures).items(), key=lambda limit: limit[1]) for way in WAYS]


def test_each_way_has_its_first_limit() -> None:
    """A slow row, disk or hearing becomes the limit when it is the slowest."""
    assert first_limits(EASY) == [
        ("one core", 1000.0),
        ("one core", 1000.0),
        ("every process hears of every punch", 4 * 1000 / 2.5),
        ("every process hears of every punch", pytest.approx(16 * 1000 / 8.5)),
        ("every process hears of every punch", 4 * 4 * 1000 / 2.5),
    ]
    slow_row = EASY | {"append_100_postgres_ms": 200.0}
    assert [name for name, _ in first_limits(slow_row)] == ["one core", *["the race's row"] * 4]
    assert first_limits(slow_row)[-1] == ("the race's row", 4 * 500)
    slow_disk = EASY | {"raw_commits": 100.0, "raw_commits_postgres": 100.0}
    assert first_limits(slow_disk)[:2] == [("disk syncs", 500.0)] * 2


def test_a_day_s_load_is_the_sum_of_what_people_do() -> None:
    city = DAYS[-1]
    load = load_of(city, EASY)
    assert load["punch"] == pytest.approx(4 * 4000 * 30 / 7200 / 1000)
    assert load["play"] == pytest.approx(20_000 / 4 / 8 / 2000)
    assert load["watcher"] == pytest.approx(0.25)
    assert processes_for(city, EASY) == -(-sum(load.values()) // FULL)
    assert processes_for(DAYS[0], EASY) == 1


def test_a_run_that_lacks_a_figure_is_passed_over() -> None:
    def block(name: str, figures: Figures) -> str:
        return f"\n## {name}\n" + "".join(f"| {key} | {value:g} | x | – | – |\n" for key, value in figures.items())

    lacking = {key: value for key, value in EASY.items() if key != "play_304"}
    assert newest_run(f"# Runs\n{block('new', lacking)}{block('whole', EASY)}{block('old', EASY)}") == ("whole", EASY)
    with pytest.raises(LookupError):
        newest_run(block("new", lacking))


def test_the_limits_named_on_the_page_are_the_code_s() -> None:
    page = PAGE.read_text(encoding="utf-8")
    composed = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    [connections] = re.findall(r"max_connections=(\d+)", composed)
    assert f"{processes.worker_connections:,} a process (`worker_connections`)" in page
    assert f"{connections} (`max_connections` in the compose file)" in page
    assert f"from {MOST_WAITING:,} waiting records on" in page


def test_phones_ask_as_often_as_reckoned() -> None:
    state = (ROOT / "client" / "team" / "state.ts").read_text(encoding="utf-8")
    [often] = re.findall(r"#askPlay\(\), \(\) => \(this\.#hurried \? \d+ : (\d+)\)", state)
    [standings] = re.findall(r"#askStandings\(\), \(\) => ([\d_]+)", state)
    assert (int(often), int(standings)) == (PLAY_EVERY_S * 1000, STANDINGS_EVERY_S * 1000)
