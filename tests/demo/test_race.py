import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from demo.park import sheet_point
from demo.paths import CHECKPOINTS
from demo.race import COURSE, race_file, write
from race.forms.file import read_race_file

pytestmark = pytest.mark.unit

Part = dict[str, Any]
CHINESE = range(0x4E00, 0xA000)


@pytest.fixture(scope="module")
def race() -> Part:
    return race_file()


@pytest.fixture(scope="module")
def questions(race: Part) -> list[Part]:
    questions: list[Part] = race["banks"][0]["questions"]
    return questions


def texts_of(question: Part) -> list[Part]:
    return [question["text"], *question.get("choices", ()), question["explanation"]]


def test_the_bank_holds_at_least_130_questions_of_five_topics(questions: list[Part]) -> None:
    topics = Counter(question["tags"][0] for question in questions)
    assert len(questions) >= 130
    assert set(topics) == {"湿地", "定向", "工会与劳动权益", "健康", "安全"}
    assert min(topics.values()) >= 20


def test_no_question_has_the_id_or_the_text_of_another(questions: list[Part]) -> None:
    for key in (
        lambda question: question["id"],
        lambda question: question["text"]["zh"],
        lambda question: question["text"]["en"],
    ):
        assert [value for value, count in Counter(map(key, questions)).items() if count > 1] == []


def test_every_word_of_the_bank_stands_in_both_languages(questions: list[Part]) -> None:
    for question in questions:
        for text in texts_of(question):
            assert set(text) == {"zh", "en"}, question["id"]
            assert all(part.strip() == part != "" for part in text.values()), question["id"]
        for text in (question["text"], question["explanation"]):
            assert any(ord(letter) in CHINESE for letter in text["zh"]), question["id"]
        for text in texts_of(question):
            assert not any(ord(letter) in CHINESE for letter in text["en"]), question["id"]
        assert question["source"], question["id"]


def test_every_question_can_be_read_at_a_glance(questions: list[Part]) -> None:
    for question in questions:
        assert len(question["text"]["zh"]) <= 45, question["id"]
        assert all(len(choice["zh"]) <= 15 for choice in question.get("choices", ())), question["id"]
        assert len(question["explanation"]["zh"]) <= 45, question["id"]


def test_every_answer_fits_its_kind_and_its_choices(questions: list[Part]) -> None:
    for question in questions:
        answer, choices = question["answer"], question.get("choices", [])
        match question["kind"]:
            case "single":
                assert len(choices) == 4, question["id"]
                assert type(answer) is int, question["id"]
                assert 0 <= answer < 4, question["id"]
            case "multiple":
                assert answer == sorted(set(answer)), question["id"]
                assert 2 <= len(answer) < len(choices), question["id"]
                assert answer[-1] < len(choices), question["id"]
            case "true_false":
                assert isinstance(answer, bool), question["id"]
                assert not choices, question["id"]
            case "number":
                assert set(answer) == {"number", "tolerance"}, question["id"]
            case "text":
                assert answer, question["id"]
                assert all(isinstance(accepted, str) for accepted in answer), question["id"]
            case other:
                pytest.fail(f"{question['id']} is of an unknown kind {other}")


def test_no_question_offers_the_same_choice_twice(questions: list[Part]) -> None:
    for question in questions:
        for language in ("zh", "en"):
            choices = [choice[language] for choice in question.get("choices", ())]
            assert len(set(choices)) == len(choices), question["id"]


def test_the_right_answers_are_spread_over_the_four_places(questions: list[Part]) -> None:
    places = Counter(question["answer"] for question in questions if question["kind"] == "single")
    assert max(places.values()) - min(places.values()) <= 5
    truths = Counter(question["answer"] for question in questions if question["kind"] == "true_false")
    assert min(truths.values()) >= 0.4 * truths.total()


def test_38_teams_of_five_come_from_38_clubs(race: Part) -> None:
    entries = race["entries"]
    assert len(entries) == 38
    for key in ("id", "bib", "team", "club"):
        assert len({entry[key] for entry in entries}) == 38, key
    assert all(len(entry["members"]) == 5 for entry in entries)
    assert all(entry["members"][0]["role"] == "队长" for entry in entries)


def test_no_two_people_bear_the_same_name_or_telephone(race: Part) -> None:
    people = [
        member["name"] if isinstance(member, dict) else member
        for entry in race["entries"]
        for member in entry["members"]
    ]
    assert len(set(people)) == 190
    assert len({entry["contact"]["phone"] for entry in race["entries"]}) == 38


def test_white_egret_wears_17(race: Part) -> None:
    assert {entry["bib"]: entry["team"] for entry in race["entries"]}["17"] == "白鹭队"


def test_the_teams_are_dealt_evenly_over_the_first_checkpoints(race: Part) -> None:
    dealt = Counter(entry["first"][0] for entry in race["entries"])
    assert set(dealt) == set(COURSE)
    assert max(dealt.values()) - min(dealt.values()) <= 1
    for entry in race["entries"]:
        assert len(set(entry["first"])) == 2
        assert set(entry["first"]) <= set(COURSE)


def test_12_checkpoints_lie_between_start_and_finish(race: Part) -> None:
    kinds = [checkpoint["kind"] for checkpoint in race["checkpoints"]]
    assert kinds == ["start", *["control"] * 12, "finish"]
    assert race["courses"][0]["checkpoints"] == [str(code) for code in range(31, 43)]


def test_every_checkpoint_stands_where_the_map_has_it(race: Part) -> None:
    for checkpoint in race["checkpoints"]:
        spot = sheet_point(checkpoint["lat"], checkpoint["lon"])
        assert spot == pytest.approx(CHECKPOINTS[checkpoint["code"]], abs=0.02)


def test_five_checkpoints_ask_a_quiz_four_hold_a_game_and_three_are_plain(race: Part) -> None:
    tasks = {checkpoint["code"]: checkpoint.get("tasks", []) for checkpoint in race["checkpoints"]}
    assert [code for code in COURSE if not tasks[code]] == ["31", "34", "39"]
    assert [code for code in COURSE if any("game" in task for task in tasks[code])] == ["33", "36", "38", "41"]
    asked = {task[kind] for each in tasks.values() for task in each for kind in task}
    assert asked == {part["id"] for part in [*race["quizzes"], *race["games"]]}


def test_every_quiz_can_be_passed_and_its_bank_is_large_enough(race: Part, questions: list[Part]) -> None:
    for quiz in race["quizzes"]:
        assert 1 <= quiz["need"] <= quiz["draw"] <= len(questions) / 3
        assert quiz["bank"] == race["banks"][0]["id"]


def test_the_race_is_written_as_a_file_beside_its_map(tmp_path: Path, race: Part) -> None:
    path = write(tmp_path / "sample")
    assert json.loads(path.read_text(encoding="utf-8")) == race
    assert (path.parent / race["map"]["image"]).read_text(encoding="utf-8").startswith("<svg ")


def test_the_house_takes_the_race_file_without_a_fault(race: Part, questions: list[Part]) -> None:
    setup = read_race_file(race)
    assert len(setup.entries) == 38
    assert len(setup.banks["weitang"].questions) == len(questions)
    assert all(game.measures for game in setup.games.values())
