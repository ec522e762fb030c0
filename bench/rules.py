"""What scoring costs: a whole race, one changed run among many, one line; and how the first two grow."""

import gc
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.figures import Figure, beside, took_ms
from bench.lines import KINDS
from bench.races import GUN, race_of
from facts.model import Fact, Race, Stage
from race.formats.matching import Item, match
from race.live.race import LiveRace
from race.rules.scored import Scored, score_race
from race.rules.standing import arrange

SIZES = (100, 1000, 10_000)
LINES_OF_A_KIND = 40


def scoring(sizes: Sequence[int] = SIZES) -> Iterator[Figure]:
    """Score whole races, beside writing the same list as JSON; then change one run at a time, beside a bare sort."""
    score_ms: dict[int, float] = {}
    rescore_ms: dict[int, float] = {}
    for size in sizes:
        setup, facts = race_of(size)
        began = time.perf_counter()
        scored = score_race(setup, facts)
        score_ms[size] = (time.perf_counter() - began) * 1000
        yield beside(f"score_{size}_ms", score_ms[size], "ms", took_ms(lambda: _as_json(scored), 3))  # noqa: B023
        live = LiveRace(Race(1, "bench", Stage.RACE, "race", bytes(32)), setup, facts)
        live.standings(fresh=True)
        # The collector walks all that lives once in a while, 0.3 s at this size. That is no cost of a change, and is
        # left out here.
        gc.collect()
        gc.freeze()
        times = _one_by_one(live, len(facts))
        rescore_ms[size] = sorted(times)[len(times) // 2]
        keys = [key for key, _ in arrange(setup, reversed(live.runs.values()), live=True)]
        keys.sort(key=lambda key: key[-1])
        gc.unfreeze()
        sort_ms = took_ms(lambda: sorted(keys))  # noqa: B023  called at once
        yield beside(f"rescore_one_{size}_ms", rescore_ms[size], "ms", sort_ms)
        yield beside(f"rescore_worst_{size}_ms", max(times), "ms", sort_ms)
    yield beside("rescore_one_ms", rescore_ms[sizes[-1]], "ms", 5)
    few, many = sizes[0], sizes[-1]
    yield beside("score_growth", score_ms[many] / score_ms[few], "times", many / few)
    yield beside("rescore_growth", rescore_ms[many] / rescore_ms[few], "times", many / few)


def _one_by_one(live: LiveRace, revision: int) -> list[float]:
    """Times in ms until the places are known again, after each of 60 teams gets another finish; the last comes first.

    Nothing is worse than a new leader: everybody's time behind changes, and every place.
    """
    by_place = [standing.run for standing in live.standings(fresh=True)["open"]]
    last_finish = max(run.finish or 0 for run in by_place)
    times = []
    for number in range(60):
        run = by_place[-1] if number == 0 else by_place[number * len(by_place) // 60]
        at = GUN + 1 if number == 0 else last_finish + number * 1000 if number % 2 else (run.finish or 0) - 500_000
        revision += 1
        kind = {"what": "finish", "value": {"at": "2026-05-01T09:00:01+08:00"}} if number == 0 else {}
        fact = replace(
            live.by_id[f"f{2}"], id=f"again{number}", kind="decision" if kind else "finish", entry=run.entry,
            checkpoint=None, at=at, received_at=at, revision=revision, body=kind,
        )  # fmt: skip
        began = time.perf_counter()
        live.hear([fact])
        live.standings(fresh=True)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _as_json(scored: Scored) -> str:
    rows = [
        {"entry": item.run.entry, "place": item.place, "status": item.run.status, "time_s": item.run.time_s,
         "passed": item.run.passed}
        for item in scored.classes["open"]
    ]  # fmt: skip
    return json.dumps(rows)


def deciding(teams: int = 4000) -> Iterator[Figure]:
    """Tell who would move by a penalty, and by another gun, which folds every run again; beside half a second."""
    setup, facts = race_of(teams)
    live = LiveRace(Race(1, "bench", Stage.RACE, "race", bytes(32)), setup, facts)
    decided = replace(facts[0], id="d", kind="decision", revision=len(facts) + 1, at=facts[-1].at)
    penalty = replace(decided, entry="1", body={"what": "penalty_s", "value": {"seconds": 60}, "reason": "bench"})
    gun = replace(decided, body={"what": "gun", "value": {"at": "2026-05-01T08:59:00+08:00"}, "reason": "bench"})
    for name, fact in (("penalty", penalty), ("gun", gun)):
        ms = _preview_ms(live, fact)
        yield beside(f"preview_{name}_{teams}_ms", ms, "ms", 500)


def _preview_ms(live: LiveRace, fact: Fact) -> float:
    # What `supposing` gives is good for one time, so it is asked for anew.
    return took_ms(lambda: live.supposing(fact)(), 3)  # noqa: PLW0108


def matching(lines: int = LINES_OF_A_KIND) -> Iterator[Figure]:
    """Match lines of 60 items to 300 punches: the middle and the worst of each kind, beside the 5 ms wanted."""
    for name, line_of in KINDS.items():
        times = []
        for seed in range(lines):
            line, punches = line_of(seed)
            times.append(min(_match_ms(line, punches) for _ in range(2)))
        yield beside(f"line_{name}_ms", sorted(times)[len(times) // 2], "ms", 5)
        yield beside(f"line_{name}_worst_ms", max(times), "ms", 5)


def _match_ms(line: Sequence[Item], punches: Sequence[str]) -> float:
    began = time.perf_counter()
    match(line, punches)
    return (time.perf_counter() - began) * 1000
