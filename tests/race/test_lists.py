import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest

from race.model import Setup
from race.printing import checkin_list_pdf, day_of, start_list_pdf
from race.rules.people import captain_of
from tests.factories import GUN, Log, race, race_file

MM = 72 / 25.4


def crowd(count: int, **more: Any) -> Setup:
    """The small race with so many teams of five, numbered 1, 2, 3 …; `more` goes into each entry."""
    data = race_file()
    data["entries"] = [
        {
            "id": str(number),
            "bib": str(number),
            "team": f"第{number}队",
            "club": f"工会{number % 4}",
            "class": "open",
            "contact": {"name": f"联系人{number}", "phone": f"138{number:08}"},
            "members": [f"队员{number}之{place}" for place in range(1, 6)],
            **more,
        }
        for number in range(1, count + 1)
    ]
    return race(data)


def pages(made: bytes) -> list[str]:
    """The words of each page, without the thin spaces between Chinese and figures."""
    document = pypdfium2.PdfDocument(made)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n").replace(" ", "") for page in document]


def boxes(made: bytes) -> Iterator[list[float]]:
    """The left, bottom, right, top of every run of text, with the width and height of its page, in millimetres."""
    for page in pypdfium2.PdfDocument(made):
        text = page.get_textpage()
        for index in range(text.count_rects()):
            yield [side / MM for side in (*text.get_rect(index), *page.get_size())]


def test_a_check_in_list_of_38_teams_names_everybody_once_and_numbers_its_pages() -> None:
    made = pages(checkin_list_pdf(crowd(38), None, ["zh"]))
    for number, page in enumerate(made, start=1):
        assert f"第{number}页，共{len(made)}页" in page
        for head in ("号码", "参赛队", "队长、电话", "实到", "签字"):
            assert head in page
    whole = "".join(made).replace("\n", "")
    for number in range(1, 39):
        assert whole.count(f"第{number}队") == 1
        assert whole.count(f"队员{number}之5") == 1
        assert f"138{number:08}" in whole


@pytest.mark.parametrize("count", [1, 38, 400])
def test_no_row_of_a_check_in_list_is_split_between_pages(count: int) -> None:
    """A team's name and its last member stand on the same page, and high enough apart to write between."""
    made = pages(checkin_list_pdf(crowd(count), None, ["zh"]))
    seen = []
    for page in made:
        teams = re.findall(r"第(\d+)队\n", page)
        assert all(f"队员{number}之5" in page.replace("\n", "") for number in teams)
        seen += teams
    assert seen == [str(number) for number in range(1, count + 1)]
    assert count / len(made) <= 12


@pytest.mark.parametrize("lang", [["zh"], ["en"], ["zh", "en"]])
def test_long_names_stay_on_the_paper(lang: list[str]) -> None:
    long = crowd(
        12,
        team="勇往直前永不言败奋勇争先开拓创新向前冲代表队（二队）",
        club="清苇街道社区卫生服务中心及下属站点联合基层工会委员会",
        members=["买买提·吐尔逊江·阿不都热合曼", "王芳", "Alexandra-Maria Vandenbroucke"] * 5,
    )
    for made in (checkin_list_pdf(long, None, lang), start_list_pdf(long, None, lang)):
        for left, bottom, right, top, width, height in boxes(made):
            assert left > 12
            assert right < width - 12
            assert bottom > 4
            assert top < height - 10


def test_a_start_list_groups_waves_and_says_where_to_go_first() -> None:
    data = race_file()
    data["classes"][0]["start"] = "wave"
    for entry, (wave, first) in zip(data["entries"], [("乙", ["33"]), ("甲", ["31", "32"]), (None, [])], strict=True):
        entry |= {"wave": wave, "first": first}
    (page,) = pages(start_list_pdf(race(data), None, ["zh"]))
    assert page.index("第乙批") < page.index("白鹭")
    assert page.index("第甲批") < page.index("蜻蜓")
    assert page.index("未分批") < page.index("指北针")
    assert "31→32" in page


def test_a_start_list_of_intervals_goes_by_the_clock_of_the_race() -> None:
    data = race_file()
    data["classes"][0]["start"] = "interval"
    for entry, minute in zip(data["entries"], ("04", "02", "00"), strict=True):
        entry["starts_at"] = f"2026-05-01T09:{minute}:00+08:00"
    (page,) = pages(start_list_pdf(race(data), None, ["zh"]))
    times = [line[:4] for line in page.split("\n") if line.startswith("9:0")]
    assert times == ["9:00", "9:02", "9:04"]
    assert page.index("指北针") < page.index("蜻蜓") < page.index("白鹭")


def test_lists_go_by_club_or_by_number_if_that_is_wanted() -> None:
    (by_club,) = pages(start_list_pdf(race(), None, ["zh"], "club"))
    assert by_club.index("河道工会") < by_club.index("蜻蜓") < by_club.index("湿地工会") < by_club.index("指北针")
    (by_bib,) = pages(start_list_pdf(race(), None, ["zh"], "bib"))
    assert by_bib.index("白鹭") < by_bib.index("蜻蜓") < by_bib.index("指北针")


def test_a_list_without_teams_says_so() -> None:
    (page,) = pages(start_list_pdf(race(race_file(entries=[])), None, ["zh"]))
    assert "还没有参赛队。" in page


def test_the_captain_is_who_is_called_so_and_somebody_can_be_called() -> None:
    data = race_file()
    data["entries"][0]["members"] = ["甲", {"name": "乙", "role": "队长"}, {"name": "丙", "phone": "139"}]
    del data["entries"][0]["contact"]
    entries = race(data).entries
    assert captain_of(entries["1"]) == ("乙", "139")
    assert captain_of(entries["2"]) == ("蜻蜓联系人", "13800000002")


def test_the_day_is_the_gun_s_else_the_planned_one_where_the_race_is() -> None:
    log = Log()
    assert day_of(race(), log.whole()) is None
    log.gun(0)
    found = day_of(race(), log.whole())
    assert found is not None
    assert found.isoformat() == "2026-05-01"
    data = race_file()
    data["entries"][0]["starts_at"] = GUN - 10 * 3_600_000  # eleven in the evening of the day before, in Shanghai
    planned = day_of(race(data), Log().whole())
    assert planned is not None
    assert planned.isoformat() == "2026-04-30"
