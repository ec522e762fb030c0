import pytest

from organize.rules.beginning import copy_of, new_race, slug_of
from race.forms.file import read_race_file
from tests.factories import race_file


def test_a_new_race_is_a_sound_race_file_that_lacks_only_what_nobody_can_guess() -> None:
    setup = read_race_file(new_race("neu", "新比赛", "zh", "Asia/Shanghai"))
    assert setup.about.name == "新比赛"
    assert [item.kind.value for item in setup.checkpoints.values()] == ["start", "finish"]
    assert setup.courses["A"].format == "count"
    assert setup.classes["open"].team_size == 5
    assert [award.places for award in setup.about.awards] == [(1, 1), (2, 3), (4, 6)]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("“一点不落”职工趣味定向赛", "race-x1"),
        ("Spring Park O", "spring-park-o-x1"),
        ("2026 春季定向", "race-x1"),
        ("Ö-Ringen 2026!", "o-ringen-2026-x1"),
        ("", "race-x1"),
        ("a" * 100, "a" * 40 + "-x1"),
    ],
)
def test_the_short_name_is_taken_from_the_latin_letters_of_the_name(name: str, slug: str) -> None:
    assert slug_of(name, "x1") == slug


def test_a_copy_has_no_teams_no_date_and_no_winners() -> None:
    old = race_file()
    old["race"] |= {"planned": "2026-05-01T09:00:00+08:00", "erase_on": "2026-06-01"}
    old["race"]["awards"] = [{"name": "优秀组织奖", "by_hand": True, "to": [{"club": "湿地工会"}]}]
    copied = copy_of(old, "neu", "第二届", with_questions=True)
    assert "entries" not in copied
    assert copied["race"]["awards"] == [{"name": "优秀组织奖", "by_hand": True}]
    assert copied["race"].keys().isdisjoint({"planned", "erase_on"})
    assert (copied["race"]["slug"], copied["race"]["name"]) == ("neu", "第二届")
    assert copied["banks"] == old["banks"]
    read_race_file(copied)


def test_a_copy_without_questions_keeps_the_games() -> None:
    copied = copy_of(race_file(), "neu", "第二届", with_questions=False)
    assert copied.keys().isdisjoint({"banks", "quizzes"})
    tasks = {item["code"]: item.get("tasks") for item in copied["checkpoints"]}
    assert tasks["32"] is None
    assert tasks["34"] == [{"game": "throw"}]
    read_race_file(copied)


def test_a_fixed_closing_of_last_time_becomes_a_length_after_the_gun() -> None:
    old = race_file()
    old["race"]["closing"] = {"at": "2026-05-01T11:00:00+08:00"}
    assert copy_of(old, "neu", "x", with_questions=True)["race"]["closing"] == {"after_gun_s": 7200}
