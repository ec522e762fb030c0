from typing import Any

import pytest

from race.model import Run
from results.model import QuizFigures
from results.rules.figures import figures_of, histogram
from results.rules.wording import counted, hanzi, length, length_in_words
from tests.factories import COMPASS, DRAGONFLY, EGRET, Log, race


def afternoon() -> Log:
    """Egret came with five and passed three checkpoints; Dragonfly was four, seen at the finish; Compass never came."""
    log = Log()
    log.add("checkin", -600, EGRET, heads=5)
    log.gun(0)
    log.punch(EGRET, "31", 100)
    log.punch(EGRET, "32", 200)
    log.quiz(EGRET, "32", 201, right=3)
    log.punch(EGRET, "33", 400)
    log.game(EGRET, "33", 460, hits=5)
    log.finish(EGRET, 900)
    log.heads(EGRET, 910)
    log.punch(DRAGONFLY, "31", 150)
    log.punch(DRAGONFLY, "32", 250)
    log.quiz(DRAGONFLY, "32", 251, right=1)
    log.finish(DRAGONFLY, 651)
    log.heads(DRAGONFLY, 655, heads=4)
    log.decide("close", 7200)
    return log


def runs(log: Log) -> dict[str, Run]:
    return {name: log.run(name) for name in (EGRET, DRAGONFLY, COMPASS)}


def test_the_numbers_of_an_afternoon_are_what_one_counts_by_hand() -> None:
    """Two of three teams, nine heads, five visits; at tasks 2 × 5 and 1 × 4 heads; four of six questions right."""
    found = figures_of(race(), runs(afternoon()))
    assert (found.teams, found.teams_present) == (3, 2)
    assert (found.heads, found.heads_present) == (15, 9)
    assert (found.clubs, found.clubs_present) == (2, 2)
    assert found.finished == 2
    assert (found.punches, found.task_heads) == (5, 14)
    assert (found.asked, found.right) == (6, 4)
    assert found.quizzes == (QuizFigures("32", "芦苇荡", 6, 4),)
    assert found.passed == ((1, 1), (3, 1))


def test_the_fastest_is_looked_for_among_those_who_passed_most() -> None:
    """Dragonfly needed 651 seconds for one checkpoint, Egret 900 for three; half a second of the mean rounds up."""
    found = figures_of(race(), runs(afternoon()))
    assert found.fastest_s == 900
    assert found.average_s == 776  # (900 + 651) / 2 = 775.5
    assert found.times == ((600, 660, 1), (660, 720, 0), (720, 780, 0), (780, 840, 0), (840, 900, 0), (900, 960, 1))


def test_before_the_gun_there_are_only_those_who_are_expected() -> None:
    found = figures_of(race(), runs(Log()))
    assert (found.teams, found.teams_present, found.heads, found.heads_present) == (3, 0, 15, 0)
    assert (found.fastest_s, found.average_s, found.times, found.passed, found.quizzes) == (None, None, (), (), ())


def test_a_cancelled_entry_is_not_expected() -> None:
    log = afternoon()
    log.decide("status", 7300, {"status": "Cancelled"}, COMPASS)
    assert figures_of(race(), runs(log)).teams == 2


def test_a_sheet_that_nobody_answered_counts_for_nothing() -> None:
    log = Log()
    log.gun(0)
    log.punch(EGRET, "32", 200)
    log.sheet(EGRET, "32", 201)
    assert figures_of(race(), runs(log)).asked == 0


@pytest.mark.parametrize(
    ("times", "columns"),
    [
        ([], []),
        ([59], [(0, 60, 1)]),
        ([60, 119, 120], [(60, 120, 2), (120, 180, 1)]),
        ([0, 600], [(0, 120, 1), *((n * 120, (n + 1) * 120, 0) for n in range(1, 5)), (600, 720, 1)]),
    ],
)
def test_times_stand_in_even_columns_without_gaps(times: list[int], columns: list[Any]) -> None:
    assert histogram(times) == columns


@pytest.mark.parametrize("longest", [1, 700, 3600, 86_400, 7 * 86_400])
def test_there_are_never_more_columns_than_a_page_holds(longest: int) -> None:
    found = histogram([0, longest])
    assert len(found) <= 11
    assert sum(teams for _, _, teams in found) == 2


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (48, "四十八"), (99, "九十九"), (100, "100")],
)
def test_numbers_in_chinese_characters(number: int, said: str) -> None:
    assert hanzi(number) == said


def test_two_of_something_is_counted_otherwise_in_chinese() -> None:
    assert counted(2) == {"zh": "两", "en": "two"}
    assert counted(12) == {"zh": "十二", "en": "twelve"}
    assert counted(38) == {"zh": "三十八", "en": "38"}


@pytest.mark.parametrize(
    ("seconds", "zh", "en", "figures"),
    [
        (2898, "四十八分十八秒", "48 min 18 s", "48:18"),
        (3600, "一小时", "1 h", "1:00:00"),
        (3723, "一小时二分三秒", "1 h 2 min 3 s", "1:02:03"),
        (120, "二分钟", "2 min", "2:00"),
        (5, "五秒", "5 s", "0:05"),
        (0, "零秒", "0 s", "0:00"),
    ],
)
def test_a_length_of_time_in_words_and_in_figures(seconds: int, zh: str, en: str, figures: str) -> None:
    assert length_in_words(seconds) == {"zh": zh, "en": en}
    assert length(seconds) == figures
