"""The day's load of bench/day.py in short: a small race and a middle one, played over HTTP and checked to the last."""

import pytest

from bench.day import Scenario, faults_of, play
from bench.house import House, allow_many_sockets

SHORT = {
    "38 teams, punch after punch": Scenario(38, 40, checkpoints=4, rate=100),
    "400 teams, two phones each, all back from a dead spot at once": Scenario(
        400, 60, checkpoints=3, each=3, phones=2, rate=None
    ),
}


@pytest.mark.parametrize("scenario", SHORT.values(), ids=SHORT.keys())
def test_nothing_is_lost_and_the_standings_are_those_of_a_fold_from_scratch(scenario: Scenario) -> None:
    allow_many_sockets()
    with House() as house:
        field = house.open_race("day", scenario.teams)
        with house.serve() as server:
            day = play(server, field, scenario, seconds=4)
            assert faults_of(house, server, field, scenario, day) == []
    assert day.cut == 0
    assert day.heard_p99_ms > 0
