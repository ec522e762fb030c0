"""Each kind of decision: its effect, and that undoing it takes the effect back."""

from collections.abc import Callable
from typing import Any

import pytest

from race.model import Run, Setup, Status
from race.rules.preview import preview
from race.rules.scored import score_race
from tests.factories import GUN, Log, changed, race, race_file


def plain(**parts: Any) -> Setup:
    """Four plain checkpoints of ten points; Egret passes all of them, Dragonfly all but 33, Compass two."""
    codes = ["31", "32", "33", "34"]
    return race(
        race_file(
            checkpoints=[{"code": "S1", "kind": "start"}, *({"code": code, "points": 10} for code in codes)],
            courses=[{"id": "A", "format": "count", "checkpoints": codes, **parts.pop("course", {})}],
            classes=[{"id": "open", "course": "A"}, {"id": "guests", "course": "A"}],
            **parts,
        )
    )


def told() -> Log:
    log = Log()
    log.gun(0)
    for entry, codes, finish in (("1", "31 32 33 34", 1000), ("2", "31 32 34", 800), ("3", "31 33", 600)):
        for number, code in enumerate(codes.split(), start=1):
            log.punch(entry, code, 100 * number)
        log.finish(entry, finish)
    return log


def runs(log: Log, setup: Setup | None = None) -> dict[str, Run]:
    return dict(score_race(setup or plain(), log.facts).runs)


See = Callable[[dict[str, Run]], Any]
DECISIONS: list[tuple[str, Any, str | None, See, Any]] = [
    ("status", {"status": "Disqualified"}, "1", lambda found: found["1"].status, Status.DISQUALIFIED),
    ("penalty_s", {"seconds": 60}, "1", lambda found: (found["1"].time_s, found["1"].penalty_s), (1060, 60)),
    ("credit_s", {"seconds": 60}, "1", lambda found: (found["1"].time_s, found["1"].credit_s), (940, 60)),
    ("points", {"points": -5}, "1", lambda found: found["1"].points, 35),
    ("class", {"class": "guests"}, "1", lambda found: found["1"].class_, "guests"),
    ("waive", {"checkpoint": "33"}, None, lambda found: len(found["2"].passed), 4),
    ("start", {"at": GUN + 50_000}, "1", lambda found: found["1"].time_s, 950),
    ("finish", {"at": GUN + 900_000}, "1", lambda found: found["1"].time_s, 900),
    ("gun", {"at": GUN - 30_000}, None, lambda found: found["1"].time_s, 1030),
    ("gun", {"at": GUN + 30_000, "class": "open"}, None, lambda found: found["1"].time_s, 970),
    ("recall", None, None, lambda found: found["1"].start, None),
    ("merge", {"entry": "3"}, "2", lambda found: (len(found["2"].passed), found["3"].status), (4, Status.CANCELLED)),
    ("neutralise", {"leg": ["31", "32"]}, None, lambda found: (found["1"].time_s, found["3"].time_s), (900, 600)),
    ("remove_punch", {"fact": "f2"}, None, lambda found: found["1"].passed, ("32", "33", "34")),
    ("undo", {"fact": "f6"}, None, lambda found: found["1"].status, Status.DID_NOT_FINISH),
]


@pytest.mark.parametrize(("what", "value", "entry", "see", "becomes"), DECISIONS, ids=[d[0] for d in DECISIONS])
def test_a_decision_takes_effect_and_its_undo_takes_it_back(
    what: str, value: Any, entry: str | None, see: See, becomes: Any
) -> None:
    log = told()
    before = runs(log)
    made = log.decide(what, 2000, value, entry)
    assert see(runs(log)) == becomes
    assert see(before) != becomes
    log.undo(made, 2100)
    assert runs(log) == before


def test_a_stop_and_a_resume_stop_all_clocks() -> None:
    log = told()
    log.decide("stop", 150)
    log.decide("resume", 350)
    assert {name: run.credit_s for name, run in runs(log).items()} == {"1": 200, "2": 200, "3": 200}


def test_postponing_moves_start_slots_and_a_fixed_closing() -> None:
    entries = [{"id": "1", "class": "open", "starts_at": "2026-05-01T09:00:00+08:00"}]
    data = race_file(entries=entries)
    data["classes"][0]["start"] = "interval"
    data["race"]["closing"] = {"at": "2026-05-01T10:00:00+08:00"}
    log = Log()
    log.decide("postpone", -600, {"seconds": 900})
    scored = score_race(race(data), log.facts)
    assert scored.runs["1"].start == GUN + 900_000
    assert scored.whole.closed_at == GUN + 4_500_000


def test_a_gun_that_is_fired_after_a_decision_on_it_is_the_later_word() -> None:
    log = Log()
    log.gun(0)
    log.decide("gun", 60, {"at": GUN - 10_000})
    assert log.run().start == GUN - 10_000
    log.gun(300)
    assert log.run().start == GUN + 300_000


def test_a_waived_checkpoint_is_dropped_from_a_line_and_missing_to_nobody() -> None:
    setup = plain(course={"format": "line"})
    log = told()
    assert runs(log, setup)["2"].status is Status.MISSING_PUNCH
    log.decide("waive", 2000, {"checkpoint": "33"})
    assert [runs(log, setup)[name].status for name in ("1", "2")] == [Status.OK, Status.OK]


def test_a_task_at_a_waived_checkpoint_costs_nobody_anything() -> None:
    log = Log()
    log.gun(0)
    log.punch("1", "33", 100)
    log.game("1", "33", 200, hits=7, fouls=3)
    assert log.run().penalty_s == 15
    log.decide("waive", 300, {"checkpoint": "33"})
    assert log.run().penalty_s == 0


def failed() -> Log:
    log = Log()
    log.gun(0)
    log.punch("1", "32", 10)
    log.quiz("1", "32", 20, right=1)
    return log


def test_a_voided_question_is_right_for_everybody_who_had_it() -> None:
    log = failed()
    assert log.run().passed == ()
    log.decide("void_question", 100, {"question": "q3", "bank": "wetland"})
    assert log.run().passed == ("32",)
    log.undo("f5", 110)
    assert log.run().passed == ()


def test_a_question_with_another_key_is_marked_again() -> None:
    log = failed()
    log.decide("rekey_question", 100, {"question": "q2", "answer": 0})
    assert log.run().passed == ("32",)


def test_a_question_of_another_bank_is_another_question() -> None:
    log = failed()
    log.decide("void_question", 100, {"question": "q3", "bank": "city"})
    log.decide("rekey_question", 100, {"question": "q2", "answer": 0, "bank": "city"})
    assert log.run().passed == ()


def test_the_jury_s_status_wins_over_every_computed_one() -> None:
    log = told()
    log.decide("status", 2000, {"status": "OK"}, "2")
    assert runs(log, plain(course={"format": "line"}))["2"].status is Status.OK


@pytest.mark.parametrize("status", [*Status])
def test_every_status_can_be_decided_and_only_ok_is_placed(status: Status) -> None:
    log = told()
    log.decide("status", 2000, {"status": status.value}, "1")
    [standing] = [item for item in score_race(plain(), log.facts).classes["open"] if item.run.entry == "1"]
    assert standing.run.status is status
    assert (standing.place is not None) is (status is Status.OK)


def test_a_preview_lists_who_would_move_and_nobody_else() -> None:
    log = told()
    before = list(log.facts)
    log.decide("status", 2000, {"status": "Disqualified"}, "1")
    moves = preview(plain(), before, log.facts[-1])
    assert [(move.entry, move.before.place, move.after.place) for move in moves] == [
        ("2", 2, 1),
        ("3", 3, 2),
        ("1", 1, None),
    ]


def test_a_preview_of_what_changes_nothing_is_empty() -> None:
    log = told()
    before = list(log.facts)
    log.decide("waive", 2000, {"checkpoint": "31"})
    assert preview(plain(), before, log.facts[-1]) == []


def test_results_at_a_past_minute_know_no_later_decision() -> None:
    log = told()
    log.decide("penalty_s", 2000, {"seconds": 60}, "1", received=2500)
    assert score_race(plain(), log.facts, GUN + 2_400_000).runs["1"].penalty_s == 0
    assert score_race(plain(), log.facts, GUN + 2_500_000).runs["1"].penalty_s == 60


def test_why_tells_the_steps_of_a_score_in_order() -> None:
    log = told()
    log.decide("penalty_s", 2000, {"seconds": 60}, "2", reason="litter", by="jury")
    said = [str(words) for words in runs(log, race(changed("classes", course="A")))["2"].why]
    assert said == [
        "The jury decided: time penalty 60 (litter; jury).",
        "Start 9:00:00.",
        "Finish 9:13:20: 13 min 20 s elapsed.",
        "By the jury: 60 s added.",
        "Checkpoints that count: 1 of 4 (31).",
        "Finished; heads are still to be counted.",
    ]
