from random import Random
from typing import Any

import pytest

from demo.answers import fill_in, known_answers, play_game, right_answer, wrong_answer
from demo.race import race_file
from games.rules import check_measures, score_game
from quizzes.rules import mark
from race.forms.file import read_race_file
from race.model import Setup

RACE = race_file()
MADE = (
    {"id": "o", "kind": "order", "text": "?", "choices": ["a", "b", "c"], "answer": [2, 0, 1]},
    {"id": "m", "kind": "match", "text": "?", "choices": ["a", "b"], "matches": ["x", "y"], "answer": [1, 0]},
    {"id": "n", "kind": "number", "text": "?", "answer": {"number": "0.5", "tolerance": "0.1"}},
)


@pytest.fixture(scope="module")
def setup() -> Setup:
    bank = RACE["banks"][0]
    return read_race_file({**RACE, "banks": [{**bank, "questions": [*bank["questions"], *MADE]}]})


def questions() -> list[dict[str, Any]]:
    return [*RACE["banks"][0]["questions"], *MADE]


def test_a_right_answer_is_marked_right_and_a_wrong_one_wrong(setup: Setup) -> None:
    marked = {question.id: question for bank in setup.banks.values() for question in bank.questions}
    assert [q["id"] for q in questions() if not mark(marked[q["id"]], right_answer(q))] == []
    assert [q["id"] for q in questions() if mark(marked[q["id"]], wrong_answer(q))] == []


def test_a_team_knows_about_as_much_as_its_strength_says() -> None:
    known = known_answers(RACE)
    sheet = [{"id": name} for name in known]
    answers = fill_in(sheet, known, 0.8, Random(5))
    right = sum(answers[name] == right_answer(known[name]) for name in known)
    assert 0.7 < right / len(known) < 0.9


def test_what_marshals_measure_is_taken_and_worth_something(setup: Setup) -> None:
    rng = Random(3)
    for game in setup.games.values():
        shown = {
            "measures": [{"id": m.id, "kind": m.kind.value, "least": m.least, "most": m.most} for m in game.measures]
        }
        for _ in range(50):
            measures, seconds = play_game(shown, rng)
            assert check_measures(game, measures) == []
            assert score_game(game, measures).passed
            assert 20 < seconds < 200
