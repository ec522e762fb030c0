import pytest
from flask import Flask
from sqlalchemy import Engine

from base.database import writing
from base.problems import Problem
from facts.model import Stage
from race.live.referee import move_to
from race.rules.stages import STEPS, log_of
from tests.fixtures_app import SmallRace
from tests.phones import Desk


def test_there_is_no_way_back_from_the_race() -> None:
    reachable, waiting = set(), [Stage.RACE]
    while waiting:
        for step in STEPS[waiting.pop()]:
            reachable.add(step)
            waiting.append(step)
    assert reachable == {Stage.PUBLISHED}


def test_each_trial_has_a_log_of_its_own_and_the_race_has_one() -> None:
    assert log_of(Stage.TRIAL, 1) != log_of(Stage.TRIAL, 2)
    assert log_of(Stage.RACE, 1) == log_of(Stage.RACE, 2) == log_of(Stage.PUBLISHED, 3) == "race"
    assert len({log_of(stage, 1) for stage in (Stage.SETUP, Stage.TRIAL, Stage.RACE)}) == 3


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        (["race"], 200),
        (["trial", "set-up", "trial", "race"], 200),
        (["race", "published"], 409),
        (["race", "trial"], 409),
        (["race", "set-up"], 409),
        (["race", "race"], 409),
        (["published"], 409),
        (["nowhere"], 400),
        ([""], 400),
    ],
)
def test_a_race_moves_from_stage_to_stage(desk: Desk, steps: list[str], status: int) -> None:
    answers = [desk.stage(step) for step in steps]
    assert answers[-1].status == status
    assert all(answer.status == 200 for answer in answers[:-1])


def test_of_two_organizers_who_move_a_race_at_once_the_second_is_refused(
    desk: Desk, small: SmallRace, engine: Engine
) -> None:
    desk.stage("trial")
    seen = small()
    with writing(engine) as connection:
        move_to(connection, seen, Stage.RACE, "organizer:one", 1)
    with pytest.raises(Problem), writing(engine) as connection:
        move_to(connection, seen, Stage.SETUP, "organizer:two", 2)


def test_a_step_is_a_fact_with_who_made_it(app: Flask, desk: Desk, small: SmallRace) -> None:
    before = small().revision
    desk.stage("trial")
    assert small().revision == before + 1
    assert small().race.stage is Stage.TRIAL


def test_the_gun_needs_a_trial_or_a_race(desk: Desk) -> None:
    refused = desk.act("gun")
    assert (refused.status, refused.json["code"]) == (409, "wrong_stage")
    desk.stage("trial")
    assert desk.act("gun").status == 200


def test_a_gun_of_the_trial_does_not_start_the_race(desk: Desk) -> None:
    desk.stage("trial")
    desk.act("gun")
    assert desk.standings()["gun"] is not None
    desk.stage("race")
    assert desk.standings()["gun"] is None
    assert desk.phone("1").punch("31")["verdict"] == "not_started"
