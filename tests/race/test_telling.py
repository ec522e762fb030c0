"""Records in words: none is without, and none speaks like a machine."""

import re
from typing import Any

import pytest

from base.translate import put
from facts.model import Fact
from race.forms.decisions import DECISIONS
from race.forms.facts import KINDS
from race.forms.facts import PROOFS as RECORD_PROOFS
from race.model import Status, Verdict
from race.rules import marks
from race.rules.flags import NEAR_TIE
from race.rules.naming import PROOFS, STATUSES, VERDICTS
from race.rules.telling import DECIDED, FLAGGED, HAPPENED, tell_fact
from tests.factories import DRAGONFLY, EGRET, Log, race

AT = "2026-05-01T09:10:00+08:00"
# Per kind: a value, and how it is told.
VALUES: dict[str, tuple[Any, str]] = {
    "status": ({"status": "Disqualified"}, "状态：取消资格。"),
    "penalty_s": ({"seconds": 60}, "加 60 秒。"),
    "points": ({"points": -5}, "积分 -5。"),
    "credit_s": ({"seconds": 180}, "补时 3 分钟。"),
    "class": ({"class": "open"}, "改列公开组。"),
    "waive": ({"checkpoint": "31"}, "取消打卡点 31 木桥，不计漏打。"),
    "void_question": ({"question": "q1"}, "一题作废，答过的队都算对：第1题"),
    "rekey_question": ({"question": "q1", "answer": 1}, "一题的标准答案改为乙：第1题"),
    "start": ({"at": AT}, "出发时间改为 9:10:00。"),
    "gun": ({"at": AT}, "全体的发令时间改为 9:10:00。"),
    "recall": (None, "抢跑召回：全体。"),
    "finish": ({"at": AT}, "到达时间改为 9:10:00。"),
    "merge": ({"entry": DRAGONFLY}, "并入 2 蜻蜓 的记录。"),
    "neutralise": ({"leg": ["31", "32"]}, "31 → 32 这一段不计时（全体）。"),
    "stop": (None, "比赛暂停，所有计时停住。"),
    "resume": (None, "比赛继续，计时恢复。"),
    "close": (None, "比赛关门。"),
    "postpone": ({"seconds": 600}, "推迟 10 分钟。"),
    "flag": ({"flag": "near_tie:1:2", "accepted": True}, "认可：名次相近。"),
    "remove_punch": ({"fact": "f1"}, "去掉 9:01:00 的记录：打卡 31 木桥。"),
    "undo": ({"fact": "f1"}, "撤销 9:01:00 的：打卡 31 木桥。"),
}


def facts() -> list[Fact]:
    """One fact of each kind that is no decision, some in several shapes."""
    log = Log()
    log.punch(EGRET, "31", 60)
    log.punch(EGRET, "S1", 1)
    log.add("punch", 70, EGRET, None, proof="qr", unknown="XYZ")
    log.gun(0, class_="open", wave="a")
    log.add("checkin", -60, EGRET, heads=5, members=[0, 1])
    log.add("checkin", -60, EGRET, heads=5, swapped=[0])
    log.add("start", 5, EGRET)
    sheet = log.sheet(EGRET, "32", 100)
    log.answer(EGRET, "32", 120, sheet)
    log.add("answer", 130, EGRET, "32", right=2, quiz="gate")
    log.add("answer", 130, EGRET, "32", sheet=sheet, expired=True)
    for what in ("arrived", "begun", "ended"):
        log.stamp(EGRET, "33", what, 200)
    log.game(EGRET, "33", 260)
    log.finish(EGRET, 900)
    log.heads(EGRET, 910)
    log.add("withdraw", 500, EGRET, members=None, safe=True, reason="脚扭了")
    log.add("withdraw", 500, EGRET, members=[1], safe=False)
    log.add("setup", 0, part="checkpoints", value=[])
    log.add("message", 0, text="集合")
    log.add("message", 0, EGRET, text="集合")
    log.add("help", 0, EGRET, text="脚扭了")
    return log.facts


def test_no_kind_is_left_without_words() -> None:
    assert set(HAPPENED) == set(KINDS) - {"decision"}
    assert set(DECIDED) == set(DECISIONS) == set(VALUES)
    assert {fact.kind for fact in facts()} == set(HAPPENED)
    assert set(STATUSES) == set(Status)
    assert set(VERDICTS) == set(Verdict)
    assert set(FLAGGED) >= {marks.SHORT, marks.FIRST, marks.UNSURE_LINE, NEAR_TIE}
    assert set(PROOFS) == set(RECORD_PROOFS)


@pytest.mark.parametrize("what", DECISIONS)
def test_each_decision_is_told_as_a_marshal_says_it(what: str) -> None:
    value, said = VALUES[what]
    log = Log()
    log.punch(EGRET, "31", 60)
    log.decide(what, 1000, value, EGRET if DECISIONS[what].of_entry else None)
    told = tell_fact(race(), log.facts[-1], {fact.id: fact for fact in log.facts})
    assert put(told, "zh") == said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_record_is_told_whole_in_both_languages(language: str) -> None:
    for fact in facts():
        told = put(tell_fact(race(), fact), language)
        assert told
        assert not re.search(r"%\(|None|\{", told), told
        if language == "zh":
            assert re.search(r"[一-鿿]", told), told


def test_what_the_set_up_no_longer_knows_is_still_told() -> None:
    """A checkpoint, a game and a question that were taken out after they were used."""
    log = Log()
    log.punch(EGRET, "99", 60)
    log.add("sheet", 60, EGRET, "99", quiz="gone", attempt=1, questions=["q1"])
    log.add("game", 60, EGRET, "99", game="gone", measures={"hits": 3})
    log.decide("void_question", 70, {"question": "gone"})
    log.decide("undo", 70, {"fact": "gone"})
    told = [put(tell_fact(race(), fact), "zh") for fact in log.facts]
    assert told == [
        "打卡 99。",
        "99 号点发题 1 道，第 1 次。",
        "99：hits 3。",
        "一题作废，答过的队都算对：gone",
        "撤销一条记录。",
    ]


def test_credit_and_penalty_may_be_taken_off_again() -> None:
    log = Log()
    log.decide("penalty_s", 1, {"seconds": -60}, EGRET)
    log.decide("credit_s", 1, {"seconds": -60}, EGRET)
    assert [put(tell_fact(race(), fact), "zh") for fact in log.facts] == ["减 60 秒。", "补时减少 60 秒。"]
