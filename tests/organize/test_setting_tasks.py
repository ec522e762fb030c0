"""What checkpoints ask, as pure functions on the race file: tasks chosen, quizzes and games laid out in fields."""

from copy import deepcopy
from typing import Any

import pytest

from checkpoints.model import TaskKind
from games.forms import read_game
from games.templates import TEMPLATES
from organize.forms.fields import Fields
from organize.forms.games import read_game_fields, show_game
from organize.forms.quizzes import AFTER, read_quiz_fields, show_quiz
from organize.forms.tasks import controls_of, read_tasks, show_tasks
from organize.rules.beginning import new_race
from organize.rules.tasks import Asks, asks_of, lacking, set_tasks, users_of, why_not_ready
from quizzes.forms import read_quiz
from race.forms.file import read_race_file
from tests.factories import changed, race, race_file


def tasks_of(data: dict[str, Any], code: str) -> Any:
    return next(item.get("tasks", []) for item in data["checkpoints"] if item["code"] == code)


def fresh() -> dict[str, Any]:
    """A new race with one checkpoint."""
    data = new_race("neu", "新比赛", "zh", "Asia/Shanghai")
    data["checkpoints"].append({"code": "31"})
    data["courses"][0]["checkpoints"] = ["31"]
    return data


def test_the_first_quiz_of_a_race_comes_with_an_empty_bank_and_the_race_says_what_lacks() -> None:
    data = fresh()
    set_tasks(data, "31", Asks.QUIZ)
    assert (data["quizzes"], data["banks"]) == ([{"id": "quiz", "bank": "bank"}], [{"id": "bank", "questions": []}])
    setup = read_race_file(data)
    assert lacking(setup) == ["31"]
    words = why_not_ready(setup)
    assert words is not None
    assert words.arguments == {"code": "31"}


def test_a_bank_with_fewer_questions_than_are_drawn_is_lacking_and_says_by_how_many() -> None:
    setup = race(changed("quizzes", draw=41))
    words = why_not_ready(setup)
    assert lacking(setup) == ["32", "34"]
    assert words is not None
    assert words.arguments == {"code": "32", "draw": 41, "count": 40}


def test_a_race_whose_tasks_can_all_be_played_is_ready() -> None:
    assert why_not_ready(race()) is None


def test_a_template_is_copied_whole_and_shared_until_it_is_changed() -> None:
    data = race_file()
    for code in ("31", "32"):
        set_tasks(data, code, Asks.GAME, game="template:back_to_back_ball")
        assert tasks_of(data, code) == [{"game": "back_to_back_ball"}]
    copied = next(game for game in data["games"] if game["id"] == "back_to_back_ball")
    assert copied["score"] == TEMPLATES["back_to_back_ball"]["score"]
    copied["score"]["penalty_s"]["drops"] = 7
    assert TEMPLATES["back_to_back_ball"]["score"]["penalty_s"] == {"drops": 5}
    set_tasks(data, "34", Asks.GAME, game="template:back_to_back_ball")
    assert tasks_of(data, "34") == [{"game": "back_to_back_ball-2"}], "the changed one is another game by now"


def test_what_stays_keeps_its_order_and_a_new_quiz_comes_before_a_game() -> None:
    data = race_file()
    set_tasks(data, "33", Asks.BOTH)
    assert tasks_of(data, "33") == [{"game": "throw"}, {"quiz": "gate"}], "the game was there first"
    set_tasks(data, "31", Asks.BOTH, game="throw")
    assert tasks_of(data, "31") == [{"quiz": "gate"}, {"game": "throw"}]
    set_tasks(data, "34", Asks.GAME)
    assert tasks_of(data, "34") == [{"game": "throw"}]
    set_tasks(data, "34", Asks.NOTHING)
    assert tasks_of(data, "34") == []


def test_a_quiz_of_its_own_begins_as_a_copy_and_changes_alone() -> None:
    data = race_file()
    set_tasks(data, "32", Asks.QUIZ, quiz="own")
    assert tasks_of(data, "32") == [{"quiz": "quiz-32"}]
    own = next(quiz for quiz in data["quizzes"] if quiz["id"] == "quiz-32")
    own["on_fail"].clear()
    assert data["quizzes"][0]["on_fail"]
    assert users_of(data, TaskKind.QUIZ, "gate") == ["34"]


def test_the_first_quiz_of_a_race_is_nobodys_copy() -> None:
    data = fresh()
    set_tasks(data, "31", Asks.QUIZ, quiz="own")
    assert tasks_of(data, "31") == [{"quiz": "quiz"}]
    assert [quiz["id"] for quiz in data["quizzes"]] == ["quiz"]


def test_several_quizzes_at_a_checkpoint_are_left_as_the_file_has_them() -> None:
    data = race_file()
    data["checkpoints"][2]["tasks"] = [{"quiz": "gate"}, {"quiz": "gate"}]
    assert asks_of(data["checkpoints"][2]) is Asks.MORE
    before = deepcopy(data)
    read_tasks(Fields({key: str(value) for key, value in show_tasks(data).items()}), data)
    assert data == before


def test_the_table_s_fields_read_back_as_they_are_shown() -> None:
    data = race_file()
    before = deepcopy(data)
    fields = Fields({key: str(value) for key, value in show_tasks(data).items()})
    read_tasks(fields, data)
    assert (data, fields.faults) == (before, [])


@pytest.mark.parametrize(("name", "value"), [("asks_0", "dance"), ("quiz_0", "nowhere"), ("game_0", "template:chess")])
def test_a_choice_that_is_not_there_is_a_fault_of_its_row(name: str, value: str) -> None:
    data = race_file()
    fields = Fields({"asks_0": "quiz", name: value})
    read_tasks(fields, data)
    assert [fault.path for fault in fields.faults] == ["asks_0"]
    assert tasks_of(data, "31") == []


def test_only_what_lies_between_start_and_finish_stands_in_the_table() -> None:
    assert [item["code"] for item in controls_of(race_file())] == ["31", "32", "33", "34"]


QUIZZES = [
    {"id": "q", "bank": "b"},
    {"id": "q", "bank": "b", "draw": 3, "need": 2, "limit_s": None, "on_fail": []},
    {"id": "q", "bank": "b", "on_fail": [{"penalty_s": 120}]},
    {"id": "q", "bank": "b", "speed": "half", "on_fail": [{"cool_down_s": 30}, {"points_factor": "1/2"}]},
    {"id": "q", "bank": "b", "draw": 3, "on_fail": [{"cool_down_s": number} for number in range(20)]},
]


@pytest.mark.parametrize("quiz", QUIZZES)
def test_a_quiz_s_fields_read_back_as_what_they_show(quiz: dict[str, Any]) -> None:
    fields = Fields({key: str(value) for key, value in show_quiz(quiz).items()})
    read = read_quiz_fields(fields, quiz)
    assert fields.faults == []
    assert read_quiz(read, "") == read_quiz(quiz, "")


@pytest.mark.parametrize("after", AFTER)
def test_each_few_words_choice_of_what_follows_a_fail_is_recognized_again(after: str) -> None:
    given = {"bank": "b", "draw": "5", "need": "4", "limit_s": "60", "after": after, "step_1": "lost"}
    read = read_quiz_fields(Fields(given), {"id": "q"})
    assert show_quiz(read)["after"] == after, "the steps under 高级 are read only where they are chosen"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"draw": "3", "need": "4"}, "need"),
        ({"draw": "0"}, "draw"),
        ({"draw": "201"}, "draw"),
        ({"limit_s": "", "speed": "linear"}, "limit_s"),
        ({"after": "own", "step_1": "points_factor", "value_1": "2"}, "value_1"),
        ({"after": "own", "step_2": "cool_down_s", "value_2": "-5"}, "value_2"),
    ],
)
def test_a_quiz_that_makes_no_sense_is_a_fault_of_its_field(given: dict[str, str], field: str) -> None:
    fields = Fields({"bank": "b", "draw": "5", "need": "1", "limit_s": "60", **given})
    read_quiz_fields(fields, {"id": "q"})
    assert [fault.path for fault in fields.faults] == [field]


GAMES = [
    *({"id": name, "template": name} for name in TEMPLATES),
    *race_file()["games"],
    {
        "id": "run",
        "name": "折返跑",
        "measures": [{"id": "time", "kind": "seconds"}, {"id": "ok", "kind": "pass"}],
        "score": {"ranks": {"of": "time", "points": [10, 8, 6]}, "need": {"time": {"most": 90.5}}, "figure": "time"},
        "credit_cap_s": 90,
    },
]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: str(game["id"]))
def test_a_game_s_fields_read_back_as_what_they_show(game: dict[str, Any]) -> None:
    fields = Fields({key: str(value) for key, value in show_game(game).items()})
    read = read_game_fields(fields, game)
    assert fields.faults == []
    assert read_game(read, "") == read_game(game, "")


def test_figures_of_a_template_are_changed_one_by_one() -> None:
    game = {"id": "ball", "template": "back_to_back_ball"}
    given = {key: str(value) for key, value in show_game(game).items()}
    given |= {"penalty_s_1": "10", "from_value": "30", "cap_min": "5", "most_0": "180", "name": "夹球跑"}
    read, faults = read_game(read_game_fields(Fields(given), game), "")
    assert faults == []
    assert read.score["penalty_s"] == {"drops": 10}
    assert read.score["linear"] == {"of": "seconds", "from": [30, 20], "to": [110, 4]}
    assert read.score["need"] == {"seconds": {"most": 180}}
    assert read.credit_cap_s == 300
    assert read.name == {"zh": "夹球跑", "en": "Back-to-Back Ball"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "", "name_en": ""}, "name"),
        ({"band_0_points": ""}, "band_0_points"),
        ({"band_1_least": "many"}, "band_1_least"),
        ({"penalty_s_1": "1.5"}, "penalty_s_1"),
        ({"cap_min": "-1"}, "cap_min"),
    ],
)
def test_a_game_that_makes_no_sense_is_a_fault_of_its_field(given: dict[str, str], field: str) -> None:
    game = {"id": "stomp", "template": "balloon_stomp"}
    fields = Fields({**{key: str(value) for key, value in show_game(game).items()}, **given})
    read_game_fields(fields, game)
    assert fields.faults[0].path == field


def test_bands_are_put_in_order_and_rows_left_empty_are_left_out() -> None:
    game = {"id": "stomp", "template": "balloon_stomp"}
    given = {key: str(value) for key, value in show_game(game).items() if not key.startswith("band_")}
    given |= {"band_0_least": "1", "band_0_points": "5", "band_2_least": "4", "band_2_points": "20"}
    read = read_game_fields(Fields(given), game)
    assert read["score"]["bands"]["points"] == [[4, 20], [1, 5]]
