"""What one process, several, and several databases carry: reckoned from what `make bench` measured, by formulae.

`python -m bench.scale` prints the tables from bench/last.json; `python -m bench.scale docs` writes them into
docs/scale.md, from the newest run in bench/results.md that has every figure. That page says what the words mean.
"""

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.figures import LAST, ROOT

RESULTS, PAGE = ROOT / "bench" / "results.md", ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- made by `python -m bench.scale docs` -->", "<!-- so far -->"
Figures = Mapping[str, float]

# What the bench does by itself: so many facts a batch, watchers and their boards a second, joins, and the slow disk.
TOGETHER, WATCHERS, BOARDS_A_SECOND, JOINS, SLOW_SYNCS = 100, 5000, 5, 1700, 200
# How often a phone asks while somebody looks at it (client/team/state.ts), in seconds.
PLAY_EVERY_S, STANDINGS_EVERY_S = 8, 10
# No core is planned fuller than this: a queue grows without end before it is full.
FULL = 0.6
BUSIEST = 4  # the busiest minute, as times the middle of the day
JOIN_WITHIN_S = 600


@dataclass(frozen=True, slots=True)
class Cost:
    """What one thing costs a core, in ms, and how that follows from the figures."""

    what: str
    formula: str
    ms: float


def costs_of(figures: Figures) -> dict[str, Cost]:
    """Return what each thing costs.

    Raises:
        KeyError: a figure is missing.

    """
    f = figures
    one, two = f["punch_postgres_1_cpu_ms"], f["punch_postgres_cpu_ms"]
    return {
        "punch": Cost("a punch, SQLite", "1000 / punch_single", 1000 / f["punch_single"]),
        "own": Cost("a punch, PostgreSQL, where it is sent to", "punch_postgres_1_cpu_ms", one),
        "heard": Cost(
            "the same punch in each other process",
            "punch_postgres_cpu_ms − punch_postgres_1_cpu_ms",
            max(0.0, two - one),
        ),
        "database_1": Cost(
            "a punch, PostgreSQL's part, one process on it",
            "punch_postgres_1_database_cpu_ms",
            f["punch_postgres_1_database_cpu_ms"],
        ),
        "database": Cost(
            "a punch, PostgreSQL's part, several on it",
            "punch_postgres_database_cpu_ms",
            f["punch_postgres_database_cpu_ms"],
        ),
        "batched": Cost("a fact in a batch of 20", "1000 / batch_facts", 1000 / f["batch_facts"]),
        "row": Cost(
            "a fact while its race's row is held, PostgreSQL",
            f"append_{TOGETHER}_postgres_ms / {TOGETHER}",
            f[f"append_{TOGETHER}_postgres_ms"] / TOGETHER,
        ),
        "standings": Cost("the standings", "1000 / standings_read", 1000 / f["standings_read"]),
        "play": Cost("a phone that asks, nothing new", "1000 / play_304", 1000 / f["play_304"]),
        "watcher": Cost(
            "a second of a watcher of a board that changes",
            f"1000 · board_{WATCHERS}_processor / {WATCHERS}",
            1000 * f[f"board_{WATCHERS}_processor"] / WATCHERS,
        ),
        "join": Cost("a phone that joins", f"1000 · join_{JOINS}_s / {JOINS}", 1000 * f[f"join_{JOINS}_s"] / JOINS),
    }


@dataclass(frozen=True, slots=True)
class Way:
    """A way to serve: so many processes on each of so many databases."""

    name: str
    processes: int
    databases: int = 1
    sqlite: bool = False


WAYS = (
    Way("1 process, SQLite", 1, sqlite=True),
    Way("1 process, PostgreSQL", 1),
    Way("4 processes", 4),
    Way("16 processes", 16),
    Way("16 processes by race on 4 databases", 4, 4),
)


def limits_of(way: Way, figures: Figures) -> dict[str, float]:
    """Return by name what bounds the punches of all its databases together, in punches a second."""
    cost = {name: found.ms for name, found in costs_of(figures).items()}
    # On a disk of 5 ms a sync it is the disk that bounds; what was taken there says how many share a commit.
    a_commit = figures["punch_slow_disk"] / SLOW_SYNCS
    if way.sqlite:
        return {"one core": 1000 / cost["punch"], "disk syncs": figures["raw_commits"] * a_commit}
    spent = cost["own"] + (way.processes - 1) * cost["heard"]
    limits = {
        "every process hears of every punch" if way.processes > 1 else "one core": way.processes * 1000 / spent,
        "the race's row": 1000 / cost["row"],
        "disk syncs": figures["raw_commits_postgres"] * a_commit,
    }
    return {name: way.databases * limit for name, limit in limits.items()}


@dataclass(frozen=True, slots=True)
class Day:
    """A race day: `looking` is the share of phones whose page is seen at a time."""

    name: str
    teams: int
    phones: int
    watchers: int
    checkpoints: int = 30
    hours: float = 2
    looking: float = 0.25


DAYS = (
    Day("a school: 38 teams", 38, 190, 300),
    Day("a union's day: 400 teams", 400, 2_000, 1_500),
    Day("a city: 4,000 teams, 20,000 people", 4_000, 20_000, 5_000),
)


def load_of(day: Day, figures: Figures) -> dict[str, float]:
    """Return the load of the busiest minute by what causes it, in cores."""
    cost = costs_of(figures)
    looking = day.phones * day.looking
    a_second = {
        "punch": BUSIEST * day.teams * day.checkpoints / (day.hours * 3600),
        "play": looking / PLAY_EVERY_S,
        "standings": looking / STANDINGS_EVERY_S,
        "watcher": day.watchers,
        "join": day.phones / JOIN_WITHIN_S,
    }
    return {name: many * cost[name].ms / 1000 for name, many in a_second.items()}


def processes_for(day: Day, figures: Figures) -> int:
    """Return how many processes it takes, none of them fuller than `FULL`."""
    return math.ceil(sum(load_of(day, figures).values()) / FULL)


def tables(figures: Figures) -> str:
    """Return all tables in Markdown."""
    costs = costs_of(figures)
    parts = [
        _table(
            ("what", "from", "ms of a core"),
            [(each.what, f"`{each.formula}`", f"{each.ms:.3f}") for each in costs.values()],
        ),
        _table(
            (
                "served by",
                "punches/s",
                "first limit",
                "PostgreSQL's cores",
                "standings/s",
                "asking/s",
                "watchers",
                "MB",
            ),
            [_row(way, figures) for way in WAYS],
        ),
        _table(
            (
                "day",
                "punches",
                "phones",
                "standings",
                "watchers",
                "joining",
                "cores in all",
                "processes",
                "back at once, s",
            ),
            [_day(day, figures) for day in DAYS],
        ),
    ]
    return "\n\n".join(parts)


def _row(way: Way, figures: Figures) -> Sequence[str]:
    cost, many = costs_of(figures), way.processes * way.databases
    limits = limits_of(way, figures)
    first = min(limits, key=limits.__getitem__)
    # Half of what a core may be filled with goes to watchers, the rest to everybody else.
    watchers = many * 1000 * FULL / 2 / cost["watcher"].ms
    memory = many * figures["rss_10000_mb"] + watchers * figures["watcher_kb"] / 1024
    reads = (many * 1000 * FULL / cost[name].ms for name in ("standings", "play"))
    part = cost["database_1" if way.processes == 1 else "database"].ms
    database = "–" if way.sqlite else f"{limits[first] * part / 1000:.1f}"
    return (way.name, _round(limits[first]), first, database, *map(_round, reads), _round(watchers), _round(memory))


def _day(day: Day, figures: Figures) -> Sequence[str]:
    load = load_of(day, figures)
    back_s = day.phones * day.checkpoints * costs_of(figures)["batched"].ms / 1000
    shares = [f"{share:.3f}" for share in load.values()]
    return (day.name, *shares, f"{sum(load.values()):.2f}", str(processes_for(day, figures)), _round(back_s))


def _round(number: float) -> str:
    """Two digits that count: nobody should plan by the third."""
    digits = 1 - math.floor(math.log10(number)) if number >= 1 else 1
    return f"{round(number, digits):,.0f}" if number >= 10 else f"{round(number, digits):g}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))


def newest_run(results: str) -> tuple[str, Figures]:
    """Return the name and the figures of the first run in bench/results.md that has all that is needed.

    Raises:
        LookupError: none has.

    """
    for block in results.split("\n## ")[1:]:
        rows = re.findall(r"^\| (\w+) \| ([\d.e+-]+) \|", block, re.MULTILINE)
        figures = {name: float(value) for name, value in rows}
        try:
            tables(figures)
        except KeyError:
            continue
        return block.partition("\n")[0], figures
    raise LookupError("No run in bench/results.md has all figures: it needs PostgreSQL, Redis and a C compiler.")


def written_into(page: str, results: str) -> str:
    """Return docs/scale.md with its tables made anew from bench/results.md."""
    name, figures = newest_run(results)
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    source = f"From the run “{name}” in [bench/results.md](../bench/results.md)."
    return f"{before}{BEGIN}\n\n{source}\n\n{tables(figures)}\n\n{END}{after}"


def main() -> None:
    """Print the tables, or write them into the page."""
    if sys.argv[1:] == ["docs"]:
        page = written_into(PAGE.read_text(encoding="utf-8"), RESULTS.read_text(encoding="utf-8"))
        PAGE.write_text(page, encoding="utf-8")
        return
    last = json.loads(LAST.read_text(encoding="utf-8"))
    print(tables({each["name"]: each["value"] for each in last}))


if __name__ == "__main__":
    main()
