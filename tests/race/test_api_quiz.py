"""What a phone is told of a quiz beyond its questions: the other language, speed, and what a last fail leaves."""

import pytest
from sqlalchemy import Engine

from facts.model import Race
from race.commands.store_race import lay_down
from tests.factories import SLUG, question, race_file
from tests.phones import Desk, Phone


@pytest.fixture
def race_row(engine: Engine) -> Race:
    """The small race with a bank in two languages, points by speed, and half of them after the last fail."""
    data = race_file()
    both = {"zh": "芦苇", "en": "Reed"}
    data["banks"][0]["questions"] = [
        question(number) | {"text": {"zh": f"第{number}题", "en": f"No. {number}"}, "choices": [both, "乙", "丙", "丁"]}
        for number in range(1, 41)
    ]
    data["quizzes"][0] |= {"speed": "half", "on_fail": [{"points_factor": "1/2"}]}
    return lay_down(engine, SLUG, data, None, "test")


@pytest.fixture
def egret(desk: Desk) -> Phone:
    """白鹭's phone in a race that has started."""
    desk.start()
    return desk.phone("1")


def test_two_languages_stand_side_by_side_where_the_bank_has_both(egret: Phone) -> None:
    asked = egret.open_sheet("32")["questions"][0]
    assert asked["also"] == asked["text"].replace("第", "No. ").replace("题", "")
    assert {choice["text"]: choice.get("also") for choice in asked["choices"]} == {
        "芦苇": "Reed", "乙": None, "丙": None, "丁": None
    }  # fmt: skip


def test_a_phone_knows_that_speed_counts_and_what_the_last_fail_leaves(egret: Phone) -> None:
    assert egret.punch("32")["tasks"][0]["speed"] == "half"
    done = egret.answer(egret.open_sheet("32"), right=1)["tasks"][0]
    assert (done["state"], done["points_percent"]) == ("passed_with_penalty", 50)
    assert "points_percent" not in egret.answer(egret.open_sheet("34"), right=3)["tasks"][0]
