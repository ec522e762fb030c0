"""Standings kept in order while runs change are those that ranking everybody anew gives."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from race.live.ranking import MANY, Rankings
from race.model import Run, Setup, Status
from race.rules.standing import rank
from tests.factories import race, race_file

TEAMS = 3 * MANY
STATUSES = (Status.OK, Status.ACTIVE, Status.FINISHED, Status.MISSING_PUNCH, Status.DISQUALIFIED)


def many(format_: str) -> Setup:
    data: dict[str, Any] = race_file()
    data["courses"] = [{"id": "A", "format": format_, "checkpoints": ["31", "32", "33", "34"]}]
    data["classes"] = [{"id": "open", "course": "A"}, {"id": "guests", "course": "A"}]
    data["entries"] = [{"id": str(number), "bib": str(number), "class": "open"} for number in range(1, TEAMS + 1)]
    return race(data)


SETUPS = {format_: many(format_) for format_ in ("count", "score", "line")}


def some_run(name: str, chance: Random) -> Run:
    return Run(
        name,
        chance.choice(["open", "open", "open", "guests"]),
        chance.choice(STATUSES),
        passed=("31", "32", "33")[: chance.randint(0, 3)],
        points=chance.randint(0, 2),
        time_s=chance.choice([None, 0, 1, 2, 3]),
    )


@pytest.mark.parametrize("format_", ["count", "score", "line"])
@given(seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_one_change_after_the_other_gives_the_places_of_ranking_anew(format_: str, seed: int) -> None:
    setup, chance = SETUPS[format_], Random(seed)
    now = {name: some_run(name, chance) for name in setup.entries}
    rankings = Rankings(setup)
    rankings.update(now, now, live=True)
    for _ in range(8):
        changed = chance.sample(list(now), chance.randint(1, 2))
        now |= {name: some_run(name, chance) for name in changed}
        rankings.update(now, changed, live=True)
        anew = {c: rank(setup, [r for r in now.values() if r.class_ == c], live=True) for c in setup.classes}
        assert rankings.classes == anew
        some = chance.choice(list(now))
        assert rankings.of(some) == next(item for each in anew.values() for item in each if item.run.entry == some)


def test_the_list_somebody_holds_stays_as_it_was() -> None:
    setup = many("count")
    now = {name: Run(name, "open", Status.OK, time_s=int(name)) for name in setup.entries}
    rankings = Rankings(setup)
    rankings.update(now, now, live=True)
    held = rankings.classes["open"]
    before = list(held)
    now["9"] = replace(now["9"], time_s=0)
    rankings.update(now, ["9"], live=True)
    assert held == before
    assert rankings.classes["open"][0].run.entry == "9"


def test_closing_turns_every_place_at_once() -> None:
    setup = many("count")
    now = {name: Run(name, "open", Status.FINISHED if name == "1" else Status.OK, time_s=9) for name in setup.entries}
    rankings = Rankings(setup)
    rankings.update(now, now, live=True)
    assert rankings.of("1") == (now["1"], 1, True, 0)
    rankings.update(now, [], live=False)
    assert rankings.of("1") == (now["1"], None, False, None)
    assert rankings.of("nobody") is None
