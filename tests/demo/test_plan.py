from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from demo.paths import walk
from demo.plan import FASTEST, SLOWEST, PhoneLuck, TeamPlan, make_order, make_plan, thinking_s, walking_s
from demo.race import COURSE, race_file


@pytest.fixture(scope="module")
def race() -> dict[str, Any]:
    return race_file()


@pytest.fixture(scope="module")
def plans(race: dict[str, Any]) -> tuple[TeamPlan, ...]:
    return make_plan(race, seed=1, left_out=["17"])


def way_m(order: tuple[str, ...]) -> float:
    return sum(walk(a, b) for a, b in pairwise(("S", *order, "F")))


def test_the_same_seed_gives_the_same_race_and_another_seed_another(race: dict[str, Any]) -> None:
    assert make_plan(race, seed=1) == make_plan(race, seed=1)
    assert make_plan(race, seed=1) != make_plan(race, seed=2)


def test_all_teams_play_but_the_one_that_is_left_to_the_person(plans: tuple[TeamPlan, ...]) -> None:
    assert len(plans) == 37
    assert "17" not in {plan.entry for plan in plans}


def test_no_team_goes_anywhere_twice_and_most_go_everywhere(plans: tuple[TeamPlan, ...]) -> None:
    assert all(len(set(plan.order)) == len(plan.order) for plan in plans)
    assert all(set(plan.order) <= set(COURSE) for plan in plans)
    lengths = Counter(len(plan.order) for plan in plans)
    assert lengths[12] == 34
    assert min(lengths) >= 10


def test_each_team_begins_as_it_was_told(race: dict[str, Any], plans: tuple[TeamPlan, ...]) -> None:
    first = {entry["id"]: tuple(entry["first"]) for entry in race["entries"]}
    assert all(plan.order[:2] == first[plan.entry] for plan in plans)


def test_after_the_first_two_the_way_is_short_and_not_everybodys(plans: tuple[TeamPlan, ...]) -> None:
    everywhere = [plan.order for plan in plans if len(plan.order) == 12]
    assert all(3500 < way_m(order) < 7500 for order in everywhere)
    assert len(set(everywhere)) > 20


def test_without_a_word_where_to_begin_the_nearest_comes_early() -> None:
    orders = [make_order(COURSE, (), Random(seed)) for seed in range(20)]
    assert {order[0] for order in orders} <= {"35", "37"}


def test_people_walk_as_people_do(plans: tuple[TeamPlan, ...]) -> None:
    assert all(SLOWEST <= plan.pace <= FASTEST for plan in plans)
    for plan in plans:
        metres, seconds = walk("31", "32"), walking_s(plan, "31", "32", Random(plan.seed))
        assert metres / FASTEST <= seconds <= metres / SLOWEST * 1.2


def test_who_knows_more_answers_sooner(plans: tuple[TeamPlan, ...]) -> None:
    weak, strong = (choose(plans, key=lambda plan: plan.strength) for choose in (min, max))
    slow, quick = (thinking_s(plan, 5, Random(1)) for plan in (weak, strong))
    assert 10 < quick < slow < 60


def test_one_has_no_phone_one_phone_dies_one_starts_short_and_one_loses_a_member(plans: tuple[TeamPlan, ...]) -> None:
    assert Counter(plan.phone for plan in plans) == {PhoneLuck.WORKS: 35, PhoneLuck.DIES: 1, PhoneLuck.NONE: 1}
    assert Counter(plan.heads for plan in plans) == {5: 36, 4: 1}
    assert [plan.heads - plan.heads_back for plan in plans].count(1) == 1


def test_a_plan_needs_no_more_than_one_team(race: dict[str, Any]) -> None:
    alone = make_plan({**race, "entries": race["entries"][:1]}, seed=1)
    assert [plan.entry for plan in alone] == ["1"]
    assert len(alone[0].order) == 12
