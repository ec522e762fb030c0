"""A team's day as its phones and the marshals recorded it."""

from base.translate import put
from organize.rules.timeline import Moment, steps_of, timeline
from race.rules.fold import ground_of
from tests.factories import EGRET, Log, race


def told(log: Log) -> list[Moment]:
    own = [fact for fact in log.facts if fact.entry == EGRET]
    return timeline(ground_of(race()), log.whole(), log.run(), own, {fact.id: fact for fact in log.facts})


def started() -> Log:
    log = Log()
    log.gun()
    return log


def test_records_stand_in_the_order_they_happened_whenever_they_came() -> None:
    log = started()
    log.punch(EGRET, "33", 300)
    log.punch(EGRET, "31", 60, received=400)
    assert [moment.fact.checkpoint for moment in told(log)] == ["31", "33"]


def test_a_record_kept_without_signal_says_when_it_came_and_how_unsure_it_is() -> None:
    log = started()
    log.punch(EGRET, "31", 60, received=400)
    log.punch(EGRET, "33", 500)
    late, prompt = told(log)
    assert (late.received_at, late.doubt_ms) == (log.facts[1].received_at, 2000)
    assert (prompt.received_at, prompt.doubt_ms) == (None, 500)


def test_phones_are_numbered_as_they_first_spoke_and_marshals_have_none() -> None:
    log = started()
    for at, device in ((60, "x"), (70, "y"), (80, "x")):
        log.punch(EGRET, "31", at, by="team:1", device=device)
    log.punch(EGRET, "33", 90, by="marshal:33", device="z")
    assert [moment.phone for moment in told(log)] == [1, 2, 1, None]


def test_an_answered_sheet_shows_each_question_and_an_open_one_none() -> None:
    log = started()
    log.punch(EGRET, "32", 100)
    sheet = log.sheet(EGRET, "32", 100)
    assert all(not moment.asked for moment in told(log))
    log.answer(EGRET, "32", 120, sheet, right=2)
    answered = told(log)[-1]
    assert [asked.right for asked in answered.asked] == [True, True, False]
    assert [(asked.answered, asked.answer) for asked in answered.asked][1:] == [("丙", "丙"), ("甲", "丙")]
    assert put(answered.result[0], "zh") == "答对 2/3，过关"


def test_a_voided_question_is_right_for_all_and_a_changed_key_is_the_new_one() -> None:
    log = started()
    log.punch(EGRET, "32", 100)
    log.answer(EGRET, "32", 120, log.sheet(EGRET, "32", 100), right=0)
    log.decide("void_question", 200, {"bank": "wetland", "question": "q1"})
    log.decide("rekey_question", 200, {"bank": "wetland", "question": "q2", "answer": 0})
    [answered] = [moment for moment in told(log) if moment.asked]
    assert [(asked.right, asked.voided, asked.answer) for asked in answered.asked] == [
        (True, True, "丙"),
        (True, False, "甲"),
        (False, False, "丙"),
    ]
    assert put(answered.result[0], "zh") == "答对 2/3，过关"


def test_a_game_says_what_it_came_to() -> None:
    log = started()
    log.punch(EGRET, "33", 100)
    log.stamp(EGRET, "33", "begun", 130)
    log.game(EGRET, "33", 200, hits=5, fouls=1)
    assert put(told(log)[-1].words, "zh") == "飞盘：命中 5，犯规 1。"
    assert put(told(log)[-1].result[0], "zh") == "过关"


def test_what_was_taken_back_names_what_took_it_until_that_is_undone() -> None:
    log = started()
    punch = log.punch(EGRET, "31", 100)
    taken = log.decide("remove_punch", 200, {"fact": punch}, EGRET)
    removed = told(log)[0].removed
    assert removed is not None
    assert removed.id == taken
    log.undo(taken, 300)
    assert told(log)[0].removed is None


def test_steps_begin_with_what_the_jury_said_and_end_with_the_rules() -> None:
    log = started()
    log.punch(EGRET, "31", 100)
    log.finish(EGRET, 600)
    ruling = log.decide("penalty_s", 700, {"seconds": 60}, EGRET, reason="踩花坛")
    decisions = [fact for fact in log.facts if fact.kind == "decision"]
    said = [put(step, "zh") for step in steps_of(race(), log.whole(), log.run(), decisions)]
    assert said[0] == "裁决：加 60 秒。（踩花坛）"
    assert said[1] == "出发 9:00:00。"
    log.undo(ruling, 800)
    said = [put(step, "zh") for step in steps_of(race(), log.whole(), log.run(), decisions)]
    assert said[0] == "出发 9:00:00。"
