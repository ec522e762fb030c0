"""What the desk may do to the race as a whole, whom a gun starts, and when it fires."""

from typing import Any

import pytest

from facts.model import Stage
from organize.forms.fields import Fields
from organize.forms.gun import read_gun, read_time
from organize.model import Group
from organize.rules.acts import (
    act_id,
    closings,
    coming_gun,
    done,
    groups_of,
    is_fired,
    last_act,
    refusal,
    state_of,
)
from race.model import Whole
from tests.factories import GUN, Log, changed, race, race_file

SHANGHAI = "Asia/Shanghai"
BEFORE = Whole()
RUNNING = Whole(guns={(None, None): GUN})
STOPPED = Whole(guns={(None, None): GUN}, stops=((GUN + 1000, None),))
CLOSED = Whole(guns={(None, None): GUN}, closed_at=GUN + 2000)
NOW = GUN + 5000


@pytest.mark.parametrize(
    ("whole", "possible"),
    [
        (BEFORE, {"gun", "postpone"}),
        (RUNNING, {"gun", "stop", "close", "recall"}),
        (STOPPED, {"gun", "resume", "close", "recall"}),
        (CLOSED, {"recall"}),
    ],
)
def test_each_act_has_its_time(whole: Whole, possible: set[str]) -> None:
    acts = ("gun", "stop", "resume", "close", "recall", "postpone")
    assert {what for what in acts if refusal(what, Stage.RACE, whole, NOW) is None} == possible


@pytest.mark.parametrize("stage", [Stage.SETUP, Stage.PUBLISHED])
def test_nothing_is_done_to_a_race_that_is_not_on(stage: Stage) -> None:
    assert all(refusal(what, stage, RUNNING, NOW) for what in ("gun", "stop", "close", "message", "withdraw"))


def test_a_gun_that_is_set_and_has_not_fired_starts_no_clock_yet() -> None:
    waiting = Whole(guns={(None, None): NOW + 10_000})
    assert refusal("stop", Stage.RACE, waiting, NOW)
    assert refusal("postpone", Stage.RACE, waiting, NOW) is None


def groups(data: dict[str, Any], whole: Whole = BEFORE) -> list[Group]:
    return groups_of(race(data), whole.guns)


def test_one_class_in_a_mass_start_is_one_gun() -> None:
    assert groups(race_file()) == [Group(None, None)]
    assert groups(race_file(entries=[])) == [Group(None, None)]


def test_waves_have_a_gun_each_in_their_order() -> None:
    data = changed("classes", start="wave")
    for entry, wave in zip(data["entries"], ("b", "a", "b"), strict=True):
        entry["wave"] = wave
    assert groups(data) == [Group(None, "a"), Group(None, "b")]
    fired = Whole(guns={(None, "a"): GUN})
    assert groups(data, fired) == [Group(None, "a", GUN), Group(None, "b")]
    assert is_fired(groups(data, fired), None, "a")
    assert is_fired(groups(data, fired), None, None)
    assert not is_fired(groups(data, fired), None, "b")


def test_classes_have_a_gun_each_and_those_on_their_own_clock_none() -> None:
    data = race_file()
    data["classes"] += [
        {"id": "veterans", "course": "A"},
        {"id": "alone", "course": "A", "start": "interval"},
    ]
    data["entries"][1]["class"] = "veterans"
    data["entries"][2] |= {"class": "alone", "starts_at": "2026-05-01T09:10:00+08:00"}
    assert groups(data) == [Group("open", None), Group("veterans", None)]
    everybody = Whole(guns={(None, None): GUN})
    assert [group.at for group in groups(data, everybody)] == [GUN, GUN]


def test_two_who_press_on_the_same_state_do_one_act_and_on_another_state_another() -> None:
    log = Log()
    first = state_of("race", log.facts)
    log.gun()
    second = state_of("race", log.facts)
    assert first != second
    assert act_id(first, "gun", "", "") == act_id(first, "gun", "", "")
    assert len({act_id(first, "gun"), act_id(first, "stop"), act_id(second, "gun")}) == 3
    log.decide("penalty_s", 10, {"seconds": 5}, entry="1")
    assert state_of("race", log.facts) == second, "what is decided about one team is no state of the race"
    assert state_of("trial-1", log.facts) != second


def test_the_next_gun_can_be_called_off_until_it_fires() -> None:
    log = Log()
    name = log.gun(30)
    assert coming_gun(log.facts, frozenset(), GUN) == log.facts[0]
    assert coming_gun(log.facts, frozenset({name}), GUN) is None
    assert coming_gun(log.facts, frozenset(), GUN + 30_000) is None


def test_closings_by_hand_and_by_the_clock_are_taken_back_together() -> None:
    log = Log()
    names = [log.decide("close", 100), log.decide("close", 200)]
    assert [fact.id for fact in closings(log.facts, frozenset())] == names
    assert [fact.id for fact in closings(log.facts, frozenset(names[:1]))] == names[1:]


def test_only_what_the_desk_did_lately_is_offered_to_be_taken_back() -> None:
    log = Log()
    gun = log.add("gun", 0, by="organizer:1")
    log.punch("1", "31", 60)
    newest = list(reversed(log.facts))
    found = last_act(newest, frozenset(), GUN - 1000)
    assert found
    assert found.id == gun
    assert str(done(found, GUN + 1000)) == "Gun fired"
    assert str(done(found, GUN - 1000)) == "Gun set"
    assert last_act(newest, frozenset({gun}), GUN - 1000) is None
    assert last_act(newest, frozenset(), GUN + 1) is None


# When it fires


def fires(**form: str) -> int | str | None:
    fields = Fields(form)
    at = read_gun(fields, GUN + 300, SHANGHAI)
    return str(fields.faults[0].words) if fields.faults else at


def test_a_gun_fires_at_once_or_on_a_whole_second_later() -> None:
    assert fires() == fires(when="now") == GUN + 300
    assert fires(when="10") == GUN + 11_000
    assert fires(when="60") == GUN + 61_000


def test_a_gun_fires_at_a_time_of_day_of_the_park() -> None:
    assert fires(when="time", time="9:30") == GUN + 30 * 60_000
    assert fires(when="time", time="9：00：05") == GUN + 5000


@pytest.mark.parametrize("time", ["", "9", "24:00", "9:60", "9:00:61", "neun", "-1:00", "9:00:00:00"])
def test_what_is_no_time_of_day_is_said(time: str) -> None:
    assert fires(when="time", time=time) == "Give a time of day, as 9:00 or 9:00:05."


def test_a_gun_is_not_set_into_the_past() -> None:
    assert "has passed" in str(fires(when="time", time="8:59"))


def test_a_time_just_after_midnight_is_of_the_day_that_brings_it_nearest() -> None:
    midnight = GUN + 15 * 3_600_000
    assert read_time(Fields({"time": "0:05"}), "time", midnight - 60_000, SHANGHAI) == midnight + 5 * 60_000
    assert read_time(Fields({"time": "23:55"}), "time", midnight + 60_000, SHANGHAI) == midnight - 5 * 60_000
