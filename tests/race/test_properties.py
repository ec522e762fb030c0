"""What must hold of every race, whatever happens in it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facts.model import Fact, Race, Stage
from race.live.race import LiveRace
from race.model import Setup, Status
from race.rules.scored import score_race
from tests.factories import SECRET, SLUG, Log, race, race_file

CODES = ("31", "32", "33", "34")
FORMATS: dict[str, dict[str, Any]] = {
    "line": {"checkpoints": ["31", {"any_of": ["32", "33"]}, "34"]},
    "free": {"checkpoints": [*CODES], "compulsory": ["31"], "free": 2},
    "score": {"checkpoints": [*CODES], "late": {"points_per_minute": 5}, "points": {"31": [6, 5, 4]}},
    "count": {"checkpoints": [*CODES], "late": {"seconds_per_minute": 30}},
    "composite": {"checkpoints": [*CODES], "weight": 50, "late": {"points_per_minute": "1/4"}},
}


def setup(format_: str, **options: Any) -> Setup:
    course = {"id": "A", "format": format_, **FORMATS[format_], **options}
    return race(
        race_file(
            checkpoints=[{"code": code, "points": 10} for code in CODES],
            courses=[course],
            classes=[{"id": "open", "course": "A", "time_limit_s": 600}],
        )
    )


@st.composite
def races(draw: st.DrawFn, *, neutral: bool = True) -> list[Fact]:
    """A gun, three teams that punch and finish at random, some decisions and corrections, some facts that come late."""
    decisions = ["undo", "penalty_s", "stop", "merge", *(["neutralise"] if neutral else [])]
    log = Log()
    log.gun(0)
    for entry in ("1", "2", "3"):
        for code, at in draw(st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 900)), max_size=6)):
            log.punch(entry, code, at, received=at + draw(st.integers(0, 600)))
        if draw(st.booleans()):
            log.finish(entry, draw(st.integers(1, 900)))
    targets = [fact.id for fact in log.facts]
    for what in draw(st.lists(st.sampled_from(decisions), max_size=3)):
        at = draw(st.integers(0, 1000))
        if what == "undo":
            log.undo(draw(st.sampled_from(targets)), at)
        elif what == "penalty_s":
            log.decide(what, at, {"seconds": draw(st.integers(0, 99))}, "1")
        elif what == "stop":
            log.decide(what, at)
            log.decide("resume", at + 50)
        elif what == "merge":
            log.decide(what, at, {"entry": "3"}, "2")
        else:
            log.decide(what, at, {"leg": ["31", "32"]})
    return log.facts


@st.composite
def races_with_tasks(draw: st.DrawFn) -> list[Fact]:
    """Quizzes, games with their queues, and what the jury says of them; some facts come late, some twice."""
    log = Log()
    log.gun(0)
    late = st.integers(0, 400)
    for entry in ("1", "2", "3"):
        for code, at in draw(st.lists(st.tuples(st.sampled_from(CODES), st.integers(1, 800)), max_size=5)):
            log.punch(entry, code, at, received=at + draw(late))
            if code in ("32", "34"):
                for attempt in range(1, draw(st.integers(1, 3)) + 1):
                    sheet = log.sheet(entry, code, at + 90 * attempt - 90, attempt)
                    if draw(st.booleans()):
                        log.answer(entry, code, at + 90 * attempt - 60, sheet, draw(st.integers(0, 3)))
            if code in ("33", "34"):
                log.stamp(entry, code, draw(st.sampled_from(["arrived", "begun"])), at + draw(st.integers(0, 200)))
                log.game(entry, code, at + 200, draw(st.integers(0, 9)), draw(st.integers(0, 3)))
        if draw(st.booleans()):
            log.finish(entry, draw(st.integers(500, 1200)))
            log.heads(entry, 1300, draw(st.integers(3, 5)))
    targets = [fact.id for fact in log.facts]
    for what in draw(
        st.lists(st.sampled_from(["undo", "void_question", "rekey_question", "waive", "flag"]), max_size=3)
    ):
        value = {
            "undo": {"fact": draw(st.sampled_from(targets))},
            "void_question": {"question": "q1"},
            "rekey_question": {"question": "q2", "answer": 1},
            "waive": {"checkpoint": draw(st.sampled_from(CODES))},
            "flag": {"flag": "short:1", "accepted": True},
        }[what]
        log.decide(what, draw(st.integers(0, 1000)), value)
    return log.facts


def tasks(format_: str) -> Setup:
    options = {**FORMATS[format_], "checkpoints": list(CODES)} if format_ != "line" else FORMATS[format_]
    return race(race_file(courses=[{"id": "A", "format": format_, **options}]))


every_format = pytest.mark.parametrize("format_", FORMATS)


@every_format
@given(facts=races(), data=st.data())
@settings(max_examples=30, deadline=None)
def test_facts_shuffled_and_repeated_give_the_same_results(
    format_: str, facts: list[Fact], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(facts), max_size=5))
    others = data.draw(st.permutations([*facts, *again]))
    assert score_race(setup(format_), others) == score_race(setup(format_), facts)


@every_format
@given(facts=races_with_tasks(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_quizzes_games_and_rulings_in_any_order_give_the_same_results(
    format_: str, facts: list[Fact], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(facts), max_size=5))
    others = data.draw(st.permutations([*facts, *again]))
    assert score_race(tasks(format_), others) == score_race(tasks(format_), facts)


@every_format
@given(facts=races_with_tasks(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_quizzes_games_and_rulings_heard_one_by_one_are_the_race_heard_at_once(
    format_: str, facts: list[Fact], data: st.DataObject
) -> None:
    order = [replace(fact, revision=number) for number, fact in enumerate(data.draw(st.permutations(facts)), start=1)]
    live = LiveRace(Race(1, SLUG, Stage.RACE, "race", SECRET), tasks(format_), [])
    for fact in order:
        live.hear([fact])
        live.standings(fresh=True)
    at_once = LiveRace(live.race, live.setup, order)
    assert live.runs == at_once.runs
    assert live.standings(fresh=True) == at_once.standings(fresh=True)


@every_format
@given(facts=races_with_tasks(), code=st.sampled_from(CODES))
@settings(max_examples=30, deadline=None)
def test_a_waived_checkpoint_with_tasks_makes_nobody_s_own_result_worse(
    format_: str, facts: list[Fact], code: str
) -> None:
    log = Log([*facts])
    before = score_race(tasks(format_), log.facts).runs
    log.decide("waive", 2000, {"checkpoint": code})
    after = score_race(tasks(format_), log.facts).runs
    for name, run in before.items():
        now = after[name]
        assert run.status is not Status.OK or now.status is Status.OK
        if run.start is not None:
            assert len(now.passed) >= len(run.passed) or format_ in ("line", "free")
        assert run.finish is None or (now.time_s or 0) <= (run.time_s or 0)


@every_format
@given(facts=races(), data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_race_heard_in_portions_is_the_race_heard_at_once(
    format_: str, facts: list[Fact], data: st.DataObject
) -> None:
    on = setup(format_)
    identity = Race(1, SLUG, Stage.RACE, "race", SECRET)
    order = [replace(fact, revision=number) for number, fact in enumerate(data.draw(st.permutations(facts)), start=1)]
    live = LiveRace(identity, on, [])
    cut = data.draw(st.integers(0, len(order)))
    live.hear(order[:cut])
    for fact in order[cut:]:
        live.hear([fact])
    assert live.runs == LiveRace(identity, on, order).runs


@every_format
@given(facts=races(), code=st.sampled_from(CODES))
@settings(max_examples=40, deadline=None)
def test_a_waived_checkpoint_makes_nobody_s_own_result_worse(format_: str, facts: list[Fact], code: str) -> None:
    log = Log([*facts])
    before = score_race(setup(format_), log.facts).runs
    log.decide("waive", 2000, {"checkpoint": code})
    after = score_race(setup(format_), log.facts).runs
    for name, run in before.items():
        now = after[name]
        assert run.status is not Status.OK or now.status is Status.OK
        assert now.points >= run.points
        if run.finish is not None:
            assert (now.time_s or 0) <= (run.time_s or 0)


@given(facts=races(), at=st.integers(0, 900))
@settings(max_examples=40, deadline=None)
def test_more_points_never_lower_a_place(facts: list[Fact], at: int) -> None:
    on = setup("score", points={})
    log = Log([*facts])
    before = {item.run.entry: item.place for item in score_race(on, log.facts).classes["open"]}
    log.decide("points", at, {"points": 7}, "1")
    after = {item.run.entry: item.place for item in score_race(on, log.facts).classes["open"]}
    assert before["1"] is None or (after["1"] or 99) <= before["1"]


@pytest.mark.parametrize("format_", ["score", "count", "composite"])
@given(facts=races(neutral=False), code=st.sampled_from(CODES), at=st.integers(1, 400))
@settings(max_examples=40, deadline=None)
def test_one_checkpoint_more_never_lowers_a_place(format_: str, facts: list[Fact], code: str, at: int) -> None:
    """Without neutral legs: a punch on such a leg says how long the leg was, and so how much time is given back."""
    on = setup(format_, points={})
    log = Log([*facts])
    before = {item.run.entry: item for item in score_race(on, log.facts).classes["open"]}["1"]
    log.punch("1", code, at)
    after = {item.run.entry: item for item in score_race(on, log.facts).classes["open"]}["1"]
    assert set(before.run.passed) <= set(after.run.passed)
    assert before.place is None or (after.place or 99) <= before.place


LINES: tuple[list[Any], ...] = (
    ["31", {"any_of": ["32", "33"]}, "34"],
    [{"any_of": ["31", "32"]}, {"any_of": ["32", "33"]}, {"any": True}],
)


@given(st.lists(st.sampled_from(["31", "32", "33", "34"]), min_size=3, max_size=9), st.sampled_from(LINES), st.data())
@settings(max_examples=120, deadline=None)
def test_removing_a_punch_that_takes_no_item_changes_no_valid_line(
    codes: list[str], line: list[Any], data: st.DataObject
) -> None:
    log = Log()
    log.gun(0)
    names = [log.punch("1", code, number + 1) for number, code in enumerate(codes)]
    log.finish("1", 500)
    on = setup("line", checkpoints=line, distinct=True)
    before = log.run(setup=on)
    extra = [name for place, name in enumerate(names) if place not in before.taken]
    if before.status is not Status.OK or not extra:
        return
    log.decide("remove_punch", 600, {"fact": data.draw(st.sampled_from(extra))})
    after = log.run(setup=on)
    assert (after.status, after.time_s, after.passed) == (before.status, before.time_s, before.passed)
