from dataclasses import replace

from organize.model import Progress, Step, StepName, StepState
from organize.rules.beginning import new_race
from organize.rules.checklist import checklist, next_step
from race.forms.file import read_race_file
from race.model import Setup
from tests.factories import changed, race, race_file

FRESH = read_race_file(new_race("neu", "新比赛", "zh", "Asia/Shanghai"))


def steps(setup: Setup, **progress: object) -> dict[StepName, Step]:
    known = Progress(stage=str(progress.pop("stage", "set-up")))
    return {step.name: step for step in checklist(setup, replace(known, **progress))}  # type: ignore[arg-type]


def after(setup: Setup, **progress: object) -> StepName | None:
    step = next_step(steps(setup, **progress).values())
    return step.name if step else None


def test_a_new_race_begins_with_its_basics() -> None:
    assert after(FRESH) is StepName.BASICS
    basics = steps(FRESH)[StepName.BASICS]
    assert basics.state is StepState.LACKING
    assert basics.note is not None
    assert basics.note.arguments == {"count": 3}, "it has a name, and lacks venue, date and emergency telephone"


def test_every_step_of_the_way_stands_in_its_order() -> None:
    assert list(steps(race())) == list(StepName)


def test_going_without_a_map_is_a_decision_too() -> None:
    assert steps(race())[StepName.MAP].state is StepState.AHEAD
    assert steps(race(), ticked=frozenset({StepName.MAP}))[StepName.MAP].state is StepState.DONE


def test_a_picture_that_lies_nowhere_is_said_to_lack_its_place() -> None:
    assert steps(race(), has_picture=True)[StepName.MAP].state is StepState.LACKING


def test_teams_and_checkpoints_are_counted_without_start_and_finish() -> None:
    found = steps(race())
    assert found[StepName.CHECKPOINTS].note == replace(found[StepName.CHECKPOINTS].note, arguments={"count": 4})  # type: ignore[type-var]
    assert found[StepName.TEAMS].note == replace(found[StepName.TEAMS].note, arguments={"count": 3})  # type: ignore[type-var]


def test_checkpoints_are_done_once_there_is_one() -> None:
    assert steps(FRESH)[StepName.CHECKPOINTS].state is StepState.AHEAD
    assert steps(race())[StepName.CHECKPOINTS].state is StepState.DONE


def test_a_quiz_that_asks_more_than_its_bank_holds_is_lacking() -> None:
    setup = race(changed("quizzes", draw=41, need=2))
    tasks = steps(setup)[StepName.TASKS]
    assert tasks.state is StepState.LACKING
    assert tasks.todo is not None
    assert tasks.todo.arguments == {"codes": ["32", "34"]}


def test_the_morning_goes_from_check_in_over_the_gun_to_the_closing() -> None:
    done = {"has_picture": True, "ticked": frozenset({StepName.MAP, StepName.PRINT}), "trials": 1, "stage": "race"}
    ready = _planned()
    assert after(ready, **done) is StepName.CHECKIN
    assert after(ready, **done, gun=1, checked_in=3) is StepName.CONTROL
    assert after(ready, **done, gun=1, closed=True, still_open=2) is StepName.JURY
    assert after(ready, **done, gun=1, closed=True) is StepName.PUBLISH
    assert after(ready, **(done | {"stage": "published"}), gun=1, closed=True) is None


def _planned() -> Setup:
    data = race_file()
    data["race"]["planned"] = "2026-05-01T09:00:00+08:00"
    return race(data)


def test_a_trial_that_runs_says_how_many_signs_were_scanned() -> None:
    trial = steps(race(), stage="trial", trials=1, signs_verified=2)[StepName.TRIAL]
    assert trial.state is StepState.AHEAD
    assert trial.note is not None
    assert trial.note.arguments == {"done": 2, "all": 6}


def test_what_is_done_needs_nothing() -> None:
    done = [step for step in steps(_planned()).values() if step.state is StepState.DONE]
    assert done
    assert all(step.todo is None for step in done)
