"""The rules of a class in words: every format, every option, in both languages."""

from typing import Any

import pytest

from base.languages import Words
from base.translate import put
from checkpoints.forms import OPTIONS
from games.forms import PARTS
from games.templates import TEMPLATES
from quizzes.forms import SPEEDS
from quizzes.model import StepKind
from race.formats import FORMATS
from race.model import StartKind
from race.rules.in_words import OPTIONS as SAID
from race.rules.in_words import STARTS, rules_in_words
from race.rules.lengths import length
from race.rules.tasks_in_words import SCORES, STEPS, game_in_words
from race.rules.tasks_in_words import SPEEDS as SPEEDS_SAID
from tests.factories import race, race_file

CODES = ["31", "32", "33", "34"]

# One value of every option, and a format that has it.
EXAMPLES: dict[str, tuple[str, Any]] = {
    "points": ("score", {"31": 50, "32": [6, 5, 4]}),
    "late": ("count", {"seconds_per_minute": 30}),
    "minimum_points": ("score", 100),
    "compulsory": ("free", ["31", "34"]),
    "free": ("free", 2),
    "missed": ("line", {"penalty_s": 300}),
    "voided_legs": ("line", [["S", "31"], ["33", "34"]]),
    "weight": ("composite", 50),
    "distinct": ("line", True),
    "time_limit_s": ("count", 5400),
}


HITS = {
    "id": "hits",
    "name": "投掷",
    "instructions": "每人投一次。",
    "measures": [{"id": "hits", "kind": "count", "name": "命中", "most": 9}],
    "score": {"bands": {"of": "hits", "points": [[5, 20], [3, 10]]}},
}


def said(format_: str, class_: dict[str, Any] | None = None, language: str = "zh", **options: Any) -> list[str]:
    data = race_file(
        courses=[{"id": "A", "format": format_, "checkpoints": CODES, **options}],
        classes=[{"id": "open", "course": "A", **(class_ or {})}],
    )
    return [put(words, language) for words in rules_in_words(race(data), "open")]


@pytest.mark.parametrize("option", [*OPTIONS, "time_limit_s"])
def test_every_option_of_a_course_has_words(option: str) -> None:
    format_, value = EXAMPLES[option]
    assert option in SAID
    new = set(said(format_, **{option: value})) - set(said(format_))
    assert new, option


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_format_says_first_how_it_is_ranked(format_: str, language: str) -> None:
    words = said(format_, language=language)
    assert not any("%(" in sentence for sentence in words)
    assert (words[0] + words[1]).count("用时" if language == "zh" else "time") >= 1


def test_every_start_step_speed_and_game_rule_has_words() -> None:
    assert set(STARTS) == set(StartKind)
    assert set(STEPS) == set(StepKind)
    assert set(SPEEDS_SAID) == set(SPEEDS)
    assert set(SCORES) == set(PARTS)


def test_a_union_race_reads_like_its_regulation() -> None:
    words = said(
        "count",
        {"time_limit_s": 5400, "team_size": 5, "incomplete": {"penalty_s": 300}},
        late={"seconds_per_minute": 30, "cut_off_s": 600},
    )
    assert words == [
        "任务点通过数多者列前；通过数相同，用时少者列前。",
        "超时每分钟加 30 秒（不足一分钟按一分钟计）。",
        "超时超过 10 分钟，不计名次。",
        "有任务的打卡点，任务通过才算完成。",
        "集体出发，鸣枪开始计时。",
        "有效时间 90 分钟。",
        "每队 5 人，以最后一名队员到达终点为准计时。",
        "每缺 1 人加罚 5 分钟。",
        "打卡点 32 34 设答题：抽 3 题，答对 2 题通过。",
        "每份答题卷限时 60 秒。",
        "第 1 次未通过：等待 60 秒后换题重答。",
        "第 2 次未通过：等待 60 秒后换题重答。",
        "第 3 次未通过：按通过计，加罚 2 分钟。",
        "打卡点 33 34 设团队游戏：飞盘。",
        "通过条件：命中不少于 3。",
        "犯规每次加罚 5 秒。",
        "等候时间予以补时，最多 10 分钟。",
        "发令后 2 小时关门，届时未到终点按未完赛处理。",
    ]


def test_lateness_without_a_price_and_a_short_team_are_said() -> None:
    words = said("count", {"time_limit_s": 3600, "team_size": 5, "incomplete": "not_competing"})
    assert "超过有效时间到达，不计名次。" in words
    assert "缺员的队公布成绩，不计名次。" in words


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ({"points_per_minute": "1/4"}, "超时每分钟扣 1/4 分（不足一分钟按一分钟计），合计不足 1 分按 1 分扣。"),
        ({"points_per_minute": 10, "rounding": "linear"}, "超时每分钟扣 10 分，按秒折算，合计不足 1 分按 1 分扣。"),
        ({"points_per_minute": 1, "after_counts": False}, "超过有效时间以后完成的打卡点不计。"),
    ],
)
def test_what_a_late_minute_costs_is_said_exactly(late: dict[str, Any], words: str) -> None:
    assert words in said("score", {"time_limit_s": 3600}, late=late)


def test_a_line_names_its_items_and_what_any_of_them_is() -> None:
    data = race_file(
        courses=[{"id": "A", "format": "line", "checkpoints": ["31", {"any_of": ["32", "33"]}, {"any": True}]}],
        classes=[{"id": "open", "course": "A"}],
    )
    assert put(rules_in_words(race(data), "open")[0], "en") == (
        "The checkpoints are visited in the given order: 31 → 32/33 → * (* is any checkpoint)."
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "按命中得分：满 5 得 20 分、满 3 得 10 分。"), ("en", "命中 gives points: 20 from 5 on, 10 from 3 on.")],
)
def test_points_by_bands_are_said_as_a_person_says_them(language: str, words: str) -> None:
    data = race_file()
    game = race({**data, "games": [*data["games"], HITS]}).games["hits"]
    assert words in [put(line, language) for line in game_in_words(game, points=True)]


def test_awards_are_those_of_the_class_and_those_of_all() -> None:
    awards = [
        {"name": "一等奖", "class": "open", "places": [1, 3]},
        {"name": "冠军", "places": [1, 1]},
        {"name": "别组奖", "class": "other", "places": [1, 3]},
        {"name": "优秀组织奖", "by_hand": True},
    ]
    data = race_file(classes=[{"id": "open", "course": "A"}, {"id": "other", "course": "A"}])
    data["race"]["awards"] = awards
    words = [put(each, "zh") for each in rules_in_words(race(data), "open")]
    assert words[-3:] == ["一等奖：第 1 至第 3 名。", "冠军：第 1 名。", "优秀组织奖：由组织者评定。"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_points_of_the_founding_games_are_said_where_they_count(template: str) -> None:
    game = {"id": "throw", **TEMPLATES[template]}
    found = {}
    for format_ in ("composite", "count"):
        course = {"id": "A", "format": format_, "checkpoints": CODES}
        data = race_file(games=[game], courses=[course], classes=[{"id": "open", "course": "A"}])
        found[format_] = [put(words, "zh") for words in rules_in_words(race(data), "open")]
    assert len(found["composite"]) > len(found["count"])


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (45, "45 秒", "45 s"), (90, "90 秒", "90 s"), (120, "2 分钟", "2 min"), (150, "2 分 30 秒", "2 min 30 s"),
        (5400, "90 分钟", "90 min"), (7200, "2 小时", "2 h"), (3601, "60 分 1 秒", "60 min 1 s"),
    ],
)  # fmt: skip
def test_lengths_are_said_as_people_say_them(seconds: int, zh: str, en: str) -> None:
    words: Words = length(seconds)
    assert (put(words, "zh"), put(words, "en")) == (zh, en)
